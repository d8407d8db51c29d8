/// 走访日历: which household is visited on which working day of a month, from how often each wants visits.
///
/// Households with several visits get them evenly spaced; the rest follow the round, day after day, so that a day's
/// doors lie together. A household visited less than once a month is due in some months only, spread over the year.
public struct VisitCalendar: Sendable {
    public struct Visit: Hashable, Sendable {
        /// Working day of the month, from 0.
        public var day: Int
        /// Position in the round given.
        public var stop: Int
    }

    /// In the order of the days, then of the round.
    public let visits: [Visit]
    /// Minutes of visits on each day.
    public let minutes: [Double]
    /// Stops whose visits found no room, each as often as it was left out.
    public let leftOut: [Int]

    /// - Parameters:
    ///   - frequency: visits a month of each stop, in the order of the round.
    ///   - duration: minutes of a visit of each stop.
    ///   - phases: of each stop, 0…1: where in its year a stop visited seldom begins; see `phase(of:)`.
    ///   - month: number of the month, such as 12 · year + month; it decides whom the seldom visits fall to.
    ///   - days: working days of the month.
    ///   - dayMinutes: what a day holds.
    public init(
        frequency: [Double], duration: [Double], phases: [Double], month: Int, days: Int, dayMinutes: Double
    ) {
        let counts = frequency.indices.map { Self.visits(frequency[$0], phase: phases[$0], month: month, days: days) }
        var load = [Double](repeating: 0, count: max(1, days))
        var visits: [Visit] = []
        var leftOut: [Int] = []
        // Several visits: even gaps, the offset that leaves the fullest of its days least full.
        for stop in counts.indices.filter({ counts[$0] > 1 }).sorted(by: { (counts[$1], $0) < (counts[$0], $1) }) {
            let n = counts[stop]
            func dates(_ offset: Int) -> [Int] { (0..<n).map { (offset + $0 * days / n) % days } }
            let offsets = 0..<max(1, days / n)
            let best = offsets.min { a, b in
                (dates(a).map { load[$0] }.max()!, a) < (dates(b).map { load[$0] }.max()!, b)
            }!
            for day in dates(best) {
                if load[day] + duration[stop] <= dayMinutes {
                    load[day] += duration[stop]
                    visits.append(Visit(day: day, stop: stop))
                } else {
                    leftOut.append(stop)
                }
            }
        }
        // One visit: along the round, each day up to an even share.
        let single = counts.indices.filter { counts[$0] == 1 }
        var rest = single.reduce(0) { $0 + duration[$1] }
        var day = 0
        var target = Self.level(load, rest, from: 0, cap: dayMinutes)
        for stop in single {
            while day < days - 1, load[day] + duration[stop] / 2 > target {
                day += 1
                target = Self.level(load, rest, from: day, cap: dayMinutes)
            }
            rest -= duration[stop]
            if load[day] + duration[stop] <= dayMinutes {
                load[day] += duration[stop]
                visits.append(Visit(day: day, stop: stop))
            } else if let free = (0..<days).first(where: { load[$0] + duration[stop] <= dayMinutes }) {
                load[free] += duration[stop]
                visits.append(Visit(day: free, stop: stop))
            } else {
                leftOut.append(stop)
            }
        }
        self.visits = visits.sorted { ($0.day, $0.stop) < ($1.day, $1.stop) }
        minutes = load
        self.leftOut = leftOut
    }

    /// Whole visits this month; a seldom visit falls due when its count steps up.
    public static func visits(_ frequency: Double, phase: Double, month: Int, days: Int) -> Int {
        guard frequency > 0, days > 0 else { return 0 }
        if frequency >= 1 { return min(days, Int(frequency.rounded())) }
        let now = (Double(month) * frequency + phase).rounded(.down)
        let before = (Double(month - 1) * frequency + phase).rounded(.down)
        return now > before ? 1 : 0
    }

    /// A phase that only the identifier decides, so that a seldom visit keeps its months when lists and rounds change.
    ///
    /// FNV-1a of the bytes, mixed as SplitMix64 does.
    public static func phase(of id: String) -> Double {
        var z = id.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }

    /// The height to which `rest` more minutes fill the days from one on.
    private static func level(_ load: [Double], _ rest: Double, from day: Int, cap: Double) -> Double {
        let days = load[day...].sorted()
        var water = rest
        for (i, floor) in days.enumerated() {
            let next = i + 1 < days.count ? days[i + 1] : .infinity
            let room = (next - floor) * Double(i + 1)
            if water <= room { return min(cap, floor + water / Double(i + 1)) }
            water -= room
        }
        return cap
    }
}
