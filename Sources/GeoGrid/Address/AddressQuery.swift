/// 查询: what an address says, in the gazetteer's terms.
struct AddressQuery {
    struct Place {
        var position: Int32
        var similarity: Double
        /// The name it was found by.
        var name: Int32
        /// Where it stands in the address.
        var range: Range<Int>
    }

    let reading: AddressReading
    private(set) var streets: [Place] = []
    private(set) var compounds: [Place] = []
    private(set) var communities: [Place] = []
    private var group = DoorNumber.none
    private var streetNumber = DoorNumber.none
    private var building = DoorNumber.none
    private var phase = DoorNumber.none
    /// Runs that no name comes near to.
    private(set) var strangers: [Range<Int>] = []
    /// A county or town that the address names and that is not ours.
    private(set) var foreignDivision = ""
    /// Where the names begin that the address mentions.
    private var mentions: [Int] = []

    /// - Parameter allNear: also look near the names the gazetteer holds, in case one is another misspelt.
    init(_ reading: AddressReading, in gazetteer: Gazetteer, allNear: Bool) {
        self.reading = reading
        group = reading.number(reading.group)
        streetNumber = reading.number(reading.streetNumber)
        building = reading.number(reading.building)
        phase = reading.number(reading.phase)
        let index = gazetteer.names
        let names = index.names
        for (name, range) in reading.known { add(NameIndex.Hit(name: name, similarity: 1), at: range, gazetteer) }
        for range in reading.unknown { addNear(range, gazetteer) }
        if allNear {
            for (name, range) in reading.known where names[Int(name)].kind != .community {
                for hit in index.near(reading.text.key[range]) where hit.name != name {
                    add(hit, at: range, gazetteer)
                }
            }
        }
        // 平春些区 has the shape of a county, and is a community misspelt.
        var foreign: [Range<Int>] = []
        for (kind, range) in reading.unknownDivisions where names.contains(where: { $0.kind == kind }) {
            let hits = index.near(reading.text.key[range])
            if hits.contains(where: { names[Int($0.name)].kind == kind && $0.similarity >= 0.8 }) { continue }
            let communities = hits.filter { names[Int($0.name)].kind == .community }
            for hit in communities { add(hit, at: range, gazetteer) }
            if communities.isEmpty { foreign.append(range) }
        }
        foreignDivision = foreign.first.map { reading.text.written($0) } ?? ""
        for place in streets + compounds + communities where !mentions.contains(place.range.lowerBound) {
            mentions.append(place.range.lowerBound)
        }
    }

    private mutating func addNear(_ range: Range<Int>, _ gazetteer: Gazetteer) {
        let key = reading.text.key
        let hits = gazetteer.names.near(key[range])
        if !hits.isEmpty {
            for hit in hits.prefix(8) { add(hit, at: range, gazetteer) }
            return
        }
        // Two names in one run, such as a community without its last word before a street.
        for cut in range.dropFirst(2).dropLast(1) {
            let front = gazetteer.names.near(key[range.lowerBound..<cut]).filter { $0.similarity >= 0.85 }
            guard !front.isEmpty else { continue }
            let back = gazetteer.names.near(key[cut..<range.upperBound])
            guard !back.isEmpty else { continue }
            for hit in front { add(hit, at: range.lowerBound..<cut, gazetteer) }
            for hit in back.prefix(8) { add(hit, at: cut..<range.upperBound, gazetteer) }
            return
        }
        strangers.append(range)
    }

    private mutating func add(_ hit: NameIndex.Hit, at range: Range<Int>, _ gazetteer: Gazetteer) {
        let name = gazetteer.names.names[Int(hit.name)]
        for target in name.targets {
            let place = Place(position: target, similarity: hit.similarity, name: hit.name, range: range)
            switch name.kind {
            case .street: streets.append(place)
            case .compound: compounds.append(place)
            case .community: communities.append(place)
            case .group: group = .named(target)
            case .province, .city, .county, .town: break
            }
        }
    }

    // MARK: Candidates

