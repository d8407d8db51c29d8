public import GeoGrid

/// 台账图层: the objects of a ledger as they are handed to the map, before an edition has looked at them.
///
/// No names, phones or addresses come here: a mark is a kind, a grade and a state at a place.
public struct LedgerLayer: Sendable {
    /// 状态.
    public enum State: Hashable, Sendable {
        case open, closed
    }

    /// One object.
    public struct Mark: Hashable, Sendable {
        public var id: String
        /// What it is called on the map, such as 烟花爆竹店.
        public var kind: String
        public var colour: RiskColour?
        public var state = State.open
        public var location: PlanarPoint
        /// Code of the lowest unit; empty where it lies in none.
        public var unit: String

        public init(id: String, kind: String, colour: RiskColour? = nil, location: PlanarPoint, unit: String) {
            self.id = id
            self.kind = kind
            self.colour = colour
            self.location = location
            self.unit = unit
        }
    }

    /// 地块: an object with an area.
    public struct Area: Hashable, Sendable {
        public var rings: [[PlanarPoint]]
        public var kind: String
        /// A line for the list beside the map.
        public var detail: String
        /// Codes of the grids it lies in.
        public var grids: [String]

        public init(rings: [[PlanarPoint]], kind: String, detail: String, grids: [String]) {
            self.rings = rings
            self.kind = kind
            self.detail = detail
            self.grids = grids
        }
    }

    public var title: Text
    /// What a closed object is called: 已销号, 已完工.
    public var closed = Text(zh: "已办结", en: "closed")
    public var marks: [Mark] = []
    public var areas: [Area] = []
    /// The town's own words for its colours.
    public var meanings: [RiskColour: String] = [:]
    /// Editions that may show where each object is; the others show counts by grid.
    public var placed: Set<Edition>

    /// - Parameter placed: empty for what is only ever shown as heat.
    public init(title: Text, placed: Set<Edition>) {
        self.title = title
        self.placed = placed
    }
}

/// 可公开的台账: what an edition may show of a ledger: its marks, or how many there are in each grid.
///
/// Made only by `Disclosure`.
public struct DisclosedLedger: Sendable {
    public let title: Text
    public let closed: Text
    public let meanings: [RiskColour: String]
    public internal(set) var marks: [LedgerLayer.Mark] = []
    public internal(set) var areas: [LedgerLayer.Area] = []
    /// For each grid of the town; nil where the marks themselves are shown.
    public internal(set) var heat: [Tally]?

    /// Kinds in the order of their symbols: the graded ones first, then the most frequent.
    var kinds: [String] {
        var count: [String: (graded: Int, all: Int)] = [:]
        for mark in marks {
            count[mark.kind, default: (0, 0)].all += 1
            if mark.colour != nil { count[mark.kind]!.graded += 1 }
        }
        return count.keys.sorted {
            let (a, b) = (count[$0]!, count[$1]!)
            return (b.graded, b.all, $0) < (a.graded, a.all, $1)
        }
    }
}

extension Disclosure {
    /// What the edition may show of a ledger. O(objects).
    public func apply(_ layer: LedgerLayer, to shown: DisclosedTown) -> DisclosedLedger {
        var ledger = DisclosedLedger(title: layer.title, closed: layer.closed, meanings: layer.meanings)
        if layer.placed.contains(edition) {
            ledger.marks = layer.marks.enumerated().map { number, mark in
                var mark = mark
                if edition != .operational { mark.id = "\(number + 1)" }
                return mark
            }
            ledger.areas = layer.areas
            return ledger
        }
        let chain = UnitChain(communities: shown.communities, grids: shown.grids, microgrids: shown.microgrids)
        let index = shown.grids.indexByCode()
        var counts = [Int](repeating: 0, count: shown.grids.count)
        for mark in layer.marks { if let grid = chain.place(of: mark.unit).grid { counts[grid] += 1 } }
        for area in layer.areas { for code in area.grids { if let grid = index[code] { counts[grid] += 1 } } }
        guard edition == .public else {
            ledger.heat = counts.map(Tally.exact)
            return ledger
        }
        var heat = [Tally](repeating: .hidden, count: counts.count)
        let orphans = shown.grids.parentCodes.indices.filter { chain.communityOfGrid[$0] == nil }
        for group in chain.gridsByCommunity + [orphans] {
            let tallies = Tally.suppressed(group.map { counts[$0] }, below: smallest)
            for (grid, tally) in zip(group, tallies) { heat[grid] = tally }
        }
        ledger.heat = heat
        return ledger
    }
}
