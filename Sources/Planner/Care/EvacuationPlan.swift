public import GeoGrid

/// 转移方案（一户一策）: the evacuation of a town's households, with escorts, and checked anew from its ways.
public struct EvacuationPlan: Sendable {
    /// Positions of the households in the zone.
    public let homes: [Int]
    public let households: [Evacuation.Home]
    /// Positions of the service points that shelter.
    public let shelters: [Int]
    public let capacities: [Int]
    public let result: Evacuation.Result
    /// Who fetches each household that needs help, as a position in the town's people.
    public let escorts: [Int?]
    /// Households in the order of leaving: who needs help first, then the longest way.
    public let order: [Int]
    /// How often a way comes into the zone from outside: 0, unless something is wrong.
    public let entries: Int
    /// How often a way crosses water off the bridges: 0, unless something is wrong.
    public let waterCrossings: Int
    public let findings: [Finding]
    private let care: CareTown

    public init(
        care: CareTown, zone: AreaBarrier, homes: [Int], shelters: [Int], defaultCapacity: Int, escorts: [Int]
    ) {
        self.care = care
        self.homes = homes
        self.shelters = shelters
        let town = care.town
        households = homes.map { h in
            let helpless = care.careResidents[h].count {
                CareTown.needsHelp(town.careResidents[$0], on: town.day)
            }
            return Evacuation.Home(
                location: care.homes.points[h], persons: max(1, care.persons[h]),
                helpless: min(helpless, max(1, care.persons[h])))
        }
        capacities = shelters.map { max(0, town.servicePoints[$0].capacity ?? defaultCapacity) }
        let evacuation = Evacuation(
            model: care.model, zone: zone,
            shelters: zip(shelters, capacities).map { .init(location: town.servicePoints[$0].location, capacity: $1) })
        let result = evacuation.solve(households)
        self.result = result
        self.escorts = Self.escort(care, homes, households, result, escorts)
        let households = households
        order = homes.indices.sorted { a, b in
            let (x, y) = (households[a].helpless > 0 ? 0 : 1, households[b].helpless > 0 ? 0 : 1)
            let (m, n) = (result.routes[a]?.centimetres ?? -1, result.routes[b]?.centimetres ?? -1)
            return (x, n, a) < (y, m, b)
        }
        entries = result.routes.reduce(0) { $0 + ($1.map { Self.entries($0.points, zone) } ?? 0) }
        waterCrossings = result.routes.reduce(0) { $0 + ($1.map { Self.crossings($0.points, care) } ?? 0) }
        findings = Self.findings(care, homes, households, shelters, capacities, result, self.escorts)
    }

    /// The nearest free escort of each household that needs help, one household each, at the least total walk.
    private static func escort(
        _ care: CareTown, _ homes: [Int], _ households: [Evacuation.Home], _ result: Evacuation.Result,
        _ people: [Int]
    ) -> [Int?] {
        var escorts = [Int?](repeating: nil, count: homes.count)
        let needy = homes.indices.filter { households[$0].helpless > 0 && result.shelters[$0] >= 0 }
        guard !needy.isEmpty, !people.isEmpty else { return escorts }
        let places = HelperPlaces(care: care, people: people)
        let doors = care.model.doors(needy.map { care.homes.points[homes[$0]] })
        // Few households, many people: search from the households.
        let rows = care.model.rows(from: doors, to: places.doors)
        var pairs: [(supplier: Int32, target: Int32, cost: Int32)] = []
        for t in needy.indices {
            for k in rows.row(t) { pairs.append((rows.targets[k], Int32(t), rows.centimetres[k])) }
        }
        let solved = Assignment(
            capacities: [Int](repeating: 1, count: people.count), amounts: [Int](repeating: 1, count: needy.count),
            pairs: pairs
        ).solve()
        for share in solved.shares { escorts[needy[share.target]] = people[share.supplier] }
        return escorts
    }

    private static func entries(_ line: [PlanarPoint], _ zone: AreaBarrier) -> Int {
        var entries = 0
        var isInside = true
        for (a, b) in zip(line, line.dropFirst()) {
            for part in zone.parts(from: a, to: b) where (part.to - part.from) * a.distance(to: b) > 0.05 {
                if part.inside, !isInside { entries += 1 }
                isInside = part.inside
            }
        }
        return entries
    }

