import GeoGrid
import Sample
import Testing

/// The matcher on thousands of variants of a made-up town whose names are drawn from the words real towns use.
@Suite struct AddressTrialTests {
    private static let town = SyntheticAddresses(seed: 7)

    @Test func rightOnWellFormedAndNoisyAndHardlyEverWrong() {
        var random = SeededGenerator(seed: 11)
        let variants = AddressVariants(county: "云溪县", town: "青石镇").make(2400, from: Self.town.sources, using: &random)
        let trial = AddressTrial(variants, with: AddressMatcher(Self.town.gazetteer))
        #expect(trial.wellFormed.count + trial.noisy.count == 2400)
        #expect(trial.isGoodEnough)
    }

    @Test func sampleTown() {
        let options = SampleOptions(communities: 4, grids: 24, microgrids: 96, households: 2500)
        let (sources, gazetteer) = AddressVariants.Source.merged(SampleTown.make(options).town)
        #expect(sources.count > 300)
        var random = SeededGenerator(seed: 2)
        let town = AddressVariants(county: "清岚县", town: "云溪镇")
        let trial = AddressTrial(town.make(2000, from: sources, using: &random), with: AddressMatcher(gazetteer))
        #expect(trial.isGoodEnough)
    }

    /// Addresses of another town drawn from the same words: streets and compounds this town does not have.
    private static let foreign: [AddressVariants.Source] = {
        let known = Set(town.sources.flatMap { [$0.street, $0.compound] })
        return SyntheticAddresses(seed: 8).sources[..<600].filter {
            !known.contains($0.compound.isEmpty ? $0.street : $0.compound)
        }
    }()

    private func answers(_ text: (AddressVariants.Source) -> String) -> (sure: Int, any: Int) {
        let matcher = AddressMatcher(Self.town.gazetteer)
        let matches = Self.foreign.map { matcher.match(text($0)) }
        return (matches.count { $0.outcome == .matched }, matches.count { $0.entry != nil })
    }

    @Test func addressesOfOtherTownsAreNotFoundForSure() {
        #expect(Self.foreign.count > 300)
        let bare = answers { $0.street + $0.compound + $0.number }
        #expect(bare.sure * 1000 <= 2 * Self.foreign.count, "\(bare.sure) of \(Self.foreign.count)")
        let placed = answers { $0.community + $0.street + $0.compound + $0.number }
        #expect(placed.sure * 1000 <= 2 * Self.foreign.count, "\(placed.sure) of \(Self.foreign.count)")
    }

    @Test(arguments: ["白云县红星镇", "云溪县青山镇", "清溪县青石镇", "红星镇"])
    func anotherCountyOrTownIsRefused(division: String) {
        let own = AddressMatcher(Self.town.gazetteer)
        for source in Self.town.sources[..<400] {
            let match = own.match(division + source.community + source.street + source.compound + source.number)
            #expect(match.outcome != .matched && match.outcome != .probable, "\(match)")
        }
        #expect(answers { division + $0.community + $0.street + $0.compound + $0.number }.any == 0)
        for source in Self.town.sources[..<400] where !(source.street + source.compound).isEmpty {
            for place in ["(\(division)\(source.community))", " \(division)", "（\(division)铁西社区）"] {
                let match = own.match(source.street + source.compound + source.number + place)
                #expect(match.entry == nil, "\(match)")
                #expect(match.reasons.contains { if case .otherDivision = $0 { true } else { false } })
            }
        }
    }
}

/// Streets, compounds and villages with buildings, in communities of which some were merged.
struct SyntheticAddresses {
    let gazetteer: Gazetteer
    let sources: [AddressVariants.Source]

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let signs = Array("建设解放人民幸福文昌和平胜利清河望江锦绣金桂银杏翠竹春晖朝阳红旗光明安康永乐长青滨湖学府凤凰龙泉百花迎宾团结民主工农友谊石桥柳荫枫林梅岭")
        let pairs = (0..<140).map { _ in String([signs[random.below(signs.count)], signs[random.below(signs.count)]]) }
        var used: Set<String> = []
        func name(_ words: [String], _ random: inout SeededGenerator) -> String {
            while true {
                let stem = pairs[random.below(pairs.count)]
                let more = random.below(3) == 0 ? ["东", "西", "南", "北", "一", "二"][random.below(6)] : ""
                let name = stem + more + words[random.below(words.count)]
                if used.insert(name).inserted { return name }
            }
        }
        let communities = (0..<10).map { (code: "C\($0)", name: name(["社区"], &random)) }
        let former = (0..<19).map { (code: "F\($0)", name: name(["社区", "村"], &random), now: $0 % 10) }
        var entries: [Gazetteer.Entry] = []
        var sources: [AddressVariants.Source] = []
        func add(
            _ street: String, _ compound: String, _ number: String, _ group: String, former old: Int,
            _ random: inout SeededGenerator
        ) {
            let now = communities[former[old].now]
            let id = "B\(entries.count)"
            entries.append(
                .init(
                    id: id, compound: compound, street: street, number: number, group: group, communityCode: now.code,
                    formerCommunityCodes: [former[old].code], location: PlanarPoint(x: 0, y: 0)))
            let floor = 1 + random.below(9)
            sources.append(
                .init(
                    buildingID: id, community: now.name, formerCommunity: former[old].name, group: group,
                    street: street, compound: compound, number: number,
                    unit: compound.isEmpty ? 0 : 1 + random.below(4),
                    room: compound.isEmpty ? "" : "\(floor)0\(1 + random.below(4))"))
        }
        for i in 0..<70 {
            let street = name(["路", "街", "巷", "大道"], &random)
            for house in 0..<12 { add(street, "", "\(house * 2 + 1)号", "", former: (i + house / 6) % 19, &random) }
        }
        for i in 0..<80 {
            let compound = name(["花园", "小区", "家园", "苑", "新村"], &random)
            for building in 1...8 {
                add(i % 2 == 0 ? "建设大街" : "", compound, "\(building)栋", "", former: i % 19, &random)
            }
        }
        for village in 0..<6 {
            for group in 1...4 {
                for house in 1...8 { add("", "", "\(house)号", "\(group)组", former: village, &random) }
            }
        }
        self.sources = sources
        gazetteer = Gazetteer(
            county: "云溪县", town: "青石镇",
            communities: communities.map { .init(code: $0.code, name: $0.name) }
                + former.map { .init(code: $0.code, name: $0.name, isCurrent: false) },
            entries: entries)
    }
}
