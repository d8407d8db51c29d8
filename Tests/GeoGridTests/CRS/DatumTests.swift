import Foundation
import GeoGrid
import TestSupport
import Testing

private func metres(_ a: GeographicPoint, _ b: GeographicPoint) -> Double {
    let dy = (b.latitude - a.latitude) * 111_195
    let dx = (b.longitude - a.longitude) * 111_195 * cos(a.latitude * .pi / 180)
    return (dx * dx + dy * dy).squareRoot()
}

@Suite struct DatumTests {
    @Test(.enabled(if: RealData.exists, RealData.absent))
    func agreesWithPublishedPlaces() throws {
        struct Place: Decodable {
            struct Coordinates: Decodable { var WGS84, GCJ02, BD09: [Double] }
            var coords: Coordinates
        }
        let data = try Data(contentsOf: RealData.url("gcj02_vectors/gcoord_china-cities.json"))
        let places = try JSONDecoder().decode([Place].self, from: data)
        #expect(places.count == 664)
        func point(_ pair: [Double]) -> GeographicPoint { GeographicPoint(longitude: pair[0], latitude: pair[1]) }
        var worst = [0.0, 0, 0, 0]
        for place in places {
            let (wgs, gcj, bd) = (point(place.coords.WGS84), point(place.coords.GCJ02), point(place.coords.BD09))
            worst[0] = max(worst[0], metres(Datum.wgs84.convert(wgs, to: .gcj02), gcj))
            worst[1] = max(worst[1], metres(Datum.gcj02.convert(gcj, to: .bd09), bd))
            worst[2] = max(worst[2], metres(Datum.gcj02.convert(gcj, to: .wgs84), wgs))
            worst[3] = max(worst[3], metres(Datum.bd09.convert(bd, to: .gcj02), gcj))
        }
        #expect(worst[0] < 1, "WGS 84 to GCJ-02: published formulas differ by up to 0.8 m")
        #expect(worst[1] < 0.05)
        #expect(worst[2] < 1)
        #expect(worst[3] < 0.5)
    }

    @Test(.enabled(if: RealData.exists, RealData.absent))
    func agreesWithHandCheckedVectors() throws {
        func rows(_ file: String) throws -> [[String]] {
            try String(contentsOf: RealData.url("gcj02_vectors/\(file)"), encoding: .utf8)
                .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",").map(String.init) }
        }
        for file in ["eviltransform_vectors.csv", "coordtransform_vectors.csv"] {
            for row in try rows(file) where row[0] != "distance_m" {
                let n = row[1...4].compactMap(Double.init)
                let isLatitudeFirst = file.hasPrefix("evil")
                func point(_ i: Int) -> GeographicPoint {
                    isLatitudeFirst
                        ? GeographicPoint(longitude: n[i + 1], latitude: n[i])
                        : GeographicPoint(longitude: n[i], latitude: n[i + 1])
                }
                let names = row[0].components(separatedBy: "_to_")
                let from = try #require(Datum(rawValue: names[0]))
                let to = try #require(Datum(rawValue: names[1]))
                // The published inverse is one step of an iteration, good to a few metres; the two rows of
                // BD-09 to WGS 84 miss even the formulas of the project they come from, by 10 and 41 m.
                let loose: [String: Double] = ["gcj02_to_wgs84": 5, "bd09_to_wgs84": 50]
                let tolerance = loose[row[0]] ?? 0.5
                #expect(metres(from.convert(point(0), to: to), point(2)) < tolerance, "\(row)")
            }
        }
    }

    @Test func everyConversionHasItsInverse() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            let p = GeographicPoint(
                longitude: 74 + 61 * generator.unit(), latitude: 4 + 50 * generator.unit())
            for from in Datum.allCases {
                for to in Datum.allCases {
                    let back = to.convert(from.convert(p, to: to), to: from)
                    #expect(metres(p, back) < 0.01, "\(from) \(to) \(p)")
                }
            }
        }
    }

    @Test func shiftsAreOfTheKnownSizeInChinaAndNoneOutside() {
        let wuhan = GeographicPoint(longitude: 114.3, latitude: 30.6)
        #expect((300...800).contains(metres(wuhan, Datum.wgs84.convert(wuhan, to: .gcj02))))
        #expect((800...2000).contains(metres(wuhan, Datum.wgs84.convert(wuhan, to: .bd09))))
        #expect(Datum.wgs84.convert(wuhan, to: .cgcs2000) == wuhan)
        let paris = GeographicPoint(longitude: 2.35, latitude: 48.85)
        #expect(Datum.wgs84.convert(paris, to: .gcj02) == paris)
    }

    @Test func convertsArraysAsPoints() {
        var xy = [114.3, 30.6, 120.5, 23.4]
        Datum.gcj02.convert(&xy, to: .wgs84)
        let second = Datum.gcj02.convert(GeographicPoint(longitude: 120.5, latitude: 23.4), to: .wgs84)
        #expect(xy[2] == second.longitude && xy[3] == second.latitude)
    }
}

@Suite struct DatumCheckTests {
    /// A town of 2 km, about Wuhan.
    func isInside(_ p: GeographicPoint) -> Bool {
        (114.30...114.32).contains(p.longitude) && (30.60...30.62).contains(p.latitude)
    }

    func households(_ datum: Datum) -> [GeographicPoint] {
        var generator = SeededGenerator(seed: 8)
        return (0..<500).map { _ in
            Datum.wgs84.convert(
                GeographicPoint(
                    longitude: 114.3005 + 0.019 * generator.unit(), latitude: 30.6005 + 0.019 * generator.unit()),
                to: datum)
        }
    }

    @Test(arguments: [Datum.gcj02, .bd09]) func namesTheDatumOfThePoints(_ datum: Datum) throws {
        let found = try #require(DatumCheck.suspicion(points: households(datum), isInside: isInside))
        #expect(found.points == datum)
        #expect(found.areas == .wgs84)
        #expect(found.insideThen == 1)
        let finding = DatumCheck.finding(
            points: households(datum), at: Place(file: "households.csv"), isInside: isInside)
        #expect(finding?.code == .datumMixUp)
        #expect(finding?.remedy.en.contains("--datum \(datum.rawValue)") == true)
    }

    @Test func namesTheDatumOfTheAreas() throws {
        let points = households(.wgs84)
        let found = try #require(
            DatumCheck.suspicion(points: points) { isInside(Datum.gcj02.convert($0, to: .wgs84)) })
        #expect(found.points == .wgs84 && found.areas == .gcj02)
    }

    @Test func keepsSilentWhereNothingIsWrong() {
        #expect(DatumCheck.suspicion(points: households(.wgs84), isInside: isInside) == nil)
        #expect(DatumCheck.suspicion(points: [], isInside: isInside) == nil)
        var generator = SeededGenerator(seed: 1)
        let scattered = (0..<500).map { _ in
            GeographicPoint(longitude: 114 + generator.unit(), latitude: 30 + generator.unit())
        }
        #expect(DatumCheck.suspicion(points: scattered, isInside: isInside) == nil)
    }
}
