public import GeoGrid

/// 样例镇: a made-up town, drawn by a seeded generator, as a value and as files.
///
/// Nobody and nothing in it is real. The same options give the same bytes in every process, debug and release.
/// Coordinates are those that seven decimals of a degree can say, projected to EPSG:4548 (CGCS2000, 117° E), so that
/// the files read back give this very town.
public struct SampleTown: Sendable {
    public let options: SampleOptions
    /// 镇: units, base map, households, posts, in metres.
    public let town: Town
    /// 附加资料: merger, other zonings, helpers, danger zone and the like.
    public let extras: SampleExtras
    private let counts: [String: (households: Int, persons: Int)]

    /// Draws a town. O(microgrids log microgrids + households); the default town takes about a second.
    public static func make(_ options: SampleOptions = SampleOptions()) -> SampleTown {
        var draft = TownDraft(options)
        let extras = draft.build()
        return SampleTown(options: options, town: draft.town, extras: extras, counts: draft.counts)
    }

    /// 文件: the files of the town, in a fixed order, written anew at each call. O(bytes).
    public var files: [SampleFile] {
        TownFiles(town, counts: counts, projection: Self.projection).all
            + ExtraFiles(sample: extras, town: town, projection: Self.projection).all
    }

    static let projection = GaussKrueger(centralMeridian: 117)
    /// Where the middle of the plan lies: an empty place among hills.
    static let origin = projection.forward(GeographicPoint(longitude: 117.0831, latitude: 27.5462))
    static let townName = "云溪镇"
    static let shortName = "云溪"
    static let countyName = "清岚县"
    static let townCode = "361199100"
}
