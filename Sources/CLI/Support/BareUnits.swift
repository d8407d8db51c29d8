import Foundation
import GeoGrid
import Planner

/// 单元文件: units without a town, as a problem to redraw.
enum BareUnits {
    /// Polygons and their workload. Degrees are projected to the metre system of the place.
    ///
    /// Units without an id count from 0. Throws GG1xx, GG2xx as the reader does, GG409 where the field is missing.
    ///
    /// With `community`, a field, grids stay inside the units of one value, and `districts` are shared out by load.
    static func read(
        _ path: String, weight: String, community: String? = nil, districts: Int, tolerance: Double
    ) throws -> (RedrawProblem, [Finding]) {
        var (table, findings) = try Intake.read(URL(fileURLWithPath: path))
        func field(_ name: String, _ option: String) throws -> PropertyColumn {
            if let column = table.column(named: name) { return column }
            let known = table.columns.map(\.name)
            throw GeoGridError(
                .missingField, Text(zh: "\(path) 没有字段“\(name)”", en: "\(path) has no field “\(name)”"),
                remedy: Text(
                    zh: "用 \(option) 指定：\(known.joined(separator: "、"))",
                    en: "name one with \(option): \(known.joined(separator: ", "))"))
        }
        let column = try field(weight, "--weight")
        let homes = try community.map { name in
            let column = try field(name, "--community")
            return (0..<table.count).map { column.text(row: $0) ?? "" }
        }
        let box = table.geometries.box
        let looksGeographic = box.minX >= -180 && box.maxX <= 180 && box.minY >= -90 && box.maxY <= 90
        if table.crs?.isGeographic ?? looksGeographic, let target = CRS.metres(for: table.geometries) {
            try Projection(from: table.crs ?? .wgs84, to: target).apply(to: &table.geometries)
        }
        let identifiers = table.column(named: "id")
        let ids = (0..<table.count).map { identifiers?.text(row: $0) ?? table.ids[$0] ?? String($0) }
        let areas = table.geometries
        var problem = RedrawProblem(
            ids: ids,
            criteria: [
                .init(
                    name: Text(zh: "工作量", en: "workload"),
                    loads: (0..<table.count).map { column.number(row: $0) ?? .nan }, tolerance: tolerance)
            ],
            adjacency: Adjacency(of: areas),
            districts: [RedrawProblem.District](repeating: .init(), count: districts))
        problem.areas = (0..<table.count).map { areas.area(ofFeature: $0) }
        problem.perimeters = (0..<table.count).map { areas.length(ofFeature: $0) }
        problem.centres = (0..<table.count).map { areas.box(ofFeature: $0).center }
        if let homes { settle(homes, districts: districts, in: &problem) }
        findings.removeAll { $0.severity == .note }
        return (problem, findings)
    }

    /// Keeps grids inside communities and shares them out by load, one at least to each.
    private static func settle(_ homes: [String], districts: Int, in problem: inout RedrawProblem) {
        let names = Set(homes).sorted()
        let number = Dictionary(zip(names, names.indices), uniquingKeysWith: { a, _ in a })
        problem.communities = homes.map { number[$0] ?? 0 }
        var loads = [Double](repeating: 0, count: names.count)
        for (unit, community) in problem.communities.enumerated() {
            loads[community] += max(0, problem.criteria[0].loads[unit])
        }
        let counts = RedrawProblem.apportion(districts: max(districts, names.count), loads: loads)
        problem.districts = counts.enumerated().flatMap { community, count in
            [RedrawProblem.District](repeating: .init(community: community), count: count)
        }
    }

    /// Takes over the plan the units had, `{"unit": district}`; one unit of load that stays is worth `worth` metres of
    /// border. Units it does not name had no grid. Throws GG413 where the file is no plan.
    static func readOld(_ path: String, into problem: inout RedrawProblem, worth: Double) throws {
        guard let plan = try? JSONDecoder().decode([String: Int].self, from: Data(try ByteSource.named(path).readAll()))
        else {
            throw GeoGridError(
                .missingField, Text(zh: "\(path) 不是方案文件", en: "\(path) is no plan"),
                remedy: Text(zh: "形如 {\"单元\": 0}", en: "it should look like {\"unit\": 0}"))
        }
        let grids = problem.districts.count
        problem.old = problem.ids.map { id in plan[id].flatMap { (0..<grids).contains($0) ? $0 : nil } ?? -1 }
        problem.residents = problem.criteria[0].loads.map { $0 > 0 && $0 < 1e15 ? $0 : 0 }
        problem.moveWeight = worth
    }

    private struct Graph: Decodable {
        var districts: Int
        var weights: [Double]
        var edges: [[Int]]
        var lower: Double?
        var upper: Double?
        var unit_ids: [StringOrNumber]?
    }

    private struct StringOrNumber: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {
                text = String(number)
            } else {
                text = try container.decode(String.self)
            }
        }
    }

    /// A published instance: `weights`, `edges` as pairs, `districts`, and either bounds or a tolerance.
    static func readGraph(_ path: String, tolerance: Double?) throws -> RedrawProblem {
        let graph: Graph
        do {
            graph = try JSONDecoder().decode(Graph.self, from: Data(try ByteSource.named(path).readAll()))
        } catch let error as DecodingError {
            throw GeoGridError(
                .missingField, Text(zh: "\(path) 不是图文件：\(error)", en: "\(path) is no graph file: \(error)"),
                remedy: Text(zh: "需要 weights、edges、districts", en: "it needs weights, edges and districts"))
        }
        let count = graph.weights.count
        let pairs = graph.edges.compactMap { edge -> (a: Int, b: Int, border: Double)? in
            guard edge.count == 2, edge.allSatisfy({ (0..<count).contains($0) }) else { return nil }
            return (edge[0], edge[1], 1)
        }
        guard pairs.count == graph.edges.count, graph.districts > 0 else {
            throw GeoGridError(
                .missingField, Text(zh: "\(path) 的边或分区数无效", en: "\(path) has unusable edges or districts"),
                remedy: Text(zh: "边为两个单元序号，从 0 起", en: "edges are pairs of unit numbers from 0"))
        }
        let share = graph.weights.reduce(0, +) / Double(graph.districts)
        let given = graph.upper.map { min($0, 2 * share - (graph.lower ?? 0)) / share - 1 }
        return RedrawProblem(
            ids: graph.unit_ids?.map(\.text) ?? (0..<count).map(String.init),
            criteria: [
                .init(
                    name: Text(zh: "工作量", en: "workload"), loads: graph.weights,
                    tolerance: tolerance ?? given ?? 0.05)
            ],
            adjacency: Adjacency(count: count, pairs: pairs),
            districts: [RedrawProblem.District](repeating: .init(), count: graph.districts))
    }

    /// The plan as a flat object in the order of the units.
    static func json(_ labels: [Int], ids: [String]) -> String {
        let rows = zip(ids, labels).map { "\(JSONValue.string($0).serialized()): \($1)" }
        return "{\n" + rows.joined(separator: ",\n") + "\n}\n"
    }
}

extension IssueCode {
    static let missingField = IssueCode("GG413")
}
