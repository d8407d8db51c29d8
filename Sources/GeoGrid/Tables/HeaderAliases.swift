/// 表头别名: the names a column may bear in the files people have, Chinese and English, for each of our fields.
public struct HeaderAliases: Sendable {
    private let fields: [(name: String, aliases: [String])]

    /// Fields in the order they may claim a column; the field's own name is an alias of it.
    public init(_ fields: KeyValuePairs<String, [String]>) {
        self.fields = fields.map { ($0.key, ([$0.key] + $0.value).map(Self.normalized)) }
    }

    /// Which column of a header each field is, by position. A column goes to the first field that claims it; names
    /// that agree wholly come before names that only begin alike, such as `姓名（必填）`. O(fields · columns).
    public func match(_ header: [String]) -> [String: Int] {
        let names = header.map(Self.normalized)
        var found: [String: Int] = [:]
        var taken: Set<Int> = []
        for agrees in [{ (name: String, alias: String) in name == alias }, { $0.hasPrefix($1) && $1.count > 1 }] {
            for field in fields where found[field.name] == nil {
                let position = field.aliases.lazy.compactMap { alias in
                    names.indices.first { !taken.contains($0) && agrees(names[$0], alias) }
                }.first
                guard let position else { continue }
                found[field.name] = position
                taken.insert(position)
            }
        }
        return found
    }

    /// Lower case, half-width, without spaces, underscores, hyphens, stars and brackets.
    public static func normalized(_ name: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in name.lowercased().unicodeScalars {
            let value = scalar.value
            let half = (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0)! : scalar
            if half.properties.isWhitespace || "_-*()[]（）【】:：.".unicodeScalars.contains(half) { continue }
            out.append(half)
        }
        return String(out)
    }
}
