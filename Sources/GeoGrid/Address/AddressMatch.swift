/// 匹配结果: the building an address means, how sure that is, and why it is not surer.
public struct AddressMatch: Hashable, Sendable {
    public enum Outcome: String, Codable, Sendable {
        /// 已匹配: one building, sure enough to use.
        case matched
        /// 疑似: one building, to be looked at.
        case probable
        /// 多个候选: several buildings equally likely.
        case ambiguous
        /// 未匹配.
        case unmatched
    }

    public struct Candidate: Hashable, Sendable {
        /// Position in the gazetteer's entries.
        public var entry: Int
        /// From 0 to 1; 1 is every part exactly as the town writes it.
        public var confidence: Double
    }

    /// 原因: something about the address a person should know.
    public enum Reason: Hashable, Sendable {
        case formerName(written: String, now: String)
        case nameCorrected(written: String, to: String)
        case nameUnknown(String)
        case communityDisagrees(written: String, found: String)
        case otherDivision(String)
        case numberUnknown(place: String, number: String)
        case numberMissing(place: String)
        case severalBuildings
        case notUnderstood(String)
        case empty
    }

    public var outcome: Outcome
    public var parts: AddressParts
    /// Up to five, best first.
    public var candidates: [Candidate]
    public var reasons: [Reason]

    /// Confidence of the best less that of the second candidate.
    public var margin: Double {
        guard let first = candidates.first else { return 0 }
        return first.confidence - (candidates.count > 1 ? candidates[1].confidence : 0)
    }

    /// The building, where one was settled on.
    public var entry: Int? {
        outcome == .matched || outcome == .probable ? candidates.first?.entry : nil
    }
}

extension AddressMatch.Reason {
    public var text: Text {
        switch self {
        case .formerName(let written, let now):
            Text(zh: "“\(written)”是曾用名，现为“\(now)”", en: "“\(written)” is a former name, now “\(now)”")
        case .nameCorrected(let written, let to):
            Text(zh: "“\(written)”按“\(to)”理解", en: "“\(written)” taken for “\(to)”")
        case .nameUnknown(let name): Text(zh: "本镇没有“\(name)”", en: "the town has no “\(name)”")
        case .communityDisagrees(let written, let found):
            Text(
                zh: "地址写“\(written)”，该楼在“\(found)”", en: "the address says “\(written)”, the building is in “\(found)”")
        case .otherDivision(let name): Text(zh: "“\(name)”不是本镇", en: "“\(name)” is not this town")
        case .numberUnknown(let place, let number):
            Text(zh: "“\(place)”没有“\(number)”", en: "“\(place)” has no “\(number)”")
        case .numberMissing(let place):
            Text(zh: "只写到“\(place)”，缺门牌或楼栋号", en: "no house or building number after “\(place)”")
        case .severalBuildings: Text(zh: "有多个可能的楼栋", en: "several buildings are possible")
        case .notUnderstood(let rest): Text(zh: "看不懂“\(rest)”", en: "“\(rest)” is not understood")
        case .empty: Text(zh: "没有地址", en: "no address")
        }
    }
}
