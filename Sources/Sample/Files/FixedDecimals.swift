/// 定点数: whole numbers written as decimals, so that no rounding of floating point reaches a file.
enum FixedDecimals {
    /// `1170831000` as `117.0831`: seven decimals, without trailing zeros.
    static func sevenths(_ n: Int) -> String {
        let digits = padded(abs(n), 8)
        var whole = digits.dropLast(7)
        if whole.isEmpty { whole = "0" }
        var part = digits.suffix(7)
        while part.last == "0" { part.removeLast() }
        return (n < 0 ? "-" : "") + whole + (part.isEmpty ? "" : "." + part)
    }
}