    /// Stretches of a way over water that no street accounts for.
    private static func crossings(_ line: [PlanarPoint], _ care: CareTown) -> Int {
        let water = care.model.water
        guard !water.isEmpty, line.count > 2 else { return 0 }
        // Only the ends of a way leave the streets; streets over water are bridges or were reported.
        let ends = [(line[0], line[1]), (line[line.count - 2], line[line.count - 1])]
        return ends.count { !water.crossings(from: $0.0, to: $0.1).isEmpty }
    }

    /// 路段: the streets of a way in their order with the metres along each; unnamed ones have an empty name.
    public func streets(_ home: Int) -> [(name: String, metres: Double)] {
        var streets: [(name: String, metres: Double)] = []
        for stretch in result.routes[home]?.stretches ?? [] where care.town.roads.indices.contains(stretch.road) {
            let name = care.town.roads[stretch.road].name
            if let last = streets.last, last.name == name {
                streets[streets.count - 1].metres += stretch.metres
            } else {
                streets.append((name, stretch.metres))
            }
        }
        return streets
    }

    /// 路名: the named streets of a way in their order.
    public func streetNames(_ home: Int) -> [String] {
        streets(home).map(\.name).filter { !$0.isEmpty }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    private static func findings(
        _ care: CareTown, _ homes: [Int], _ households: [Evacuation.Home], _ shelters: [Int], _ capacities: [Int],
        _ result: Evacuation.Result, _ escorts: [Int?]
    ) -> [Finding] {
        let town = care.town
        var findings = result.endangered.map { s in
            let point = town.servicePoints[shelters[s]]
            return Finding(
                .shelterEndangered, .warning,
                at: Place(layer: "service_point", id: point.id, coordinate: point.location),
                Text(zh: "避难所在危险区内，不安排", en: "a shelter lies in the danger zone and takes nobody"),
                remedy: Text(zh: "另选避难所", en: "choose another shelter"))
        }
        let persons = households.reduce(0) { $0 + $1.persons }
        let room = capacities.indices.filter { !result.endangered.contains($0) }.reduce(0) { $0 + capacities[$1] }
        if room < persons {
            findings.append(
                Finding(
                    .capacityShort, .warning, at: Place(layer: "service_point"),
                    Text(
                        zh: "避难所容量 \(room) 少于 \(persons) 人",
                        en: "the shelters hold \(room), fewer than \(persons) people"),
                    remedy: Text(zh: "增加避难所或容量", en: "add shelters or capacity")))
        }
        for (i, h) in homes.enumerated() {
            let household = town.households[h]
            let place = Place(layer: "household", id: household.id, coordinate: household.location)
            if let reason = result.reasons[i] {
                findings.append(
                    Finding(
                        .notEvacuated, at: place,
                        Text(zh: "无法安置：\(reason.text.zh)", en: "cannot be placed: \(reason.text.en)"),
                        remedy: reason.remedy))
            } else if households[i].helpless > 0, escorts[i] == nil {
                findings.append(
                    Finding(
                        .notEvacuated, .warning, at: place,
                        Text(zh: "需要帮助，但没有接送人", en: "needs help, but nobody is there to fetch them"),
                        remedy: Text(zh: "用 --escorts 扩大人选", en: "widen the choice with --escorts")))
            }
        }
        return findings
    }
}

extension Evacuation.Reason {
    public var text: Text {
        switch self {
        case .offStreets: Text(zh: "住处接不上道路", en: "the home is off the streets")
        case .noWay: Text(zh: "没有不经过危险区或水面的路", en: "no way but through the zone or water")
        case .sheltersFull: Text(zh: "可达避难所已满", en: "the shelters in reach are full")
        }
    }

    public var remedy: Text {
        switch self {
        case .offStreets: Text(zh: "核对坐标或补画道路；安排车船接出", en: "check the coordinate or the roads; send a vehicle or boat")
        case .noWay: Text(zh: "安排车船接出，或在近处增设避难所", en: "send a vehicle or boat, or add a shelter on this side")
        case .sheltersFull: Text(zh: "增加避难所或容量", en: "add shelters or capacity")
        }
    }
}

extension IssueCode {
    /// A shelter in the danger zone.
    public static let shelterEndangered = IssueCode("GG479")
    /// A household that cannot be taken out, or whom nobody fetches.
    public static let notEvacuated = IssueCode("GG480")
    /// A danger zone that cannot be used.
    public static let dangerZone = IssueCode("GG484")
}
