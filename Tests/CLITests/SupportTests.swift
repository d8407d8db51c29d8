import ArgumentParser
import GeoGrid
import Testing

@testable import CLI

@Suite struct SupportTests {
    @Test func chineseColumnsAlign() {
        var table = TextTable(.text("网格", "grid"), .number("户数", "households"))
        table.append("一", "7")
        table.append("Grid 12", "1234")
        #expect(
            table.rendered(in: .zh) == """
                网格     户数
                -------  ----
                一          7
                Grid 12  1234

                """)
    }

    @Test(arguments: [
        ("Missing expected argument '<town>'", "缺少参数 <town>"),
        ("Unknown option '--foo'. Did you mean '--format'?", "没有选项 --foo"),
        ("The value 'xml' is invalid for '--format <format>'. Please …", "取值 xml 不能用于 --format <format>"),
        ("2 unexpected arguments: 'a', 'b'", "多余的参数 'a', 'b'"),
        ("Unexpected argument 'a'", "多余的参数 'a'"),
    ])
    func commonUsageErrorsHaveChinese(message: String, zh: String) {
        #expect(UsageMessages.translated(message).zh == "\(zh)（\(message)）")
        #expect(UsageMessages.translated(message).en == message)
    }

    @Test func errorsKeepTheirCodeAndLanguage() {
        let error = GeoGridError(IssueCode("GG" + "501"), Text(zh: "旧", en: "old"), remedy: Text(zh: "新", en: "new"))
        let zh = Failure(error, arguments: ["geogrid", "info", "--lang", "zh"])
        #expect(zh.status == 4)
        #expect(zh.complaint == "错误 GG" + "501：旧\n  → 新\n")
        #expect(Failure(error, arguments: ["geogrid", "--lang=en"]).complaint == "error GG" + "501: old\n  → new\n")
        #expect(Failure(CancellationError(), arguments: []).status == 5)
    }

    @Test func findingsCountBySeverityAndCode() throws {
        let code = IssueCode("GG" + "101")
        let findings = (1...25).map {
            Finding(
                code, $0 == 1 ? .error : .warning, at: Place(file: "a.csv", record: $0), Text(zh: "坏", en: "bad"),
                remedy: Text(zh: "改", en: "fix"))
        }
        var lines = Lines(language: .en)
        FindingsReport(findings).write(to: &lines)
        #expect(lines.text.hasPrefix("error GG" + "101 a.csv record 1: bad\n  → fix\n"))
        #expect(lines.text.contains("and 5 more GG" + "101"))
        #expect(lines.text.hasSuffix("errors 1, warnings 24, notes 0\n"))
        #expect(throws: ExitCode.self) { try FindingsReport(findings).exitIfErrors() }
        try FindingsReport(Array(findings.dropFirst())).exitIfErrors()
    }
}