    /// Buildings that some part of the address leads to, best first; ties in the order of the gazetteer.
    func candidates(in gazetteer: Gazetteer) -> [AddressMatch.Candidate] {
        var found: [Int32] = []
        func look(_ kind: Gazetteer.Key.Kind, _ place: Int32, _ first: DoorNumber = .none, _ second: DoorNumber = .none)
        {
            found += gazetteer.buildings(.init(kind: kind, place: place, first: first, second: second))
        }
        for place in compounds {
            if !building.isNone {
                look(.compoundBuilding, place.position, building)
                look(.compoundStreetNumber, place.position, building)
            } else if !streetNumber.isNone {
                look(.compoundBuilding, place.position, streetNumber)
                look(.compoundStreetNumber, place.position, streetNumber)
            } else {
                look(.compound, place.position)
            }
        }
        for place in streets {
            if !streetNumber.isNone { look(.streetNumber, place.position, streetNumber) }
            if !building.isNone { look(.streetNumber, place.position, building) }
        }
        let number = streetNumber.isNone ? building : streetNumber
        if !number.isNone {
            for place in communities {
                if !group.isNone { look(.group, place.position, group, number) }
                if streets.isEmpty, compounds.isEmpty, group.isNone { look(.community, place.position, number) }
            }
        }
        guard !found.isEmpty else { return [] }
        found.sort()
        var scored: [AddressMatch.Candidate] = []
        var last: Int32 = -1
        for entry in found where entry != last {
            last = entry
            let confidence = confidence(in: gazetteer.records[Int(entry)], gazetteer)
            if confidence > 0.2 { scored.append(.init(entry: Int(entry), confidence: confidence)) }
        }
        scored.sort { ($0.confidence, $1.entry) > ($1.confidence, $0.entry) }
        return scored
    }

    /// How well a building agrees with every part the address states.
    private func confidence(in record: Gazetteer.Record, _ gazetteer: Gazetteer) -> Double {
        var c = 1.0
        let similarityOfCompound = best(compounds, record.compound)
        var agreedCommunity: Double?
        for mention in mentions { c *= agreement(of: mention, with: record, community: &agreedCommunity) }

        if building.isNone {
            if !record.building.isNone {
                let isTheNumber = !streetNumber.isNone && streetNumber == record.building && record.streetNumber.isNone
                c *= isTheNumber ? 0.97 : 0.9
            }
        } else if record.building.isNone {
            c *= streetNumber.isNone && building == record.streetNumber ? 0.9 : 0.75
        } else if building != record.building {
            c *= 0.3
        }
        if streetNumber.isNone {
            if !record.streetNumber.isNone, similarityOfCompound == nil, building != record.streetNumber { c *= 0.6 }
        } else if record.streetNumber.isNone {
            let isTheNumber = building.isNone && streetNumber == record.building
            if !isTheNumber { c *= similarityOfCompound != nil && building == record.building ? 0.98 : 0.4 }
        } else if streetNumber != record.streetNumber {
            c *= 0.3
        }
        if !group.isNone { c *= group == record.group ? 1 : record.group.isNone ? 0.95 : 0.4 }
        if !phase.isNone { c *= phase == record.phase ? 1 : record.phase.isNone ? 0.97 : 0.4 }

        // A community that agrees makes a misspelt street or compound surer.
        if let agreedCommunity, c < 1, mentions.count > 1 { c = min(c * (1 + 0.12 * agreedCommunity), 0.99) }
        if !foreignDivision.isEmpty { c *= 0.5 }
        let strange = strangers.reduce(0) { $0 + $1.count }
        return c * max(0.75, 1 - 0.04 * Double(strange))
    }

    /// Whether an answer rests on a name taken for another, or stands beside a community the town does not have, and
    /// nothing else in the address vouches for it: such an address may well be another town's.
    func isGuess(_ entry: Int, in gazetteer: Gazetteer) -> Bool {
        let record = gazetteer.records[entry]
        let names = gazetteer.names.names
        let namesTown = reading.known.contains { [.county, .town].contains(names[Int($0.name)].kind) }
        let community = communities.filter { record.communities.contains($0.position) }.map(\.similarity).max()
        let place = [best(streets, record.street), best(compounds, record.compound)].compactMap { $0 }.max()
        if namesTown || (place != nil && (community ?? 0) >= Self.familiar) { return false }
        let isStrangeCommunity = communities.isEmpty && !reading.parts.community.isEmpty
        return isStrangeCommunity || (place ?? community ?? 1) < Self.familiar
    }

    /// Similarity of a name that only lacks its last word, or better.
    private static let familiar = 0.9

