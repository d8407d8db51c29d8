public import GeoGrid

/// 字段对应: which column of a list fills which field of a layer, as told or as guessed from the header.
public struct ColumnMapping: Sendable {
    public struct Pair: Hashable, Sendable {
        public var field: String
        public var column: String
        /// Guessed from the header; false where `--field` said so.
        public var guessed: Bool
    }

    /// In the order of the layer's fields, then longitude and latitude.
    public var pairs: [Pair] = []
    /// Columns that no field takes.
    public var unused: [String] = []

    /// No columns at all, as of an extract that is read by its tags.
    init() {}

    static let longitude = "lon"
    static let latitude = "lat"

    private static let coordinateNames: [(field: String, names: Set<String>)] = [
        (longitude, ["lon", "lng", "long", "longitude", "x", "经度", "经度x", "东经", "坐标x"]),
        (latitude, ["lat", "latitude", "y", "纬度", "纬度y", "北纬", "坐标y"]),
    ]

    /// Finds a column for each field: the one given, else one whose header is the field's name, title or alias.
    ///
    /// Headers are compared without case, spaces, underscores, hyphens and what stands in brackets.
    /// - Throws: GG153 for a field or column that does not exist, GG152 where a required field has no column.
    public init(_ table: FeatureTable, layer: Layer, given: [String: String]) throws {
        let headers = table.columns.map(\.name)
        let plain = headers.map(ColumnMapping.plain)
        let names = layer.fields.map(\.name) + (layer.geometry == nil ? [] : ColumnMapping.coordinateNames.map(\.field))
        for (field, column) in given.sorted(by: { $0.key < $1.key }) {
            guard names.contains(field) else { throw ImportError.noField(field, of: layer) }
            guard headers.contains(column) else { throw ImportError.noColumn(column, in: table, headers: headers) }
        }
        var taken = Set(given.values)
        func choose(_ field: String, among words: [String]) -> Pair? {
            if let column = given[field] { return Pair(field: field, column: column, guessed: false) }
            // The first word that any header is, so that the field's own name wins over an alias.
            for word in words.map(ColumnMapping.plain) {
                if let i = plain.indices.first(where: { plain[$0] == word && !taken.contains(headers[$0]) }) {
                    taken.insert(headers[i])
                    return Pair(field: field, column: headers[i], guessed: true)
                }
            }
            return nil
        }
        for field in layer.fields {
            if let pair = choose(field.name, among: [field.name, field.title.zh, field.title.en] + field.aliases) {
                pairs.append(pair)
            }
        }
        if layer.geometry == .point {
            for (field, words) in ColumnMapping.coordinateNames {
                if let pair = choose(field, among: words.sorted()) { pairs.append(pair) }
            }
        }
        unused = headers.filter { !taken.contains($0) }
        let hasIDs = table.ids.contains { $0 != nil }
        for field in layer.fields where field.required && column(of: field.name) == nil {
            if field.name == layer.key.name && hasIDs { continue }
            throw ImportError.missingColumn(field, of: layer, headers: headers)
        }
    }

    public func column(of field: String) -> String? { pairs.first { $0.field == field }?.column }

    private static func plain(_ header: String) -> String {
        var depth = 0
        var out = ""
        for character in header.lowercased() {
            switch character {
            case "(", "（", "[", "【": depth += 1
            case ")", "）", "]", "】": depth = max(0, depth - 1)
            case " ", "_", "-", "\t", "\u{FEFF}", "　": continue
            default: if depth == 0 { out.append(character) }
            }
        }
        return out
    }
}
