public import ArgumentParser
import Foundation
public import GeoGrid

/// 输出格式: how an answer is given.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

extension Language: ExpressibleByArgument {}

/// 通用选项: what every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: "答复格式 / form of the answer.")
    var format: OutputFormat = .text

    @Flag(name: .shortAndLong, help: "不显示进度和说明 / no progress, no remarks.")
    var quiet = false

    @Option(help: "语言，默认随系统，否则中文 / language; else the locale's, else Chinese.")
    var lang: Language?

    /// Where the command speaks.
    var console: Console {
        Console(language: lang ?? Language.ofEnvironment, format: format, quiet: quiet)
    }
}

extension Language {
    /// The language of `LC_ALL`, `LC_MESSAGES` or `LANG`; Chinese where none says.
    static var ofEnvironment: Language {
        let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { (name: String) in
            getenv(name).map { String(cString: $0) }
        }
        return Language(locale: variables.first { !$0.isEmpty } ?? "")
    }
}

extension Day: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }

    /// The day it is here, by the clock and zone of the machine. Only commands ask; results never depend on it unsaid.
    static var today: Day {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        return Day(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))!
    }
}
