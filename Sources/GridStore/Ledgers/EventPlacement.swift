import GRDB
import GeoGrid

extension IssueCode {
    static let eventWithoutPlace = IssueCode("GG574")
    static let eventPlacedByAddress = IssueCode("GG575")
}

/// 事件落点: gives events without coordinates the place that their address means.
///
/// An event with a sure or probable address stands at its household's door, or in its building; `placed` says
/// `address` until a list brings coordinates. One whose address leads nowhere is reported with the reason.
struct EventPlacement {
    let db: Database
    let day: Day

    /// O(events without a place · address), nothing where every event has one.
    func run(_ findings: inout [Finding]) throws {
        var lost: [(fid: Int, id: String, address: String)] = []
        try Rows.each(db, "SELECT fid, id, address FROM event WHERE geom IS NULL ORDER BY id") { row in
            lost.append((row.integer(0), row.text(1), row.text(2)))
        }
        guard !lost.isEmpty, let epsg = try SpatialReference.chosen(in: db) else { return }
        let loader = LayerLoader(db: db, day: day)
        let book = try loader.addressBook(withHouseholds: true)
        let writer = try RowWriter(db, "UPDATE event SET geom = ?, placed = 'address' WHERE fid = ?")
        var placed = 0
        for event in lost {
            let match = book.matcher.match(event.address)
            guard let entry = match.entry else {
                let why = match.reasons.map(\.text)
                findings.append(
                    Finding(
                        .eventWithoutPlace, .error, at: Place(layer: "event", id: event.id),
                        Text(
                            zh: "没有坐标，地址“\(event.address)”也找不到：\(why.map(\.zh).joined(separator: "；"))",
                            en: "no coordinates, and the address “\(event.address)” is not found: "
                                + why.map(\.en).joined(separator: "; ")),
                        remedy: Text(
                            zh: "补上坐标，或改正地址后重新导入", en: "give it coordinates, or mend the address, and import again")))
                continue
            }
            let door = book.households(match).first?.location ?? book.matcher.gazetteer.entries[entry].location
            writer.bind(1, blob: GeometryBlob.encode(door, srs: epsg))
            writer.bind(2, .integer(event.fid))
            try writer.run()
            placed += 1
        }
        if placed > 0 {
            try FeatureTables.touch("event", in: db)
            findings.append(
                Finding(
                    .eventPlacedByAddress, .note, at: Place(layer: "event"),
                    Text(zh: "\(placed) 件没有坐标，按地址定位", en: "\(placed) have no coordinates and were placed by address"),
                    remedy: Text(zh: "有坐标时再次导入即可", en: "import again once coordinates are known")))
        }
    }
}
