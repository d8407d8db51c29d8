/// Chance, drawn from tables of 4,096 evenly spread numbers u.
///
/// The logarithm is our own series, so that the tables are the same on every machine and in every build.
enum Chance {
    /// −ln u: a move passes by the rule of Metropolis when its price is below T times a random entry.
    static let thresholds: [Double] = spread.map { -logarithm($0) }
    /// −ln(−ln u): the state with the largest of entry − energy / T is a draw from the heat bath.
    static let gumbel: [Double] = spread.map { -logarithm(-logarithm($0)) }

    private static let spread: [Double] = (0..<4096).map { (Double($0) + 0.5) / 4096 }

    /// Natural logarithm of a positive number by the series of artanh.
    private static func logarithm(_ x: Double) -> Double {
        var mantissa = x
        var exponent = 0.0
        while mantissa < 0.75 {
            mantissa *= 2
            exponent -= 1
        }
        while mantissa >= 1.5 {
            mantissa /= 2
            exponent += 1
        }
        let z = (mantissa - 1) / (mantissa + 1)
        var power = z
        var sum = 0.0
        for k in stride(from: 1.0, through: 41, by: 2) {
            sum += power / k
            power *= z * z
        }
        return 2 * sum + exponent * 0.693_147_180_559_945_3
    }
}
