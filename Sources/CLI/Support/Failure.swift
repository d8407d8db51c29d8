import ArgumentParser
import Foundation
import GeoGrid

/// 出错退出: what an error says at the end of the process, and the code it leaves.
struct Failure {
    let status: Int32
    /// Goes to standard output: help, version, completion scripts.
    let answer: String
    /// Goes to standard error.
    let complaint: String

    /// `arguments` are looked through for `--lang` and `--format`, since a failed parse yields no options.
    init(_ error: any Error, arguments: [String]) {
        func value(of option: String) -> String? {
            for (i, argument) in arguments.enumerated() {
                if argument == option, i + 1 < arguments.count { return arguments[i + 1] }
                if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
            }
            return nil
        }
        let language = value(of: "--lang").flatMap(Language.init(rawValue:)) ?? Language.ofEnvironment
        let json = value(of: "--format") == OutputFormat.json.rawValue

        switch error {
        case let error as GeoGridError:
            status = ExitStatus(for: error).rawValue
            answer = ""
            complaint = Failure.complaint(error, in: language, json: json)
        case let error as CocoaError:
            let path = error.filePath ?? ""
            let known = GeoGridError(
                .cannotWrite,
                Text(
                    zh: "文件读写失败：\(path)（\(error.code.rawValue)）",
                    en: "reading or writing failed: \(path) (\(error.code.rawValue))"),
                remedy: Text(zh: "检查路径、权限和磁盘空间", en: "Check path, permission and disk space"))
            status = ExitStatus.badInput.rawValue
            answer = ""
            complaint = Failure.complaint(known, in: language, json: json)
        case is CancellationError:
            status = ExitStatus.interrupted.rawValue
            answer = ""
            complaint =
                Text(zh: "已中断；文件未改动。", en: "Interrupted; the files are unchanged.")[language] + "\n"
        case let code as ExitCode:
            status = code.rawValue
            answer = ""
            complaint = ""
        default:
            if GeoGridCommand.exitCode(for: error) == .success {
                status = ExitStatus.success.rawValue
                answer = GeoGridCommand.fullMessage(for: error) + "\n"
                complaint = ""
            } else {
                status = ExitStatus.usage.rawValue
                answer = ""
                complaint = Failure.usage(error, in: language)
            }
        }
    }

    func report() -> Never {
        if !answer.isEmpty { Console.put(answer) }
        if !complaint.isEmpty { Console.putError(complaint) }
        exit(status)
    }

    private static func complaint(_ error: GeoGridError, in language: Language, json: Bool) -> String {
        if json {
            let value: JSONValue = [
                "error": [
                    "code": .string(error.code.description), "message": .text(error.message),
                    "remedy": .text(error.remedy),
                ]
            ]
            return value.serialized(indented: true) + "\n"
        }
        let head = Text(zh: "错误 \(error.code)：", en: "error \(error.code): ")[language]
        let remedy = error.remedy[language]
        return head + error.message[language] + "\n" + (remedy.isEmpty ? "" : "  → \(remedy)\n")
    }

    /// The parser's first line translated, its usage lines as they are.
    private static func usage(_ error: any Error, in language: Language) -> String {
        let message = GeoGridCommand.message(for: error)
        let full = GeoGridCommand.fullMessage(for: error)
        let usage = full.range(of: "Usage: ").map { String(full[$0.lowerBound...]) } ?? ""
        let head = Text(zh: "用法错误：", en: "usage error: ")[language]
        return head + UsageMessages.translated(message)[language] + "\n" + usage + (usage.isEmpty ? "" : "\n")
    }
}
