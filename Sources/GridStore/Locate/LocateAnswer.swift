public import GeoGrid

/// 问询: whose place is asked for.
public enum LocateQuery: Hashable, Sendable {
    /// A point in degrees on WGS 84.
    case degrees(GeographicPoint)
    case household(String)
    /// Whatever has that identifier: a unit, a zone, a door, an object of a ledger.
    case id(String)
    /// An address as people write it.
    case address(String)
    /// A resident's or post holder's telephone number; residents only where names may be shown.
    case phone(String)
    /// Anything of that name: unit, place, service point, post holder; residents too where names may be shown.
    case name(String)
}

/// 责任链: where a place is and who answers for it, from the smallest unit up.
public struct LocateAnswer: Hashable, Sendable {
    public struct Responsible: Hashable, Sendable {
        public var role: String
        public var name: String
        public var phone: String
        public var employment: Post.Employment
    }

    public struct Link: Hashable, Sendable {
        public var level: Level
        public var code: String
        public var name: String
        /// In order of the role, then the post; empty where nobody holds a post.
        public var responsible: [Responsible]
        /// Roles that a post has and nobody holds.
        public var vacant: [String]
    }

    public struct Service: Hashable, Sendable {
        public var name: String
        public var kind: String
        public var metres: Double
        /// Whether `metres` follow streets; else they are a straight line.
        public var onFoot: Bool
    }

    /// 叠加网格: a zone of another zoning that holds the place, with whoever has a post there.
    public struct Zone: Hashable, Sendable {
        public var zoning: String
        public var code: String
        public var name: String
        public var responsible: [Responsible] = []
        /// Roles that a post has and nobody holds.
        public var vacant: [String] = []
    }

    /// What the query turned out to be, such as `户 H00012`.
    public var subject: Text
    /// Nil where the subject answers for the town as a whole: the chain is the town's link alone.
    public var location: PlanarPoint?
    public var day: Day
    /// Who may see where it is.
    public var privacy = Layer.Field.Privacy.public
    /// From the smallest unit to the town.
    public var chain: [Link]
    public var services: [Service]
    /// In the order of zonings and codes.
    public var zones: [Zone] = []
    /// Metres outside the nearest unit, where the place lies in none.
    public var outside: Double?
    /// Why something is missing: 空岗, 不在网格内, …
    public var reasons: [Text]
    /// Names and addresses of residents, for the operational edition only.
    public var residents: [Text]
}
