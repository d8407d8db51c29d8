import GeoGrid
import Testing

@testable import Planner

@Suite struct MergerCodesTests {
    private func resolve(_ rows: [MergerTable.Row], used: Set<String> = []) -> MergerTable.Resolved {
        MergerTable(rows: rows).resolved(in: SmallTown.town(), used: used)
    }

    private func row(_ old: String, _ name: String, grid: String = "", code: String = "") -> MergerTable.Row {
        .init(oldCode: old, gridCode: grid, newCode: code, newName: name)
    }

    private func notes(_ resolved: MergerTable.Resolved) -> [String] {
        resolved.findings.filter { $0.code == .communityCode }.compactMap(\.place.id)
    }

    @Test func namedCommunitiesGetTheNextFreeCode() {
        let one = resolve([row("C0", "新"), row("C1", "新")])
        #expect(one.codes == ["T601"] && one.names == ["新"] && one.ofGrid == [0, 0, 0, 0])
        #expect(notes(one) == ["T601"] && one.findings.allSatisfy { $0.severity == .note })
        // Never one that was used, or that the table itself gives; in order of first appearance.
        let two = resolve(
            [
                row("C0", "乙", grid: "C0002"), row("C0", "甲", grid: "C0001"), row("C1", "乙", grid: "C1001"),
                row("C1", "甲", grid: "C1002"),
            ], used: ["T601", "T602"])
        #expect(two.codes == ["T603", "T604"] && two.names == ["乙", "甲"])
        let mixed = resolve([row("C0", "甲", grid: "C0001", code: "T601"), row("C0", "乙"), row("C1", "乙")])
        #expect(mixed.codes == ["T601", "T602"])
    }

    @Test func aCommunityOnlyRenamedKeepsItsCode() {
        let renamed = resolve([row("C0", "新名"), row("C1", "旧1")])
        #expect(renamed.codes == ["C0", "C1"] && renamed.names == ["新名", "旧1"])
        let byGrid = resolve([row("C0", "新名", grid: "C0001"), row("C0", "新名", grid: "C0002"), row("C1", "旧1")])
        #expect(byGrid.codes == ["C0", "C1"])
        // Not where part of it goes elsewhere, or another joins it by code.
        let parted = resolve([row("C0", "新名"), row("C0", "别处", grid: "C0002"), row("C1", "旧1")])
        #expect(parted.codes == ["C1", "T601", "T602"])
        let joined = resolve([row("C0", "", code: "C1"), row("C1", "新名")])
        #expect(joined.findings.contains { $0.message.en.contains("crossed") })
    }

    @Test func theNameOfACommunityThatStaysIsDoubted() {
        let resolved = resolve([row("C0", "旧1")])
        #expect(resolved.codes == ["C0", "C1"])
        #expect(resolved.findings.contains { $0.severity == .warning && $0.message.en.contains("the two stay apart") })
    }

    @Test func aNameWithACodeElsewhereTakesIt() {
        let resolved = resolve([row("C0", "新"), row("C1", "新", code: "T700")])
        #expect(resolved.codes == ["T700"] && notes(resolved).isEmpty)
    }

    @Test func doubledAndEmptyRowsStayFindings() {
        let doubled = resolve([row("C0", "甲"), row("C0", "乙"), row("C1", "甲"), row("C1", "")])
        #expect(doubled.findings.contains { $0.severity == .error && $0.message.en.contains("two new communities") })
        #expect(doubled.findings.contains { $0.message.en.contains("neither code nor name") })
        #expect(doubled.codes == ["T601"] && notes(doubled) == ["T601"])
        let unknown = resolve([row("没有", "甲"), row("C0", "旧0"), row("C1", "旧1")])
        #expect(unknown.codes == ["C0", "C1"] && notes(unknown) == ["C0", "C1"])
    }
}
