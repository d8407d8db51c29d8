/// 待检图层: the units of one level as the audit sees them; parallel arrays.
public struct AuditLayer: Sendable {
    /// What the level is called in the report, such as 网格.
    public var name: Text
    /// 编码; empty where the layer has no codes at all, and then codes are not judged.
    public var codes: [String]
    /// Code of the containing unit in the layer above; empty where the layer does not say.
    public var parentCodes: [String]
    /// Polygons in a metre system.
    public var areas: Geometries

    public init(name: Text, codes: [String] = [], parentCodes: [String] = [], areas: Geometries) {
        precondition(codes.isEmpty || codes.count == areas.count)
        precondition(parentCodes.isEmpty || parentCodes.count == areas.count)
        self.name = name
        self.codes = codes
        self.parentCodes = parentCodes
        self.areas = areas
    }

    /// A level of a town.
    public init(_ layer: UnitLayer, names: LevelNames = LevelNames()) {
        self.init(name: names[layer.level], codes: layer.codes, parentCodes: layer.parentCodes, areas: layer.areas)
    }

    /// What a unit is called in a finding: its code, else its number from 1.
    func label(_ unit: Int) -> String {
        codes.isEmpty || codes[unit].isEmpty ? "#\(unit + 1)" : codes[unit]
    }
}
