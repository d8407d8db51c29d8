package import GRDB
public import GeoGrid

extension TownFile {
    /// 写入整镇: puts a whole town into a file, as imports of all its layers would. O(records).
    ///
    /// With a day, what differs from the file is news of that day; `complete` ends what the town no longer has.
    public func fill(from town: Town, on day: Day? = nil, complete: Bool = false) throws {
        try write { db in
            if let epsg = try SpatialReference.chosen(in: db) {
                guard epsg == town.epsg else { throw ImportError.otherSystem(epsg, town.epsg) }
            } else {
                try SpatialReference.choose(CRS(epsg: town.epsg), in: db)
            }
            for layer in Layer.ofTown {
                let records = LayerRecord.records(of: layer, in: town)
                if records.isEmpty && !complete { continue }
                _ = try LayerMerge(layer, day: day, complete: complete).merge(records, in: db)
            }
            for (table, units) in LayerRecord.placements(in: town) {
                let writer = try RowWriter(
                    db, "UPDATE \(table) SET unit = ? WHERE id = ? AND unit <> ?1")
                for (id, unit) in units where !unit.isEmpty {
                    writer.bind(1, .text(unit))
                    writer.bind(2, .text(id))
                    try writer.run()
                }
            }
        }
    }
}