    /// How well one name of the address agrees with a building: a run may be a street, a compound or a community, and
    /// counts as what fits best.
    private func agreement(
        of mention: Int, with record: Gazetteer.Record, community agreed: inout Double?
    ) -> Double {
        var best = 0.0
        var worst = 1.0
        func weigh(_ places: [Place], fits: (Int32) -> Bool, otherwise: Double) {
            let nearest = places.reduce(0) { $1.range.lowerBound == mention ? max($0, $1.similarity) : $0 }
            for place in places where place.range.lowerBound == mention {
                if fits(place.position) {
                    // A name much nearer to what is written, where no such number stands, speaks against this one.
                    best = max(best, place.similarity * max(0.6, 1 - 2 * (nearest - place.similarity)))
                }
                worst = min(worst, otherwise)
            }
        }
        weigh(streets, fits: { $0 == record.street }, otherwise: record.street < 0 ? 0.95 : 0.5)
        weigh(compounds, fits: { $0 == record.compound }, otherwise: record.compound < 0 ? 0.8 : 0.45)
        let namesPlace = best
        weigh(communities, fits: { record.communities.contains($0) }, otherwise: record.communities.isEmpty ? 1 : 0.6)
        if best > namesPlace {
            agreed = max(agreed ?? 0, best)
            return max(best, 0.95)
        }
        return best > 0 ? best : worst
    }

    private func best(_ places: [Place], _ position: Int32) -> Double? {
        var best: Double?
        for place in places where place.position == position { best = max(best ?? 0, place.similarity) }
        return best
    }

    // MARK: Remarks

    func remarks(on entry: Int, in gazetteer: Gazetteer) -> [AddressMatch.Reason] {
        var reasons: [AddressMatch.Reason] = []
        let record = gazetteer.records[entry]
        let current = record.communities.first.map { gazetteer.communities[Int($0)].name } ?? ""
        for (places, position, now) in [
            (streets, record.street, gazetteer.entries[entry].street),
            (compounds, record.compound, gazetteer.entries[entry].compound),
        ] {
            guard let place = places.filter({ $0.position == position }).max(by: { $0.similarity < $1.similarity })
            else { continue }
            if place.similarity < 1 {
                reasons.append(.nameCorrected(written: reading.text.written(place.range), to: now))
            } else if gazetteer.formerNames.contains(place.name) {
                reasons.append(.formerName(written: spelling(of: place.name, gazetteer), now: now))
            }
        }
        // A word that was taken for the street or the compound says nothing of the community.
        let used = Set(
            (streets.filter { $0.position == record.street } + compounds.filter { $0.position == record.compound })
                .map(\.range.lowerBound))
        let communities = communities.filter { !used.contains($0.range.lowerBound) }
        if let first = communities.first, !current.isEmpty {
            if let agreed = communities.first(where: { record.communities.contains($0.position) }) {
                if agreed.similarity < 1 {
                    let name = gazetteer.communities[Int(agreed.position)].name
                    reasons.append(.nameCorrected(written: reading.text.written(agreed.range), to: name))
                } else if gazetteer.formerNames.contains(agreed.name) {
                    reasons.append(.formerName(written: reading.parts.community, now: current))
                }
            } else {
                let written = reading.parts.community
                reasons.append(
                    .communityDisagrees(
                        written: written.isEmpty ? reading.text.written(first.range) : written, found: current))
            }
        }
        if !foreignDivision.isEmpty { reasons.append(.otherDivision(foreignDivision)) }
        reasons += strangers.map { .notUnderstood(reading.text.written($0)) }
        return reasons
    }

    func remarksWithoutAnswer(in gazetteer: Gazetteer) -> [AddressMatch.Reason] {
        var reasons: [AddressMatch.Reason] = []
        guard foreignDivision.isEmpty else { return [.otherDivision(foreignDivision)] }
        reasons += strangers.map { .nameUnknown(reading.text.written($0)) }
        let named =
            compounds.first.map { gazetteer.compounds[Int($0.position)] }
            ?? streets.first.map { gazetteer.streets[Int($0.position)] }
            ?? communities.first.map { gazetteer.communities[Int($0.position)].name }
        if let named {
            let parts = reading.parts
            let number =
                !parts.building.isEmpty
                ? parts.building + "栋" : parts.streetNumber.isEmpty ? "" : parts.streetNumber + "号"
            reasons.append(number.isEmpty ? .numberMissing(place: named) : .numberUnknown(place: named, number: number))
        } else if strangers.isEmpty {
            reasons.append(.notUnderstood(AddressText.string(reading.text.written)))
        }
        return reasons
    }

    private func spelling(of name: Int32, _ gazetteer: Gazetteer) -> String {
        AddressText.string(gazetteer.names.names[Int(name)].key)
    }
}
