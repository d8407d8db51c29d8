/// 中文数字: numbers as addresses write them, 十二, 一〇三, 廿一, 贰佰零五, read as decimal digits.
enum ChineseNumerals {
    private enum Sign {
        case digit(Int)
        /// 十, 百, 千.
        case factor(Int)
        /// 廿, 卅, 卌: tens that need no factor.
        case tens(Int)
    }

    static func isNumeral(_ scalar: UInt32) -> Bool { sign(scalar) != nil }

    /// The digits a run of numerals stands for; nil where it is no number (百货 begins with one that is none).
    ///
    /// A run without factors is read digit by digit (一〇三 → 103); with factors by place, and a last digit straight
    /// after 百 or 千 counts tens or hundreds, as people say it (一百二 → 120).
    static func digits(of run: ArraySlice<UInt32>) -> String? {
        var plain = ""
        var placed = false
        for scalar in run {
            switch sign(scalar) {
            case .digit(let d): plain += String(d)
            case .factor, .tens: placed = true
            case nil: return nil
            }
        }
        if !placed { return plain }

        var value = 0
        var lastFactor = 10_000
        var pending: Int?
        var afterZero = false
        for scalar in run {
            switch sign(scalar) {
            case .digit(0):
                guard pending == nil else { return nil }
                afterZero = true
            case .digit(let d):
                guard pending == nil else { return nil }
                pending = d
            case .factor(let f):
                guard f < lastFactor, pending != nil || (f == 10 && value == 0) || (f == 10 && afterZero) else {
                    return nil
                }
                value += (pending ?? 1) * f
                pending = nil
                lastFactor = f
                afterZero = false
            case .tens(let t):
                guard lastFactor > 10, pending == nil else { return nil }
                value += t
                lastFactor = 10
            case nil: return nil
            }
        }
        if let last = pending {
            value += last * (afterZero || lastFactor <= 10 || lastFactor == 10_000 ? 1 : lastFactor / 10)
        }
        return String(value)
    }

    private static func sign(_ scalar: UInt32) -> Sign? {
        switch Unicode.Scalar(scalar) {
        case "〇", "零", "○": .digit(0)
        case "一", "壹": .digit(1)
        case "二", "贰", "貳", "两", "兩": .digit(2)
        case "三", "叁", "參": .digit(3)
        case "四", "肆": .digit(4)
        case "五", "伍": .digit(5)
        case "六", "陆", "陸": .digit(6)
        case "七", "柒": .digit(7)
        case "八", "捌": .digit(8)
        case "九", "玖": .digit(9)
        case "十", "拾": .factor(10)
        case "百", "佰": .factor(100)
        case "千", "仟": .factor(1000)
        case "廿": .tens(20)
        case "卅": .tens(30)
        case "卌": .tens(40)
        default: nil
        }
    }
}
