import GeoGrid
public import Planner
import Yams

extension IssueCode {
    static let badWeights = IssueCode("GG430")
}

extension WorkloadModel {
    /// Reads a weights file such as `standardYAML`; what it leaves out is as in the standard model.
    ///
    /// - Throws: GG430 with the line, where the file is no YAML, or a key or value is not understood.
    public init(yaml: String, source: String) throws {
        self = .standard
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw WeightsReader.error(source, line: nil, Text(zh: "不是 YAML：\(error)", en: "no YAML: \(error)"))
        }
        guard let root else { return }
        let reader = WeightsReader(source: source)
        for (name, value) in try reader.members(root) {
            switch name {
            case "household": household = try reader.line(value, key: "household")
            case "care": care = try reader.lines(value)
            case "premises": premises = try reader.lines(value)
            case "risk":
                for (colour, factor) in try reader.members(value) {
                    guard let risk = RiskColour(rawValue: colour) else { throw reader.unknown(colour, value) }
                    riskFactors[risk] = try reader.number(factor)
                }
            case "patrol":
                for (part, number) in try reader.members(value) {
                    switch part {
                    case "rounds": patrolsPerMonth = try reader.number(number)
                    case "minutes": patrolMinutes = try reader.number(number)
                    default: throw reader.unknown(part, value)
                    }
                }
            case "fixed": fixedMinutes = try reader.number(value)
            case "walk":
                for (part, number) in try reader.members(value) {
                    switch part {
                    case "kmh": walkingMetresPerMinute = try reader.positive(number) * 1000 / 60
                    case "detour": detour = try reader.number(number)
                    default: throw reader.unknown(part, value)
                    }
                }
            case "capacity":
                for (part, number) in try reader.members(value) {
                    switch part {
                    case "full-time": capacity.fullTime = try reader.number(number)
                    case "part-time": capacity.partTime = try reader.number(number)
                    case "microgrid-lead": capacity.microgridLead = try reader.number(number)
                    default: throw reader.unknown(part, value)
                    }
                }
            default: throw reader.unknown(name, root)
            }
        }
    }
}

/// Values of a weights file, or an error that names the line.
private struct WeightsReader {
    let source: String

    static func error(_ source: String, line: Int?, _ message: Text) -> GeoGridError {
        let at = line.map { Text(zh: "第 \($0) 行：", en: " line \($0): ") } ?? Text(zh: "：", en: ": ")
        return GeoGridError(
            .badWeights, Text(zh: "权重文件 \(source) \(at.zh)\(message.zh)", en: "weights \(source)\(at.en)\(message.en)"),
            remedy: Text(
                zh: "以 geogrid workload --show-weights 的输出为样板修改",
                en: "Start from what geogrid workload --show-weights prints"))
    }

    private func failure(_ node: Node, _ message: Text) -> GeoGridError {
        WeightsReader.error(source, line: node.mark?.line, message)
    }

    func unknown(_ key: String, _ node: Node) -> GeoGridError {
        failure(node, Text(zh: "不认识“\(key)”", en: "“\(key)” is not known"))
    }

    func members(_ node: Node) throws -> [(String, Node)] {
        guard let mapping = node.mapping else {
            throw failure(node, Text(zh: "应为键值", en: "keys and values are wanted"))
        }
        return try mapping.map { key, value in
            guard let name = key.string else { throw failure(key, Text(zh: "键应为文字", en: "a key must be a word")) }
            return (name, value)
        }
    }

    /// A number from 0 to a million: far above any real weight, far below what sums could not hold.
    func number(_ node: Node) throws -> Double {
        guard let number = node.float ?? node.int.map(Double.init), (0...1_000_000).contains(number) else {
            throw failure(
                node,
                Text(
                    zh: "“\(node.string ?? "")”不是 0 到 1000000 的数",
                    en: "“\(node.string ?? "")” is no number from 0 to 1,000,000"))
        }
        return number
    }

    func positive(_ node: Node) throws -> Double {
        let number = try number(node)
        guard number > 0 else { throw failure(node, Text(zh: "应大于 0", en: "it must be more than 0")) }
        return number
    }

    func lines(_ node: Node) throws -> [WorkloadModel.Line] {
        guard let sequence = node.sequence else { throw failure(node, Text(zh: "应为列表", en: "a list is wanted")) }
        return try sequence.map { try line($0, key: nil) }
    }

    func line(_ node: Node, key: String?) throws -> WorkloadModel.Line {
        var key = key
        var zh: String?
        var en: String?
        var visits: Double?
        var minutes: Double?
        var aliases: [String] = []
        for (name, value) in try members(node) {
            switch name {
            case "key": key = value.string
            case "zh": zh = value.string
            case "en": en = value.string
            case "visits": visits = try number(value)
            case "minutes": minutes = try number(value)
            case "aliases": aliases = value.sequence?.compactMap(\.string) ?? []
            default: throw unknown(name, value)
            }
        }
        guard let key, let visits, let minutes else {
            throw failure(node, Text(zh: "要有 key、visits、minutes", en: "key, visits and minutes are needed"))
        }
        return WorkloadModel.Line(
            key, Text(zh: zh ?? en ?? key, en: en ?? zh ?? key), aliases: aliases, visitsPerMonth: visits,
            minutes: minutes)
    }
}
