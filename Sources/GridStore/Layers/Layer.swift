public import GeoGrid

/// 图层: one table of the town file that lists come into and go out of.
///
/// The description drives import, export and checks; the tables themselves are made by migrations, and a test holds
/// the two together.
public struct Layer: Sendable {
    public struct Field: Sendable {
        public enum Kind: Sendable {
            case text
            case integer
            case real
            case boolean
            case day
            /// Text that a spreadsheet may have turned into a number: `1.38E+10` is refused.
            case phone
            /// One of a few words, each with the other words that lists use for it.
            case choice([Choice])
        }

        public struct Choice: Sendable {
            public var value: String
            public var aliases: [String]
        }

        /// Who may see a field, from everyone to those who ask for names.
        public enum Privacy: Int, Comparable, Sendable {
            case `public`, office, operational
            public static func < (a: Privacy, b: Privacy) -> Bool { a.rawValue < b.rawValue }
        }

        public var name: String
        public var title: Text
        public var kind: Kind
        /// Headers that mean this field, beside its name and titles.
        public var aliases: [String]
        public var required: Bool
        public var privacy: Privacy
        /// What the column holds where a list says nothing.
        package var absent: FieldValue
    }

    public var name: String
    public var title: Text
    package var geometry: GeometryBlob.Kind?
    /// Whether a record without geometry is refused.
    public var needsGeometry: Bool
    /// The first is the key; where `scoped`, within the second.
    public var fields: [Field]
    public var scoped = false
    /// 有效期: whether records are versions with `valid_from` and `valid_to`.
    public var dated: Bool
    /// 归属: whether `assign` puts records into units (columns `unit` and `placed`).
    public var placed: Bool
    /// Who may see the layer at all.
    public var privacy: Field.Privacy

    public var key: Field { fields[0] }
    /// The key of a stored record, as `LayerRecord.key` writes it.
    var keySQL: String { scoped ? "\(fields[1].name) || '/' || \(key.name)" : key.name }
    public func field(named name: String) -> Field? { fields.first { $0.name == name } }
}

extension Layer.Field {
    static func text(
        _ name: String, _ zh: String, _ en: String, _ aliases: [String] = [], required: Bool = false,
        privacy: Privacy = .public, absent: FieldValue = .text("")
    ) -> Layer.Field {
        of(.text, name, zh, en, aliases, required: required, privacy: privacy, absent: absent)
    }

    static func of(
        _ kind: Kind, _ name: String, _ zh: String, _ en: String, _ aliases: [String] = [], required: Bool = false,
        privacy: Privacy = .public, absent: FieldValue = .null
    ) -> Layer.Field {
        Layer.Field(
            name: name, title: Text(zh: zh, en: en), kind: kind, aliases: aliases, required: required,
            privacy: privacy, absent: absent)
    }
}
