import GeoGrid

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension DirtyTown {
    /// 文件: the faulty files below `dirty/`, and `dirty/faults.csv`, which lists what was planted.
    public var files: [SampleFile] {
        let lists = DirtyLists(self)
        return [
            units(communities, "communities"), units(grids, "grids"), units(microgrids, "microgrids"), buildings,
            SampleFile("dirty/households.csv", lists.households), SampleFile("dirty/posts.csv", lists.posts),
            SampleFile("dirty/households-gcj02.csv", lists.shifted),
            SampleFile("dirty/households-gb18030.csv", DirtyTown.gb18030(lists.plain)),
            SampleFile("dirty/households-broken.csv", lists.broken), truncated,
            faultList(faults + lists.faults),
        ]
    }

    static func degrees(_ p: PlanarPoint?) -> [String] {
        guard let p else { return ["", ""] }
        let s = SampleTown.projection.sevenths(p)
        return [FixedDecimals.sevenths(s.longitude), FixedDecimals.sevenths(s.latitude)]
    }

    private func text(_ units: [Unit]) -> String {
        var out = GeoJSONText(projection: SampleTown.projection)
        for unit in units {
            out.polygon(
                unit.area, [("code", .text(unit.code)), ("name", .text(unit.name)), ("parent", .text(unit.parent))])
        }
        return out.text
    }

    private func units(_ units: [Unit], _ name: String) -> SampleFile {
        SampleFile("dirty/\(name).geojson", text(units))
    }

    /// The communities, cut off in the middle of a coordinate.
    private var truncated: SampleFile {
        let whole = text(communities)
        return SampleFile("dirty/communities-truncated.geojson", String(whole.prefix(whole.count * 2 / 3)))
    }

    private var buildings: SampleFile {
        var out = GeoJSONText(projection: SampleTown.projection)
        for building in base.town.buildings {
            out.polygon(
                building.footprint,
                [
                    ("id", .text(building.id)), ("compound", .text(building.compound)),
                    ("street", .text(building.street)), ("number", .text(building.number)),
                    ("floors", .number(building.floors)), ("use", .text(building.use)),
                ])
        }
        return SampleFile("dirty/buildings.geojson", out.text)
    }

    private func faultList(_ faults: [PlantedFault]) -> SampleFile {
        var out = CSVText(["kind", "layer", "units", "area", "lon", "lat", "note"])
        for fault in faults {
            let area = fault.area.map { hundredths($0) } ?? ""
            out.add(
                [fault.kind, fault.layer, fault.units.joined(separator: " "), area] + Self.degrees(fault.place) + [
                    fault.note
                ])
        }
        return SampleFile("dirty/faults.csv", out.text)
    }

    private func hundredths(_ x: Double) -> String {
        let n = Int((x * 100).rounded())
        return "\(n / 100).\(padded(n % 100, 2))"
    }

    /// The text in GB18030, as spreadsheets of older offices save it.
    private static func gb18030(_ text: String) -> [UInt8] {
        guard let converter = iconv_open("GB18030", "UTF-8"), converter != iconv_t(bitPattern: -1) else { return [] }
        defer { iconv_close(converter) }
        var input = text.utf8.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: input.count * 2 + 16)
        var left = input.count
        var room = output.count
        let size = output.count
        let done = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                return iconv(converter, &from, &left, &to, &room)
            }
        }
        precondition(done == 0, "every character of the sample has a GB18030 form")
        return output.prefix(size - room).map { UInt8(bitPattern: $0) }
    }
}
