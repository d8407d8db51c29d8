public import GeoGrid

/// 服务方案: the outcome of a care command, kept in the town file to be compared, adopted, exported and drawn.
public struct CarePlan: Hashable, Sendable {
    /// 方案类别: which command made it.
    public enum Kind: String, CaseIterable, Sendable {
        case coverage, site, serve, pair, visit, evacuate, patrol

        public var title: Text {
            switch self {
            case .coverage: Text(zh: "覆盖", en: "coverage")
            case .site: Text(zh: "选址", en: "siting")
            case .serve: Text(zh: "供给", en: "serving")
            case .pair: Text(zh: "结对", en: "pairing")
            case .visit: Text(zh: "走访", en: "visits")
            case .evacuate: Text(zh: "转移", en: "evacuation")
            case .patrol: Text(zh: "巡防", en: "patrols")
            }
        }
    }

    /// 方案条目: somebody or something, what it goes to, and how.
    public struct Item: Hashable, Sendable {
        /// What the subject is: `household`, `candidate`, `area`, …
        public var role: String
        /// Identifier of the subject.
        public var subject: String
        /// Identifier of what it goes to: a helper, a shelter, a service point, a beat.
        public var target: String
        /// Order among the items of a target, or 0.
        public var rank: Int
        /// What the item weighs, in the unit of the kind: metres walked, minutes, people.
        public var value: Double
        public var note: String
        /// A feature to draw, in town metres.
        public var geometry: Geometries?

        public init(
            role: String, subject: String, target: String = "", rank: Int = 0, value: Double = 0, note: String = "",
            geometry: Geometries? = nil
        ) {
            self.role = role
            self.subject = subject
            self.target = target
            self.rank = rank
            self.value = value
            self.note = note
            self.geometry = geometry
        }

        public static func == (a: Item, b: Item) -> Bool {
            a.role == b.role && a.subject == b.subject && a.target == b.target && a.rank == b.rank
                && a.value == b.value && a.note == b.note && a.geometry?.xy == b.geometry?.xy
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(subject)
            hasher.combine(target)
        }
    }

    /// Unique in the town file.
    public var name: String
    public var kind: Kind
    /// The day the town was taken on.
    public var day: Day
    /// What was asked, so that it can be asked again.
    public var parameters: JSONValue
    /// What came out, in figures.
    public var figures: JSONValue
    /// 启用: plans are drafts until one of a kind is adopted.
    public var adopted = false
    public var items: [Item]

    public init(
        name: String, kind: Kind, day: Day, parameters: JSONValue, figures: JSONValue, items: [Item]
    ) {
        self.name = name
        self.kind = kind
        self.day = day
        self.parameters = parameters
        self.figures = figures
        self.items = items
    }
}
