import GeoGrid
import Sample
import Testing

@Suite struct AddressMatcherTests {
    private static let gazetteer = Gazetteer(
        county: "云溪县", town: "青石镇",
        communities: [
            .init(code: "001", name: "清河社区"), .init(code: "002", name: "文昌社区"),
            .init(code: "091", name: "红旗社区", isCurrent: false), .init(code: "003", name: "李家湾村"),
        ],
        entries: [
            entry("b1", compound: "锦绣花园", number: "1栋"), entry("b2", compound: "锦绣花园", number: "2栋"),
            entry("b3", street: "五一路", number: "12号"), entry("b4", street: "五一路", number: "14号"),
            entry("b5", street: "文化路", number: "12号", community: "002"),
            entry("b6", street: "文明路", number: "12号", community: "001"),
            entry("b7", compound: "望江新村", number: "3幢", community: "001", former: ["091"]),
            entry("b8", number: "12号", group: "3组", community: "003"),
            entry("b9", number: "12号", group: "4组", community: "003"),
        ],
        aliases: [.init(kind: .compound, name: "纺织厂家属院", target: "望江新村")])

    private static func entry(
        _ id: String, compound: String = "", street: String = "", number: String, group: String = "",
        community: String = "001", former: [String] = []
    ) -> Gazetteer.Entry {
        Gazetteer.Entry(
            id: id, compound: compound, street: street, number: number, group: group, communityCode: community,
            formerCommunityCodes: former, location: PlanarPoint(x: 0, y: 0))
    }

    private func match(_ text: String) -> (id: String?, match: AddressMatch) {
        let match = AddressMatcher(Self.gazetteer).match(text)
        return (match.entry.map { Self.gazetteer.entries[$0].id }, match)
    }

    @Test(arguments: [
        ("云溪县青石镇清河社区锦绣花园1栋2单元501室", "b1"), ("锦绣花园二号楼", "b2"), ("锦绣花园2", "b2"), ("５１路12号", "b3"),
        ("五一路十四号3楼", "b4"), ("望江新村3-2-501", "b7"), ("李家湾村三组十二号", "b8"), ("李家湾村第四村民组12号", "b9"),
        ("湖北省孝感市云溪县青石镇五一路12号", "b3"), ("12号五一路(清河社区)", "b3"),
        ("五一路12号(云溪县青石镇清河社区)", "b3"), ("五一路12号 云溪县", "b3"),
    ])
    func wellFormedIsSure(text: String, id: String) {
        let (found, match) = match(text)
        #expect(found == id)
        #expect(match.outcome == .matched)
    }

    @Test func formerNamesStillLeadThere() {
        let (id, match) = match("红旗社区望江新村3栋")
        #expect(id == "b7")
        #expect(match.reasons == [.formerName(written: "红旗社区", now: "清河社区")])
        #expect(self.match("纺织厂家属院3栋").id == "b7")
    }

    @Test func slipsAreCorrectedAndTold() {
        let (id, match) = match("清河社区锦秀花园1栋")
        #expect(id == "b1")
        #expect(match.reasons == [.nameCorrected(written: "锦秀花园", to: "锦绣花园")])
        #expect(match.candidates[0].confidence < 1)
    }

    @Test func twoEqualAnswersAreNone() {
        let (id, match) = match("文X路12号")
        #expect(id == nil)
        #expect(match.outcome == .ambiguous)
        #expect(match.candidates.count == 2)
        #expect(self.match("清河社区文X路12号").id == "b6", "the community decides")
    }

    @Test func aNearerNameWithoutThatNumberStandsAgainstAFartherOne() {
        #expect(match("清河社区锦秀花园3栋").id == nil)
        #expect(match("清河社区文明路99号").id == nil)
    }

    @Test func contradictionIsTold() {
        let (id, match) = match("文昌社区锦绣花园1栋")
        #expect(match.reasons.contains(.communityDisagrees(written: "文昌社区", found: "清河社区")))
        #expect(match.outcome != .matched)
        #expect(id == nil || id == "b1")
    }

    /// 清河 may be the community or the compound of that name; the one it was not taken for is not held against it.
    @Test func aNameOfTwoKindsDoesNotContradictItself() {
        let gazetteer = Gazetteer(
            county: "云溪县", town: "青石镇",
            communities: [.init(code: "001", name: "清河社区"), .init(code: "002", name: "文昌社区")],
            entries: [Self.entry("b1", compound: "清河家园", number: "1栋", community: "002")])
        for text in ["清河1栋", "清河家园1栋"] {
            let reasons = AddressMatcher(gazetteer).match(text).reasons
            #expect(
                !reasons.contains { if case .communityDisagrees = $0 { true } else { false } }, "\(text) \(reasons)")
        }
        let elsewhere = AddressMatcher(gazetteer).match("清河社区清河家园1栋").reasons
        #expect(elsewhere.contains(.communityDisagrees(written: "清河社区", found: "文昌社区")))
    }

    @Test func whatIsNotThereIsNotFound() {
        #expect(match("五一路99号").match.reasons == [.numberUnknown(place: "五一路", number: "99号")])
        #expect(match("锦绣花园").match.outcome != .matched)
        #expect(match("长安街1号").match.outcome == .unmatched)
        #expect(match("白云镇五一路12号").match.outcome != .matched)
        #expect(match("").match.reasons == [.empty])
        #expect(match("不详").match.outcome == .unmatched)
    }
}
