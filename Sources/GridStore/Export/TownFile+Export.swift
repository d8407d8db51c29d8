import Foundation
import GRDB
public import GeoGrid

/// 导出选项.
public struct ExportOptions: Sendable {
    public var day: Day
    /// Fields and layers above it stay in the file.
    public var privacy = Layer.Field.Privacy.public
    /// What the coordinates are written in.
    public var crs = CRS.wgs84

    public init(day: Day) {
        self.day = day
    }
}

extension TownFile {
    /// 导出图层: one layer of a day as a table, only the fields that the edition may see. O(records).
    ///
    /// - Throws: GG441 where the layer as a whole is not for that edition.
    public func export(_ layer: Layer, options: ExportOptions) throws -> FeatureTable {
        guard layer.privacy <= options.privacy else { throw ExportError.private(layer) }
        return try read { db in
            let fields = layer.fields.filter { $0.privacy <= options.privacy }
            var texts = [[String?]](repeating: [], count: fields.count + (layer.placed ? 1 : 0))
            var reader = GeometryBlobReader()
            var columns = fields.map { "\"\($0.name)\"" }
            if layer.placed { columns.append("unit") }
            // Where a home is stays with those who may see who lives there.
            let hidesPlace = layer.name == Layer.person.name && options.privacy < .operational
            columns.append(layer.geometry == nil || hidesPlace ? "NULL" : "geom")
            var condition = layer.dated ? " WHERE \(LayerLoader.valid)" : ""
            if hidesPlace { condition = " WHERE \(TownFile.holdsPost)" }
            try Rows.each(
                db,
                "SELECT \(columns.joined(separator: ", ")) FROM \(layer.name)\(condition) ORDER BY \(layer.keySQL)",
                layer.dated ? [options.day.description] : []
            ) { row in
                for i in texts.indices { texts[i].append(row.optionalText(i)) }
                row.withBlob(columns.count - 1) { reader.append($0) }
            }
            var table = FeatureTable(source: layer.name, geometries: reader.geometries)
            table.columns = fields.enumerated().map { i, field in column(field, texts[i]) }
            if layer.placed { table.columns.append(PropertyColumn(name: "unit", texts: texts[fields.count])) }
            if let epsg = try SpatialReference.chosen(in: db), epsg != options.crs.epsg, !table.geometries.xy.isEmpty {
                try Projection(from: CRS(epsg: epsg), to: options.crs).apply(to: &table.geometries)
            }
            return table
        }
    }

    private func column(_ field: Layer.Field, _ texts: [String?]) -> PropertyColumn {
        switch field.kind {
        case .integer: PropertyColumn(name: field.name, integers: texts.map { $0.flatMap { Int($0) } })
        case .real: PropertyColumn(name: field.name, numbers: texts.map { $0.flatMap { Double($0) } })
        case .boolean: PropertyColumn(name: field.name, booleans: texts.map { $0.map { $0 == "1" } })
        default: PropertyColumn(name: field.name, texts: texts)
        }
    }

    /// People with a post are public; helpers and others on the list are not.
    private static let holdsPost = "id IN (SELECT person FROM post WHERE person IS NOT NULL)"

    /// 副本: a copy of the whole file without what an edition may not see: care residents, names, phones, plans, logs.
    ///
    /// Only the layers that an edition may see have records in its copy; every other table but the settings is empty.
    /// The copy is a town file; what is left out of it is not in its free pages either.
    public func copy(to path: String, privacy: Layer.Field.Privacy) throws {
        guard access(path, F_OK) != 0 else { throw StoreError.existing(path) }
        try AtomicFile.replace(path, mode: 0o600) { temporary in
            unlink(temporary)
            do {
                try vacuum(into: temporary)
                let copy = try TownFile.open(temporary)
                try copy.write { db in
                    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
                    if privacy < .operational {
                        try db.execute(
                            sql: "UPDATE person SET geom = NULL; DELETE FROM person WHERE NOT \(TownFile.holdsPost)")
                        let kept = Set(Layer.all.map(\.name) + ["town", "setting"])
                        for table in try String.fetchAll(db, sql: "SELECT table_name FROM gpkg_contents ORDER BY 1")
                        where !kept.contains(table) {
                            try db.execute(sql: "DELETE FROM \"\(table)\"")
                            try FeatureTables.touch(table, in: db)
                        }
                    }
                    for layer in Layer.all {
                        if layer.privacy > privacy {
                            try db.execute(sql: "DELETE FROM \(layer.name)")
                            try FeatureTables.touch(layer.name, in: db)
                            continue
                        }
                        for field in layer.fields.dropFirst() where field.privacy > privacy {
                            let blank: String =
                                switch field.absent {
                                case .text(let text): "'\(text)'"
                                case .integer(let n): "\(n)"
                                case .real(let x): "\(x)"
                                case .null: "NULL"
                                }
                            try db.execute(sql: "UPDATE \(layer.name) SET \"\(field.name)\" = \(blank)")
                        }
                    }
                    try FeatureTables.touch(Layer.person.name, in: db)
                }
                try copy.compact()
                try copy.close()
            } catch {
                unlink(temporary + "-journal")
                throw StoreError.mapped(error, path: path)
            }
        }
    }
}

extension IssueCode {
    static let privateLayer = IssueCode("GG441")
}

enum ExportError {
    static func `private`(_ layer: Layer) -> GeoGridError {
        let edition = layer.privacy == .operational ? "operational" : "office"
        return GeoGridError(
            .privateLayer,
            Text(
                zh: "\(layer.title.zh)含个人信息，默认不导出。",
                en: "the layer \(layer.name) is personal data and is not exported unasked."),
            remedy: Text(
                zh: "确有需要时加 --edition \(edition)，导出会记入日志。",
                en: "Where it is needed, add --edition \(edition); the export is logged."))
    }
}
