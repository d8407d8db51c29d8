import GeoGrid
import TestSupport
import Testing

@Suite struct ValidityTests {
    private static func isBinary(_ text: String) -> Bool { text.hasPrefix("0") }

    private static func isArea(_ text: String) -> Bool {
        text.uppercased().hasPrefix("POLYGON") || text.uppercased().hasPrefix("MULTIPOLYGON")
    }

    private static func geometry(_ text: String, _ context: GEOSContext) throws -> GEOSGeometry {
        isBinary(text) ? try GEOSGeometry(wkbHex: text, in: context) : try GEOSGeometry(wkt: text, in: context)
    }

    /// Ours for areas, which go through flat storage; GEOS's for anything else, which the audit leaves to it.
    private static func verdict(_ text: String, _ context: GEOSContext) throws -> GEOSValidity {
        guard isArea(text) else { return try geometry(text, context).validity() }
        var areas = Geometries()
        let polygons = try geometry(text, context).polygons()
        areas.append(polygons.count > 1 ? .multiPolygon : .polygon, parts: polygons)
        return AreaValidity.verdicts(of: areas)[0]
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func verdictIsTheExpectedOneOrThatOfGEOS() throws {
        let context = GEOSContext()
        var count = 0
        var expectedFalse = 0
        var differing: [String] = []
        for item in try GEOSXMLCase.cases(in: RealData.url("geos_xml")) {
            for operation in item.operations where operation.name == "isvalid" {
                let text = operation.argument == "b" ? item.b : item.a
                let ours = try ValidityTests.verdict(text, context)
                count += 1
                if operation.expected == "false" { expectedFalse += 1 }
                if ours.isValid != (operation.expected == "true") {
                    differing.append("\(item.file): \(text.prefix(60))")
                    let theirs = try ValidityTests.geometry(text, context).validity()
                    #expect(ours == theirs, "\(item.file): \(text.prefix(60))")
                }
            }
        }
        #expect(count == 864)
        #expect(expectedFalse == 58)
        // Where the installed GEOS itself does not give the expected verdict.
        #expect(differing == [])
    }

    /// Every area of the test files, whatever it is there for: our verdict and reason are those of GEOS.
    @Test(.enabled(if: RealData.exists, RealData.absent))
    func agreesWithGEOSOnEveryAreaOfTheTestFiles() throws {
        let context = GEOSContext()
        var count = 0
        for item in try GEOSXMLCase.cases(in: RealData.url("geos_xml")) {
            for text in [item.a, item.b] where ValidityTests.isArea(text) && text.utf8.count < 200_000 {
                guard let theirs = try? ValidityTests.geometry(text, context).validity() else { continue }
                let ours = try ValidityTests.verdict(text, context)
                #expect(ours.isValid == theirs.isValid, "\(item.file): \(text.prefix(60))")
                count += 1
            }
        }
        #expect(count > 1000)
    }

    /// Random rings on a coarse lattice: self-crossing, touching, folded back, and now and then valid.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func agreesWithGEOSOnRandomRings(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var areas = Geometries()
        for _ in 0..<400 {
            let corners = (0..<(3 + generator.below(5))).map { _ in
                PlanarPoint(x: Double(generator.below(6)), y: Double(generator.below(6)))
            }
            areas.append(.polygon, parts: [[corners + [corners[0]]]])
        }
        let verdicts = AreaValidity.verdicts(of: areas)
        let context = GEOSContext()
        for feature in 0..<areas.count {
            let theirs = try GEOSGeometry(areas, feature: feature, in: context).validity()
            #expect(verdicts[feature] == theirs)
        }
        #expect(verdicts.contains(.valid))
    }

    @Test func saysWhatGEOSCannotBuild() {
        var areas = Geometries()
        let a = PlanarPoint(x: 0, y: 0)
        let b = PlanarPoint(x: 1, y: 0)
        let c = PlanarPoint(x: 1, y: 1)
        areas.append(.polygon, parts: [[[a, b, c]]])
        areas.append(.polygon, parts: [[[a, b, a]]])
        areas.append(.polygon, parts: [[[a, b, PlanarPoint(x: .nan, y: 0), a]]])
        areas.append(.polygon, parts: [[[a, b, c, a]]])
        #expect(AreaValidity.verdicts(of: areas).map(\.isValid) == [false, false, false, true])
    }
}
