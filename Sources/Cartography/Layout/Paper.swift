/// 幅面: ISO 216 paper, millimetres.
public enum Paper: String, CaseIterable, Codable, Sendable {
    case a0 = "A0"
    case a1 = "A1"
    case a2 = "A2"
    case a3 = "A3"
    case a4 = "A4"

    /// Short and long side.
    public var sides: (short: Double, long: Double) {
        switch self {
        case .a0: (841, 1189)
        case .a1: (594, 841)
        case .a2: (420, 594)
        case .a3: (297, 420)
        case .a4: (210, 297)
        }
    }

    /// How much larger than A1 things are drawn: √2 a step.
    public var factor: Double { (sides.long / 841) }
}

/// 方向: how a sheet lies.
public enum Orientation: String, CaseIterable, Codable, Sendable {
    case landscape, portrait
}

/// 比例尺系列: the round scales a sheet may have.
public enum RoundScale {
    public static let denominators: [Double] = {
        var list: [Double] = []
        for power in [100.0, 1000, 10_000, 100_000] {
            for step in [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5] { list.append(step * power) }
        }
        return list
    }()

    /// The largest round scale at which so many metres fit into so many millimetres.
    public static func fitting(metres: (Double, Double), millimetres: (Double, Double)) -> Double {
        let needed = max(metres.0 * 1000 / millimetres.0, metres.1 * 1000 / millimetres.1)
        return denominators.first { $0 >= needed } ?? (needed / 100_000).rounded(.up) * 100_000
    }
}
