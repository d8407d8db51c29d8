package import GRDB
package import GeoGrid

/// 合并: brings records into a layer so that doing it again changes nothing.
///
/// Without a day a merge corrects what the file holds: records are changed in place, new ones are valid since ever.
/// With a day a merge is news: on dated layers the version that held is closed on that day and a new one opened, and
/// the answer for the day before stays what it was.
package struct LayerMerge {
    package let layer: Layer
    /// Which fields of the layer the records speak of, by position.
    package var provided: [Bool]
    package var day: Day?
    /// Whether the records are all there are (of a scoped layer: in the scopes they name): those missing are ended
    /// (with a day) or deleted.
    package var complete = false
    /// Keys that are not ended though no record has them.
    package var spared: Set<String> = []

    package init(_ layer: Layer, day: Day? = nil, complete: Bool = false) {
        self.layer = layer
        self.day = layer.dated ? day : nil
        self.complete = complete
        provided = Array(repeating: true, count: layer.fields.count)
    }

    private struct Stored {
        var fid: Int
        var from: String?
        var scope: String?
        var changed: Bool
        var moved: Bool
    }

    /// Merges records with distinct keys; `log` hears of every record changed, ended or deleted. O(stored + records).
    package func merge(
        _ records: [LayerRecord], in db: Database, log: (_ key: String, _ action: String) throws -> Void = { _, _ in }
    ) throws -> MergeCounts {
        var position: [String: Int] = [:]
        position.reserveCapacity(records.count)
        for (i, record) in records.enumerated() { position[record.key] = i }
        var records = records
        let scopes = layer.scoped ? Set(records.map { $0.values[1] }) : []
        var stored = [Stored?](repeating: nil, count: records.count)
        var missing: [(key: String, row: Stored)] = []
        try scan(db) { key, row, compare in
            if let i = position[key] {
                // Of a version that holds and one to come, the first.
                if let known = stored[i], known.from ?? "" <= row.from ?? "" { return }
                var row = row
                (row.changed, row.moved) = compare(&records[i])
                stored[i] = row
            } else if complete, !spared.contains(key), row.scope.map({ scopes.contains(.text($0)) }) ?? true {
                missing.append((key, row))
            }
        }

        var counts = MergeCounts()
        var fresh: [Int] = []
        let writer = try Writer(self, db: db)
        for (i, record) in records.enumerated() {
            guard let row = stored[i] else {
                fresh.append(i)
                continue
            }
            if !row.changed && !row.moved {
                counts.unchanged += 1
                continue
            }
            counts.changed += 1
            try log(record.key, day == nil || row.from == day?.description ? "correct" : "version")
            try writer.change(row.fid, from: row.from, moved: row.moved, record)
        }
        counts.new = fresh.count
        try insert(fresh.map { records[$0] }, writer)
        for (key, row) in missing {
            counts.removed += 1
            let ends = day != nil && row.from != day?.description
            try log(key, ends ? "end" : "delete")
            if ends {
                try db.execute(
                    sql: "UPDATE \(layer.name) SET valid_to = ? WHERE fid = ?", arguments: [day?.description, row.fid])
            } else {
                try db.execute(sql: "DELETE FROM \(layer.name) WHERE fid = ?", arguments: [row.fid])
            }
        }
        if counts != MergeCounts(unchanged: counts.unchanged) { try FeatureTables.touch(layer.name, in: db) }
        return counts
    }

    /// Adds new records; where they are many, the R-tree of the layer is filled after them.
    private func insert(_ records: [LayerRecord], _ writer: Writer) throws {
        guard layer.geometry != nil, records.count > 32 else {
            for record in records { try writer.insert(record) }
            return
        }
        var entries: [RTreeLoader.Entry] = []
        entries.reserveCapacity(records.count)
        try FeatureTables.withoutInsertTrigger(layer.name, in: writer.db) {
            for record in records {
                try writer.insert(record)
                guard let box = record.geometry?.withUnsafeBytes(GeometryBlobReader.box) else { continue }
                entries.append(RTreeLoader.Entry(id: Int(writer.db.lastInsertedRowID), box: box))
            }
        }
        try RTreeLoader(layer.name, in: writer.db).add(entries)
    }

    /// Gives every version that holds on the day (without a day: that has not ended) and a way to compare it with a
    /// record, which takes from it what could not be read.
    private func scan(
        _ db: Database, body: (String, Stored, (inout LayerRecord) -> (changed: Bool, moved: Bool)) -> Void
    ) throws {
        let fields = layer.fields
        let names = fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let version = layer.dated ? "valid_from" : "NULL"
        let geometry = layer.geometry == nil ? "NULL" : "geom"
        var sql = "SELECT fid, \(version), \(geometry), \(names) FROM \(layer.name)"
        if layer.dated {
            sql +=
                " WHERE " + (day == nil ? "valid_to IS NULL OR valid_to > date('now', 'localtime')" : LayerLoader.valid)
        }
        try Rows.each(db, sql, day.map { [$0.description] } ?? []) { row in
            func compare(_ record: inout LayerRecord) -> (changed: Bool, moved: Bool) {
                for i in record.kept {
                    record.values[i] =
                        switch fields[i].kind {
                        case .integer, .boolean: .init(row.optionalInteger(3 + i))
                        case .real: row.optionalReal(3 + i).map(FieldValue.real) ?? .null
                        default: .init(row.optionalText(3 + i))
                        }
                }
                let moved = record.geometry.map { new in row.withBlob(2) { !$0.elementsEqual(new) } } ?? false
                for (i, value) in record.values.enumerated() where provided[i] {
                    let same =
                        switch value {
                        case .null: row.isNull(3 + i)
                        case .integer(let n): row.optionalInteger(3 + i) == n
                        case .real(let x): row.optionalReal(3 + i) == x
                        case .text(let text): row.text(3 + i) == text
                        }
                    if !same { return (true, moved) }
                }
                return (false, moved)
            }
            let stored = Stored(
                fid: row.integer(0), from: row.optionalText(1), scope: layer.scoped ? row.text(4) : nil, changed: false,
                moved: false)
            body((stored.scope.map { $0 + "/" } ?? "") + row.text(3), stored, compare)
        }
    }

    /// Ends a version on a day and opens a copy of it from then on; returns the copy's number.
    static func newVersion(of fid: Int, in layer: Layer, on day: Day, db: Database) throws -> Int {
        let kept = try db.columns(in: layer.name).map(\.name)
            .filter { !["fid", "valid_from", "valid_to"].contains($0) }
            .map { "\"\($0)\"" }.joined(separator: ", ")
        let end = try String.fetchOne(db, sql: "SELECT valid_to FROM \(layer.name) WHERE fid = ?", arguments: [fid])
        try db.execute(
            sql: "UPDATE \(layer.name) SET valid_to = ? WHERE fid = ?", arguments: [day.description, fid])
        try db.execute(
            sql: """
                INSERT INTO \(layer.name) (\(kept), valid_from, valid_to)
                SELECT \(kept), ?, ? FROM \(layer.name) WHERE fid = ?
                """,
            arguments: [day.description, end, fid])
        return Int(db.lastInsertedRowID)
    }

    /// The statements of one merge, prepared once.
    private struct Writer {
        let db: Database
        private let merge: LayerMerge
        private let columns: [Int]
        private let insertion: RowWriter
        private let correction: RowWriter
        private let hasHistory: Bool

        init(_ merge: LayerMerge, db: Database) throws {
            self.merge = merge
            self.db = db
            let layer = merge.layer
            columns = layer.fields.indices.filter { merge.provided[$0] }
            let names = columns.map { "\"\(layer.fields[$0].name)\"" }
            let geometry = layer.geometry == nil ? [] : ["geom"]
            let versions = layer.dated ? ["valid_from", "valid_to"] : []
            let all = names + geometry + versions
            insertion = try RowWriter(
                db,
                "INSERT INTO \(layer.name) (\(all.joined(separator: ", "))) VALUES (\(all.map { _ in "?" }.joined(separator: ", ")))"
            )
            // The geometry is set only where it moved, so that its triggers rest otherwise.
            let sets = names.map { "\($0) = ?" }.joined(separator: ", ")
            correction = try RowWriter(db, "UPDATE \(layer.name) SET \(sets) WHERE fid = ?")
            hasHistory =
                layer.dated
                ? try Bool.fetchOne(
                    db,
                    sql:
                        "SELECT EXISTS (SELECT 1 FROM \(layer.name) WHERE valid_to IS NOT NULL OR valid_from IS NOT NULL)"
                )
                    ?? false : false
        }

        func insert(_ record: LayerRecord) throws {
            let layer = merge.layer
            for (n, field) in columns.enumerated() { insertion.bind(n + 1, record.values[field]) }
            var next = columns.count + 1
            if layer.geometry != nil {
                insertion.bind(next, blob: record.geometry)
                next += 1
            }
            if layer.dated {
                var from = merge.day?.description
                var to: String?
                if hasHistory {
                    // Neither before the last version ended nor over one that is to come.
                    let key = layer.keySQL
                    if let from {
                        to = try String.fetchOne(
                            db, sql: "SELECT min(valid_from) FROM \(layer.name) WHERE \(key) = ? AND valid_from > ?",
                            arguments: [record.key, from])
                    } else {
                        from = try String.fetchOne(
                            db, sql: "SELECT max(valid_to) FROM \(layer.name) WHERE \(key) = ?", arguments: [record.key]
                        )
                    }
                }
                insertion.bind(next, from.map(FieldValue.text) ?? .null)
                insertion.bind(next + 1, to.map(FieldValue.text) ?? .null)
            }
            try insertion.run()
        }

        func change(_ fid: Int, from: String?, moved: Bool, _ record: LayerRecord) throws {
            let layer = merge.layer
            var fid = fid
            if let day = merge.day, from != day.description {
                fid = try LayerMerge.newVersion(of: fid, in: layer, on: day, db: db)
            }
            for (n, field) in columns.enumerated() { correction.bind(n + 1, record.values[field]) }
            correction.bind(columns.count + 1, .integer(fid))
            try correction.run()
            guard moved, let geometry = record.geometry else { return }
            // A door that moved has to be assigned again.
            let unplace = layer.placed ? ", unit = '', placed = ''" : ""
            let move = try RowWriter(db, "UPDATE \(layer.name) SET geom = ?\(unplace) WHERE fid = ?")
            move.bind(1, blob: geometry)
            move.bind(2, .integer(fid))
            try move.run()
        }
    }
}
