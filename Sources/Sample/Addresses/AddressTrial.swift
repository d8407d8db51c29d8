public import GeoGrid

/// 地址试验: how a matcher does on variants whose buildings are known.
public struct AddressTrial: Sendable {
    public struct Score: Hashable, Sendable {
        public var count = 0
        /// The first answer, sure or probable, is the building meant.
        public var right = 0
        /// Called `matched`, and another building.
        public var wrongButSure = 0
    }

    public private(set) var wellFormed = Score()
    public private(set) var noisy = Score()
    /// In the order of `AddressVariants.Way.allCases`.
    public private(set) var byWay: [(way: AddressVariants.Way, score: Score)]
    /// What was not found, for people to look at.
    public private(set) var missed: [(variant: AddressVariants.Variant, match: AddressMatch)] = []

    /// Matches every variant. A building counts as right when its identifier is the one meant.
    public init(_ variants: [AddressVariants.Variant], with matcher: AddressMatcher) {
        byWay = AddressVariants.Way.allCases.map { ($0, Score()) }
        for variant in variants {
            let match = matcher.match(variant.text)
            let isRight = match.entry.map { matcher.gazetteer.entries[$0].id == variant.buildingID } ?? false
            let isWrongButSure = match.outcome == .matched && !isRight
            func count(in score: inout Score) {
                score.count += 1
                score.right += isRight ? 1 : 0
                score.wrongButSure += isWrongButSure ? 1 : 0
            }
            if variant.way.isNoisy { count(in: &noisy) } else { count(in: &wellFormed) }
            if let i = byWay.firstIndex(where: { $0.way == variant.way }) { count(in: &byWay[i].score) }
            if !isRight { missed.append((variant, match)) }
        }
    }

    /// 99 of 100 well-formed and 95 of 100 noisy variants right, 2 of 1,000 wrong and sure at most.
    public var isGoodEnough: Bool {
        wellFormed.right * 100 >= wellFormed.count * 99 && noisy.right * 100 >= noisy.count * 95
            && (wellFormed.wrongButSure + noisy.wrongButSure) * 1000 <= (wellFormed.count + noisy.count) * 2
    }
}
