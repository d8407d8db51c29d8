import GeoGrid
import Testing

@testable import Planner

@Suite struct TownBarriersTests {
    private func road(_ id: String, _ roadClass: Road.Class, _ points: [(Double, Double)]) -> Road {
        Road(id: id, roadClass: roadClass, lines: [points.map { PlanarPoint(x: $0.0, y: $0.1) }])
    }

    private func order(
        _ roads: [Road], water: [Water] = [], forbid: TownRedraw.Barrier = .rail, bridges: [TownRedraw.UnitPair] = []
    ) throws -> TownRedraw {
        var town = SmallTown.town()
        town.roads = roads
        town.waters = water
        var options = TownRedraw.Options()
        options.forbidden = [forbid]
        options.bridges = bridges
        options.moves = 0
        options.tolerance = 0.2
        return try TownRedraw(town: town, merger: nil, model: .standard, options: options)
    }

    private func parted(_ order: TownRedraw) -> [String] {
        order.problem.barriers.filter { $0.factor == nil }.map {
            "\(order.problem.ids[$0.a])|\(order.problem.ids[$0.b])"
        }
    }

    /// Between the grids of the first community; 5 m off their border.
    private var railway: Road { road("r", .rail, [(205, -50), (205, 250)]) }
    private let both = ["C0001-1|C0002-0", "C0001-3|C0002-2"]

    @Test func aRailwayPartsTheUnitsOnBothSides() async throws {
        let order = try order([railway])
        #expect(parted(order) == both)
        let plan = try await order.plan(budget: RedrawBudget(effort: 10_000))
        #expect(plan.units.filter { $0.oldGrid == "C0001" }.allSatisfy { $0.newGrid == "C0001" })
        #expect(plan.findings.contains { $0.code == .redrawDisconnected })
    }

    @Test func aRoadAcrossJoinsThem() throws {
        let across = road("s", .residential, [(120, 50), (280, 50)])
        #expect(parted(try order([railway, across])) == [both[1]])
        // Two streets that meet at the railway, and one that ends there.
        let west = road("w", .lane, [(120, 150), (205, 150)])
        let east = road("e", .lane, [(205, 152), (290, 152)])
        #expect(parted(try order([railway, west, east])) == [both[0]])
        #expect(parted(try order([railway, west])) == both)
        #expect(parted(try order([railway, road("x", .rail, [(120, 50), (280, 50)])])).count >= 2)
    }

    @Test func aRiverPartsWhereNoBridgeIs() throws {
        func river(_ x: Double, _ width: Double) -> Water {
            let ring = [(x, -50.0), (x + width, -50), (x + width, 250), (x, 250), (x, -50)].map {
                PlanarPoint(x: $0.0, y: $0.1)
            }
            return Water(id: "w", kind: .polygon, parts: [[ring]])
        }
        var bridge = road("b", .primary, [(180, 50), (220, 50)])
        #expect(parted(try order([], water: [river(185, 30)], forbid: .river)) == both)
        #expect(parted(try order([bridge], water: [river(185, 30)], forbid: .river)) == [both[1]])
        bridge.bridge = true
        #expect(parted(try order([bridge], water: [river(185, 30)], forbid: .river)) == [both[1]])
        // A river through the middle of units parts none of their borders.
        #expect(parted(try order([], water: [river(140, 20)], forbid: .river)) == [])
    }

    @Test func whatIsCrossedFarFromABorderIsPartedByTheWay() throws {
        // 40 m inside the eastern units: their middles lie beyond it.
        #expect(parted(try order([road("t", .trunk, [(240, -50), (240, 250)])], forbid: .trunk)) == both)
        #expect(parted(try order([road("t", .trunk, [(240, -50), (240, 250)])], forbid: .rail)) == [])
    }

    @Test func aBridgeJoinsUnitsAndBadOnesAreNamed() async throws {
        let order = try order(
            [railway], bridges: [.init("C0001-3", "C0002-2"), .init("C0001-3", "没有"), .init("C0001-0", "C1001-0")])
        #expect(order.problem.bridges.count == 1)
        #expect(order.findings.map { "\($0.severity) \($0.place.id ?? "")" } == ["error 没有", "warning C0001-0"])
        let plan = try await order.plan(budget: RedrawBudget(effort: 10_000))
        #expect(plan.units.contains { $0.oldGrid == "C0001" && $0.newGrid == "C0002" })
        #expect(plan.connected == 4)
    }

    @Test func bordersAlongStreetsAreMeasured() throws {
        let town = SmallTown.town()
        let grids = town.microgrids.parentCodes.map { town.grids.indexByCode()[$0]! }
        func measure(_ roads: [Road]) -> StreetBorder {
            StreetBorder(units: town.microgrids.areas, grids: grids, roads: roads)
        }
        // Three borders of 200 m; a street 10 m off the first covers it whole, one across covers 30 m.
        #expect(abs(measure([]).total - 600) < 1e-6 && measure([]).along == 0)
        #expect(abs(measure([road("a", .lane, [(210, -20), (210, 220)])]).along - 200) < 1e-6)
        #expect(abs(measure([road("a", .lane, [(150, 100), (250, 100)])]).along - 30) < 1e-6)
        #expect(measure([road("a", .lane, [(216, -20), (216, 220)])]).along == 0)
        #expect(measure([road("a", .rail, [(200, -20), (200, 220)])]).along == 0)
        let twice = measure([road("a", .lane, [(205, 0), (205, 120)]), road("b", .lane, [(195, 80), (195, 150)])])
        #expect(abs(twice.along - 150 - (225.0 - 25).squareRoot()) < 1e-6)
    }

    @Test func moreThanOneCriterionIsKept() async throws {
        var options = TownRedraw.Options()
        options.tolerance = 0.5
        options.also = [.init(.households, tolerance: 0.01), .init(.premises, tolerance: 0.5)]
        var town = SmallTown.town()
        var shop = Premises(id: "P", name: "店", kind: "merchant", location: SmallTown.middle("C0001-0"))
        shop.unitCode = "C0001-0"
        town.premises = [shop]
        let order = try TownRedraw(town: town, merger: nil, model: .standard, options: options)
        #expect(order.problem.criteria[1].loads == order.households.map(Double.init))
        #expect(order.problem.criteria[2].loads.reduce(0, +) == 1)
        let plan = try await order.plan(budget: RedrawBudget(effort: 10_000))
        #expect(plan.criteria.map(\.name.en) == ["workload", "households", "premises"])
        // The workload alone would let the old grids of 36 and 12 households stand.
        #expect(plan.criteria[1].outside == 0 && plan.criteria[1].worst <= 0.01)
        let named = plan.findings.filter { $0.code == .redrawMissed && $0.message.en.contains("share of premises") }
        #expect(plan.criteria[2].outside == 2 && named.count == 2)
    }
}
