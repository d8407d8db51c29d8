/// 编码检查: empty, duplicate and malformed codes of a layer.
struct CodeAudit {
    private let layer: AuditLayer
    private let number: Int
    private let options: AuditOptions

    init(_ layer: AuditLayer, number: Int, options: AuditOptions) {
        self.layer = layer
        self.number = number
        self.options = options
    }

    func findings() -> [AuditFinding] {
        guard !layer.codes.isEmpty else { return [] }
        var findings: [AuditFinding] = []
        var first: [String: Int] = [:]
        let expected = options.codeShape ?? commonShape()
        for (unit, code) in layer.codes.enumerated() {
            guard !code.allSatisfy(\.isWhitespace) else {
                findings.append(.emptyCode(layer, number, unit))
                continue
            }
            if let earlier = first[code] {
                findings.append(.duplicateCode(layer, number, earlier, unit))
            } else {
                first[code] = unit
            }
            if let fault = CodeAudit.fault(of: code, expected: expected) {
                findings.append(.malformedCode(layer, number, unit, fault))
            }
        }
        return findings
    }

    /// What is wrong with the form of a code, or nil.
    private static func fault(of code: String, expected: String?) -> Text? {
        if code.contains(where: { $0.isWhitespace }) {
            return Text(zh: "含有空格", en: "it holds white space")
        }
        if code.unicodeScalars.contains(where: { $0.value < 0x20 || (0xFF01...0xFF5E).contains($0.value) }) {
            return Text(zh: "含有全角或控制字符", en: "it holds full-width or control characters")
        }
        guard let expected, shape(of: code) != expected else { return nil }
        return Text(zh: "格式应为 \(expected)", en: "its form should be \(expected)")
    }

    /// `9` for a digit, `A` for a letter, anything else for itself.
    private static func shape(of code: String) -> String {
        String(code.map { $0.isASCII && $0.isNumber ? "9" : $0.isASCII && $0.isLetter ? "A" : $0 })
    }

    /// The shape that nearly all codes share, unless they are plain serial numbers, which grow longer as they count.
    private func commonShape() -> String? {
        var counts: [String: Int] = [:]
        var total = 0
        for code in layer.codes where !code.isEmpty {
            counts[CodeAudit.shape(of: code), default: 0] += 1
            total += 1
        }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        return best.key.count >= 6 && total >= 5 && best.value * 10 >= total * 9 ? best.key : nil
    }
}
