/// 地址匹配: finds the building an address means in a gazetteer.
///
/// Exact names and numbers first; a name that is unknown is taken for the nearest ones, each at a lower confidence.
/// Every part that the address and a building both state counts: agreement keeps the confidence, contradiction lowers
/// it. An answer is given only with a margin over the next building. Pure and safe to use from many tasks.
public struct AddressMatcher: Sendable {
    public let gazetteer: Gazetteer
    private let parser: AddressParser

    /// Confidence from which an answer is `matched`, and from which `probable`.
    static let sure = 0.8
    static let likely = 0.55
    /// The most that an answer has which nothing in the address vouches for.
    static let guess = 0.79
    /// How far the second candidate must lie behind.
    static let margin = 0.06

    public init(_ gazetteer: Gazetteer) {
        self.gazetteer = gazetteer
        parser = AddressParser(names: gazetteer.names)
    }

    /// Parts of an address in the light of the gazetteer's names.
    public func parse(_ address: String) -> AddressParts { parser.parse(address) }

    /// The building an address means. About 10 µs; fuzzy ones grow with the number of names.
    public func match(_ address: String) -> AddressMatch {
        let reading = parser.reading(address)
        guard !reading.text.key.isEmpty else {
            return AddressMatch(outcome: .unmatched, parts: reading.parts, candidates: [], reasons: [.empty])
        }
        var query = AddressQuery(reading, in: gazetteer, allNear: false)
        var scored = query.candidates(in: gazetteer)
        // Where the exact names contradict each other or lead nowhere, one of them may be another's misspelling.
        if scored.first.map({ $0.confidence < Self.sure }) ?? true {
            let wider = AddressQuery(reading, in: gazetteer, allNear: true)
            let more = wider.candidates(in: gazetteer)
            if (more.first?.confidence ?? 0) > (scored.first?.confidence ?? 0) + 0.05 {
                query = wider
                scored = more
            }
        }
        return answer(query, scored)
    }

    private func answer(_ query: AddressQuery, _ scored: [AddressMatch.Candidate]) -> AddressMatch {
        var match = AddressMatch(
            outcome: .unmatched, parts: query.reading.parts, candidates: Array(scored.prefix(5)), reasons: [])
        if let best = scored.first, best.confidence >= Self.likely {
            if match.margin < Self.margin {
                match.outcome = .ambiguous
                match.reasons.append(.severalBuildings)
            } else {
                if query.isGuess(best.entry, in: gazetteer) {
                    match.candidates[0].confidence = min(best.confidence, Self.guess)
                }
                match.outcome = match.candidates[0].confidence >= Self.sure ? .matched : .probable
            }
            match.reasons += query.remarks(on: best.entry, in: gazetteer)
        } else {
            match.reasons += query.remarksWithoutAnswer(in: gazetteer)
        }
        return match
    }
}
