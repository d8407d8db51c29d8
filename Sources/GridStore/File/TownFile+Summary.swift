import GRDB
public import GeoGrid

/// 概况: what a town file holds on a day.
public struct TownSummary: Hashable, Sendable {
    public struct Layer: Hashable, Sendable {
        public var name: String
        public var title: Text
        public var records: Int
        /// Versions that ended before the day.
        public var ended: Int
    }

    public struct Setting: Hashable, Sendable {
        public var key: String
        public var value: String
    }

    public var name: String
    public var county: String
    public var code: String
    public var epsg: Int?
    public var day: Day
    public var levelNames: LevelNames
    public var settings: [Setting]
    public var layers: [Layer]
    /// Time, file and layer of the last import.
    public var lastImport: String?
}

extension TownFile {
    /// Counts and settings, without loading the town.
    public func summary(on day: Day) throws -> TownSummary {
        try read { db in
            let identity = try Row.fetchOne(db, sql: "SELECT name, county, code FROM town")
            let layers = try GridStore.Layer.all.map { layer in
                let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(layer.name)") ?? 0
                let (held, ended) =
                    layer.dated
                    ? (
                        try Int.fetchOne(
                            db, sql: "SELECT count(*) FROM \(layer.name) WHERE \(LayerLoader.valid)",
                            arguments: [day.description]) ?? 0,
                        try Int.fetchOne(
                            db, sql: "SELECT count(*) FROM \(layer.name) WHERE valid_to <= ?",
                            arguments: [day.description])
                            ?? 0
                    ) : (all, 0)
                return TownSummary.Layer(name: layer.name, title: layer.title, records: held, ended: ended)
            }
            return TownSummary(
                name: identity?[0] ?? "", county: identity?[1] ?? "", code: identity?[2] ?? "",
                epsg: try SpatialReference.chosen(in: db), day: day, levelNames: try Settings.levelNames(in: db),
                settings: try Settings.all(in: db).map { TownSummary.Setting(key: $0.key, value: $0.value) },
                layers: layers,
                lastImport: try String.fetchOne(
                    db, sql: "SELECT at || ' ' || source || ' → ' || layer FROM import_log ORDER BY fid DESC LIMIT 1"))
        }
    }
}
