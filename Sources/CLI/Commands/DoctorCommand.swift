import ArgumentParser
import Foundation
import GeoGrid

/// 自检: what is installed and what is missing.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "检查依赖：字体、PROJ 数据、可选工具 / Check fonts, PROJ data and optional tools.")

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let checks = Doctor.checks()
        console.answer(json: .object(["checks": .array(checks.map(\.json)), "version": .string(Version.string)])) {
            lines in
            var table = TextTable(.text("项目", "item"), .text("状态", "state"), .text("说明", "detail"))
            for check in checks {
                table.append(console(check.name), console(check.state.text), console(check.detail))
            }
            lines.add(table)
        }
        if checks.contains(where: { $0.state == .missing }) { throw ExitStatus.findings.code }
    }
}
