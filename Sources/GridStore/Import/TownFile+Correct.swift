import GRDB
public import GeoGrid

extension TownFile {
    /// 修正单元: brings corrected units into their layers, in one transaction, and notes it among the imports.
    ///
    /// What stands is corrected, not dated: see `LayerMerge`. Returns how many units changed. O(units).
    public func correctUnits(_ levels: [UnitLayer], source: String) throws -> Int {
        var changed = 0
        try write { db in
            guard let epsg = try SpatialReference.chosen(in: db) else { return }
            for units in levels {
                guard let layer = Layer.units(units.level) else { continue }
                let log = try ImportLog(db)
                let counts = try LayerMerge(layer).merge(
                    LayerRecord.records(of: units, epsg: epsg), in: db, log: log.note)
                var report = ImportReport(layer: layer, source: source, mapping: ColumnMapping())
                report.read = units.count
                report.taken = units.count
                report.add(counts)
                try log.finish(report, options: ImportOptions(), in: db)
                changed += report.changed
            }
        }
        return changed
    }
}
