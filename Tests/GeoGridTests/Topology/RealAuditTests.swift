import GeoGrid
import TestSupport
import Testing

@Suite(.enabled(if: RealData.exists, RealData.absent)) struct RealAuditTests {
    private func layer(_ paths: [String], code: String, parent: String = "") throws -> AuditLayer {
        let (areas, properties) = try RealData.areas(paths)
        return AuditLayer(
            name: Text(zh: code, en: code), codes: properties.map { $0[code] ?? "" },
            parentCodes: parent.isEmpty ? [] : properties.map { $0[parent] ?? "" },
            areas: areas.scaledToMetres(latitude: 23.48))
    }

    private func summary(_ report: AuditReport) -> [String] {
        AuditKind.allCases.compactMap { report.count($0) > 0 ? "\($0.rawValue) \(report.count($0))" : nil }
    }

    @Test func theBaseIsANet() throws {
        let report1 = try Audit.report(on: [layer(RealData.chiayiBase, code: "CODEBASE")])
        #expect(summary(report1) == [])
    }

    /// The slivers of the published upper levels. GEOS 3.14 has 1,120 and 413 holes in their unions, of which 1,036 and
    /// 401 are larger than a square millimetre; how many there are below that is a matter of rounding.
    @Test(arguments: [(RealData.chiayiCode1, "CODE1", 1036, 2.031), (RealData.chiayiCode2, "CODE2", 401, 2.627)])
    func findsTheSliversOfTheUpperLevels(paths: [String], code: String, count: Int, total: Double) throws {
        var options = AuditOptions()
        options.snapTolerance = 0
        let report = try Audit.report(on: [layer(paths, code: code)], options: options)
        #expect(report.count(.invalidArea) == 0)
        #expect(report.count(.gap) == 0)
        #expect(report.count(.overlap) == 0)
        let areas = report.findings.filter { $0.kind == .sliverGap }.map { $0.area ?? 0 }
        #expect(areas.count { $0 > 1e-6 } == count)
        #expect(abs(report.area(.sliverGap) - total) < 0.01)
        #expect((areas.max() ?? 1) < 0.11)
    }

    @Test func theLevelsNestButForSlivers() throws {
        let report = try Audit.report(on: [
            layer(RealData.chiayiCode2, code: "CODE2"), layer(RealData.chiayiCode1, code: "CODE1", parent: "CODE2"),
            layer(RealData.chiayiBase, code: "CODEBASE", parent: "CODE1"),
        ])
        #expect(!report.hasErrors)
        #expect(report.count(.orphan) == 0)
        #expect(report.count(.twoParents) == 0)
        #expect(report.count(.invalidArea) == 0)
    }
}
