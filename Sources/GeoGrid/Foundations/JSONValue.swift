/// JSON 值: an answer for programs. Written with sorted keys and shortest round-trip numbers: same value, same bytes.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    /// Infinite numbers and NaN are written as null, which is all JSON has for them.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// A string, or null.
    public static func optional(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
    public static func optional(_ value: Int?) -> JSONValue { value.map(JSONValue.int) ?? .null }
    public static func optional(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }

    /// Both languages, as `{"en": …, "zh": …}`.
    public static func text(_ text: Text) -> JSONValue {
        .object(["zh": .string(text.zh), "en": .string(text.en)])
    }

    /// The value on one line, or indented by two spaces a level. O(size log keys).
    public func serialized(indented: Bool = false) -> String {
        var out = ""
        write(to: &out, indent: indented ? 0 : nil)
        return out
    }

    private func write(to out: inout String, indent: Int?) {
        switch self {
        case .null: out += "null"
        case .bool(let value): out += value ? "true" : "false"
        case .int(let value): out += String(value)
        case .number(let value):
            out +=
                value.isFinite
                ? (value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)") : "null"
        case .string(let value): JSONValue.quote(value, to: &out)
        case .array(let values):
            JSONValue.block("[", values, "]", to: &out, indent: indent) { $0.write(to: &$1, indent: $2) }
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            JSONValue.block("{", sorted, "}", to: &out, indent: indent) { member, out, inner in
                JSONValue.quote(member.key, to: &out)
                out += inner == nil ? ":" : ": "
                member.value.write(to: &out, indent: inner)
            }
        }
    }

    private static func block<Element>(
        _ open: String, _ elements: [Element], _ close: String, to out: inout String, indent: Int?,
        body: (Element, inout String, Int?) -> Void
    ) {
        out += open
        let inner = indent.map { $0 + 1 }
        for (i, element) in elements.enumerated() {
            if i > 0 { out += "," }
            if let inner { out += "\n" + String(repeating: "  ", count: inner) }
            body(element, &out, inner)
        }
        if let indent, !elements.isEmpty { out += "\n" + String(repeating: "  ", count: indent) }
        out += close
    }

    private static func quote(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByFloatLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}
