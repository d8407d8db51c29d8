import Foundation
import TestSupport
import Testing

@Suite struct ProgramTests {
    @Test func usageErrorsEndWithTwo() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let wrong = try Program.run(["doctor", "--fromat", "json"], in: scratch.folder)
        #expect(wrong.status == 2)
        #expect(wrong.output == "")
        #expect(wrong.errors.hasPrefix("用法错误：没有选项 --fromat"))
        let help = try Program.run(["--help"], in: scratch.folder)
        #expect(help.status == 0)
        #expect(help.output.contains("geogrid"))
    }
}
