import ArgumentParser
import GeoGrid

/// 检查结果清单: findings as lines or as JSON, with counts by severity and code.
struct FindingsReport {
    let findings: [Finding]

    init(_ findings: [Finding]) {
        self.findings = findings
    }

    func count(of severity: Finding.Severity) -> Int { findings.lazy.filter { $0.severity == severity }.count }

    /// `{"counts": {…}, "findings": […]}`; merge into the command's own answer as the member `findings`.
    var json: JSONValue {
        var byCode: [String: JSONValue] = [:]
        for finding in findings {
            guard case .int(let n) = byCode[finding.code.description, default: 0] else { continue }
            byCode[finding.code.description] = .int(n + 1)
        }
        return [
            "error": .int(count(of: .error)), "warning": .int(count(of: .warning)), "note": .int(count(of: .note)),
            "byCode": .object(byCode), "list": .array(findings.map(\.json)),
        ]
    }

    /// Writes the findings in their order, at most `limit` of each code, then the counts.
    func write(to lines: inout Lines, limit: Int = 20) {
        var shown: [IssueCode: Int] = [:]
        for finding in findings {
            shown[finding.code, default: 0] += 1
            let number = shown[finding.code]!
            if number <= limit {
                for line in finding.lines(in: lines.language) { lines.add(verbatim: line) }
            }
        }
        for (code, number) in shown.sorted(by: { $0.key < $1.key }) where number > limit {
            lines.add(
                Text(
                    zh: "……另有 \(number - limit) 条 \(code)，用 --format json 看全部",
                    en: "… and \(number - limit) more \(code); --format json lists all"))
        }
        lines.add(
            Text(
                zh: "错误 \(count(of: .error))，警告 \(count(of: .warning))，提示 \(count(of: .note))",
                en: "errors \(count(of: .error)), warnings \(count(of: .warning)), notes \(count(of: .note))"))
    }

    /// Ends the command with exit code 1 when a finding is an error; call it last.
    func exitIfErrors() throws {
        if count(of: .error) > 0 { throw ExitStatus.findings.code }
    }
}

extension Finding.Severity {
    var text: Text {
        switch self {
        case .note: Text(zh: "提示", en: "note")
        case .warning: Text(zh: "警告", en: "warning")
        case .error: Text(zh: "错误", en: "error")
        }
    }
}

extension Finding {
    /// `错误 code place: message` and the remedy on a line of its own.
    func lines(in language: Language) -> [String] {
        let place = place.text[language]
        let colon = language == .zh ? "：" : ": "
        var lines = [
            "\(severity.text[language]) \(code)\(place.isEmpty ? "" : " " + place)\(colon)\(message[language])"
        ]
        if !remedy[language].isEmpty { lines.append("  → \(remedy[language])") }
        return lines
    }

    var json: JSONValue {
        [
            "code": .string(code.description), "severity": .string(severity.rawValue), "place": place.json,
            "message": .text(message), "remedy": .text(remedy),
        ]
    }
}

extension Place {
    /// The known parts in order: file, layer, record, id, field, coordinate.
    var text: Text {
        var zh: [String] = []
        var en: [String] = []
        func add(_ z: String, _ e: String) {
            zh.append(z)
            en.append(e)
        }
        if let file { add(file, file) }
        if let layer { add(layer, layer) }
        if let record { add("第 \(record) 条", "record \(record)") }
        if let id { add("“\(id)”", "“\(id)”") }
        if let field { add("字段 \(field)", "field \(field)") }
        if let coordinate {
            // Degrees need seven decimals, metres three; which it is shows in the size.
            let decimals = abs(coordinate.x) <= 180 && abs(coordinate.y) <= 90 ? 7 : 3
            let at = "(\(coordinate.x.fixed(decimals)), \(coordinate.y.fixed(decimals)))"
            add(at, at)
        }
        return Text(zh: zh.joined(separator: " "), en: en.joined(separator: " "))
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if let file { members["file"] = .string(file) }
        if let layer { members["layer"] = .string(layer) }
        if let record { members["record"] = .int(record) }
        if let id { members["id"] = .string(id) }
        if let field { members["field"] = .string(field) }
        if let coordinate { members["coordinate"] = [.number(coordinate.x), .number(coordinate.y)] }
        return .object(members)
    }
}

extension Console {
    /// An answer that ends with what was found on the way, the first of each code; not in `--quiet`.
    func answer(
        with findings: [Finding], json: (FindingsReport) -> JSONValue, text: (inout Lines) throws -> Void
    ) rethrows {
        let report = FindingsReport(findings)
        try answer(json: json(report)) { lines in
            try text(&lines)
            guard !findings.isEmpty, !quiet else { return }
            lines.add()
            report.write(to: &lines, limit: 5)
        }
    }
}
