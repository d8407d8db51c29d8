import GeoGrid

/// 用法错误: the argument parser speaks English only; its common messages get their Chinese beside them.
enum UsageMessages {
    /// The message of the parser in both languages; what is not known stays as it is in both.
    static func translated(_ message: String) -> Text {
        let zh: String? =
            if let match = message.wholeMatch(of: /Missing expected argument '(.+)'/) {
                "缺少参数 \(match.1)"
            } else if let match = message.wholeMatch(of: /Missing value for '(.+)'/) {
                "选项 \(match.1) 缺少取值"
            } else if let match = message.prefixMatch(of: /Unknown option '([^']+)'/) {
                "没有选项 \(match.1)"
            } else if let match = message.wholeMatch(of: /(?:\d+ u|U)nexpected arguments?:? (.+)/) {
                "多余的参数 \(match.1)"
            } else if let match = message.prefixMatch(of: /The value '(.*)' is invalid for '([^']*)'/) {
                "取值 \(match.1) 不能用于 \(match.2)"
            } else {
                nil
            }
        return Text(zh: zh.map { "\($0)（\(message)）" } ?? message, en: message)
    }
}
