import GeoGrid

extension IssueCode {
    static let redrawShape = IssueCode("GG400")
    static let redrawLoad = IssueCode("GG401")
    static let redrawTooMany = IssueCode("GG402")
    static let redrawHeavyUnit = IssueCode("GG403")
    static let redrawDisconnected = IssueCode("GG404")
    static let redrawPins = IssueCode("GG405")
    static let redrawGroups = IssueCode("GG406")
    static let redrawCapacity = IssueCode("GG407")
    static let redrawMissed = IssueCode("GG408")
    static let redrawReference = IssueCode("GG409")
}
