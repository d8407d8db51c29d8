/// 层级: the levels of a town's governance, from the whole to the smallest unit (镇—社区—网格—微网格).
///
/// A town may lack microgrids, and may call its levels otherwise (镇—村—组): see `LevelNames`.
public enum Level: String, CaseIterable, Codable, Comparable, Sendable {
    case town, community, grid, microgrid

    private var depth: Int {
        switch self {
        case .town: 0
        case .community: 1
        case .grid: 2
        case .microgrid: 3
        }
    }

    /// The level that contains this one.
    public var parent: Level? { depth == 0 ? nil : Level.allCases[depth - 1] }
    public var child: Level? { depth == 3 ? nil : Level.allCases[depth + 1] }

    /// Larger units come first.
    public static func < (a: Level, b: Level) -> Bool { a.depth < b.depth }
}

/// 层级名称: what a town calls its levels.
public struct LevelNames: Hashable, Sendable {
    public var town = Text(zh: "镇", en: "town")
    public var community = Text(zh: "社区", en: "community")
    public var grid = Text(zh: "网格", en: "grid")
    public var microgrid = Text(zh: "微网格", en: "microgrid")

    public init() {}

    public subscript(level: Level) -> Text {
        get {
            switch level {
            case .town: town
            case .community: community
            case .grid: grid
            case .microgrid: microgrid
            }
        }
        set {
            switch level {
            case .town: town = newValue
            case .community: community = newValue
            case .grid: grid = newValue
            case .microgrid: microgrid = newValue
            }
        }
    }
}
