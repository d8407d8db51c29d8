import Foundation
import GeoGrid
import TestSupport
import Testing

@Suite struct AddressParserTests {
    private func parse(_ text: String) -> AddressParts { AddressParser().parse(text) }

    @Test func wholeAddressInOfficialOrder() {
        let p = parse("湖北省孝感市云梦县城关镇建设路12号锦绣花园3栋2单元5层501室")
        #expect(p.province == "湖北省")
        #expect(p.city == "孝感市")
        #expect(p.county == "云梦县")
        #expect(p.town == "城关镇")
        #expect(p.street == "建设路")
        #expect(p.streetNumber == "12")
        #expect(p.compound == "锦绣花园")
        #expect(p.building == "3")
        #expect(p.unit == "2")
        #expect(p.floor == "5")
        #expect(p.room == "501")
        #expect(p.rest == "")
    }

    @Test(arguments: [
        ("锦绣花园三栋二单元五〇一室", "锦绣花园3栋2单元501室"),
        ("锦绣花园第三幢第二单元五零一", "锦绣花园3栋2单元501室"),
        ("锦绣花园３号楼２门５０１", "锦绣花园3栋2单元501室"),
        ("锦绣花园 3# 2单元 501", "锦绣花园3栋2单元501室"),
        ("锦绣花园3-2-501", "锦绣花园3栋2单元501室"),
        ("锦绣花园叁栋贰单元伍零壹号", "锦绣花园3栋2单元501室"),
        ("锦绣花园二期03栋0501室", "锦绣花园2期3栋501室"),
        ("建设路廿一号", "建设路21号"),
        ("建设路一百二十号附三号", "建设路120-3号"),
        ("建设路12之3号", "建设路12-3号"),
        ("建设路 12 号", "建设路12号"),
        ("建设路十二号院三号楼", "建设路12号3栋"),
        ("清河村第三村民小组十二号", "清河村3组12号"),
        ("清河村3组12", "清河村3组12号"),
        ("五一路8号", "五一路8号"),
        ("三号路8号", "三号路8号"),
        ("建设路12號", "建设路12号"),
        ("锦绣花园A座1201", "锦绣花园A栋1201室"),
        ("锦绣花园3楼2单元501", "锦绣花园3栋2单元501室"),
        ("锦绣花园3楼501", "锦绣花园3栋501室"),
        ("清河社区居委会建设路12号", "清河社区居委会建设路12号"),
        ("清河社区建设路12号2楼", "清河社区建设路12号2层"),
    ])
    func variantsHaveOneCanonicalForm(written: String, canonical: String) {
        #expect(parse(written).canonical == canonical)
    }

    @Test func namesKeepTheirNumerals() {
        #expect(parse("五一路8号").street == "五一路")
        #expect(parse("八一街第一小区2栋").compound.hasSuffix("第一小区"))
        #expect(parse("云溪镇三元社区").community == "三元社区")
    }

    @Test func nothingIsLostOfWhatIsNotUnderstood() {
        #expect(parse("电话联系").rest == "电话联系")
        #expect(parse("") == AddressParts())
        #expect(parse("，。").canonical == "")
    }

    /// All town-level divisions of the country, rare characters among them: towns are one name each.
    @Test(.enabled(if: RealData.exists, "\(RealData.absent)"))
    func everyDivisionParsesToItself() throws {
        let csv = try String(contentsOf: RealData.url("cn_divisions/streets.csv"), encoding: .utf8)
        let names = csv.split(whereSeparator: \.isNewline).dropFirst().map { line in
            String(line.split(separator: "\"")[1])
        }
        #expect(names.count == 41_352)
        let parser = AddressParser()
        var failed: [String] = []
        for name in names {
            let folded = name.precomposedStringWithCompatibilityMapping
            let parts = parser.parse(name)
            // One name says its province, and is taken apart.
            let isTown = !folded.hasPrefix("四川省") && ["镇", "乡", "街道"].contains { folded.hasSuffix($0) }
            // Other kinds of place may fall into parts, but nothing of the name is lost or moved.
            if isTown ? parts != AddressParts(town: folded) : parts.canonical != folded {
                failed.append("\(name) → \(parts.canonical)")
            }
        }
        #expect(failed.isEmpty, Comment(rawValue: "\(failed.count): \(failed.prefix(60))"))
    }
}
