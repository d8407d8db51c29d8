public import GeoGrid

extension IssueCode {
    /// No roads to walk on: distances are straight lines times a factor.
    public static let noStreets = IssueCode("GG470")
    /// The street network falls into parts that are not joined.
    public static let streetsInParts = IssueCode("GG471")
    /// A point lies too far from every street, or only beyond water.
    public static let offStreets = IssueCode("GG472")
    /// A road line without length or with a coordinate that is not a number.
    public static let unusableRoadLine = IssueCode("GG473")
    /// A road goes through water without being marked as a bridge.
    public static let roadThroughWater = IssueCode("GG474")
}
