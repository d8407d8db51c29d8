import GRDB
import GeoGrid
import Planner

/// 清单导入: turns the rows of a table into records of a layer, each taken or rejected with its reason.
struct TableImport {
    let layer: Layer
    let options: ImportOptions
    let mapping: ColumnMapping
    let model: WorkloadModel
    /// EPSG code of the town's metre system, of which `projected` is in.
    let epsg: Int
    private let table: FeatureTable
    private let projected: Geometries
    private let columns: [PropertyColumn?]
    private var firstRecord: [String: Int] = [:]
    private var unknown: [String: Int] = [:]
    private var storedKeys: Set<String>?
    private var unitCodes: [Level: Set<String>] = [:]
    private var zoneKeys: Set<String>?
    /// Identifiers written with full-width signs.
    private var widened: (count: Int, first: Place?) = (0, nil)

    private(set) var records: [LayerRecord] = []
    private(set) var rejected: [Finding] = []
    private(set) var findings: [Finding] = []

    /// `projected` are the geometries of the table in metres, points of a list's coordinate columns included.
    init(
        _ table: FeatureTable, projected: Geometries, layer: Layer, mapping: ColumnMapping, options: ImportOptions,
        model: WorkloadModel, epsg: Int
    ) {
        self.table = table
        self.projected = projected
        self.layer = layer
        self.mapping = mapping
        self.options = options
        self.model = model
        self.epsg = epsg
        columns = layer.fields.map { field in mapping.column(of: field.name).flatMap { table.column(named: $0) } }
    }

    /// Fields the table speaks of; the key always.
    var provided: [Bool] {
        layer.fields.indices.map { $0 == 0 || columns[$0] != nil }
    }

    /// O(rows).
    mutating func run(in db: Database) throws {
        let people =
            layer.name == Layer.post.name
            ? try Set(String.fetchAll(db, sql: "SELECT id FROM person")) : []
        let buildings =
            layer.name == Layer.household.name ? try Set(String.fetchAll(db, sql: "SELECT id FROM building")) : []
        var lender = LocationLender(db: db, layer: layer)
        records.reserveCapacity(table.count)
        firstRecord.reserveCapacity(table.count)
        for row in 0..<table.count {
            var kept: [Int] = []
            guard let values = values(row: row, &kept), let ownKey = key(row: row, values) else { continue }
            var key = ownKey
            if layer.scoped, case .text(let scope) = values[1] { key = scope + "/" + ownKey }
            if try layer.name == Layer.post.name && !isPossiblePost(row: row, key: key, values, in: db) { continue }
            if layer.name == Layer.post.name, case .text(let person) = values[index(of: "person")],
                !people.contains(person)
            {
                rejected.append(ImportIssue.unknownPerson(place(row: row, key: key), person))
                continue
            }
            if !buildings.isEmpty, case .text(let building) = values[index(of: "building")], !building.isEmpty,
                !buildings.contains(building)
            {
                findings.append(
                    ImportIssue.unknownBuilding(place(row: row, key: key, field: "building"), building))
            }
            var geometry = layer.geometry.flatMap {
                GeometryBlob.encode(feature: row, of: projected, as: $0, srs: epsg)
            }
            if geometry == nil, layer.needsGeometry {
                let isStored = try isStored(key, in: db)
                // A household keeps the door it had; a care resident is where the household is now.
                let borrows = !isStored || layer.name == Layer.careResident.name
                if projected.kinds[row] == .none, borrows, let point = try lender.location(of: values) {
                    geometry = GeometryBlob.encode(point, srs: epsg)
                } else if projected.kinds[row] != .none || !isStored {
                    rejected.append(ImportIssue.noLocation(place(row: row, key: key), layer, projected.kinds[row]))
                    continue
                }
            }
            if let first = firstRecord[key] {
                // Roads come in pieces that share an identifier.
                if layer.geometry == .lines, joinLines(row, to: key) { continue }
                rejected.append(ImportIssue.doubledKey(place(row: row, key: key), first))
                continue
            }
            firstRecord[key] = table.records[row]
            var complete = values
            complete[0] = .text(ownKey)
            var record = LayerRecord(key: key, values: complete, geometry: geometry)
            record.kept = kept
            records.append(record)
        }
        try resolveParents(in: db)
        let file = Place(file: table.source)
        for (word, count) in unknown.sorted(by: { $0.key < $1.key }) {
            findings.append(ImportIssue.unknownCategory(file, word, count: count))
        }
        if let first = widened.first { findings.append(ImportIssue.fullWidth(first, count: widened.count)) }
        if lender.lent > 0 {
            findings.append(ImportIssue.borrowedLocation(file, from: lender.source, count: lender.lent))
        }
    }

    /// Whether a post ends after it began; that its unit is not known is only said, for it may come later.
    private mutating func isPossiblePost(row: Int, key: String, _ values: [FieldValue], in db: Database) throws -> Bool
    {
        func text(_ field: String) -> String? {
            if case .text(let text) = values[index(of: field)] { text } else { nil }
        }
        if let from = text("valid_from"), let to = text("valid_to"), to <= from {
            rejected.append(ImportIssue.reversedDates(place(row: row, key: key), from, to))
            return false
        }
        if let zoning = text("zoning"), !zoning.isEmpty {
            if zoneKeys == nil {
                zoneKeys = try Set(String.fetchAll(db, sql: "SELECT \(Layer.zone.keySQL) FROM zone"))
            }
            let zone = zoning + "/" + (text("unit") ?? "")
            if zoneKeys?.contains(zone) == false {
                findings.append(ImportIssue.unknownUnit(place(row: row, key: key, field: "unit"), zone))
            }
            return true
        }
        if let level = text("level").flatMap(Level.init(rawValue:)), level != .town, let unit = text("unit") {
            if unitCodes[level] == nil {
                unitCodes[level] = try Set(String.fetchAll(db, sql: "SELECT code FROM \(level.rawValue)"))
            }
            if unitCodes[level]?.contains(unit) == false {
                findings.append(ImportIssue.unknownUnit(place(row: row, key: key, field: "unit"), unit))
            }
        }
        return true
    }

    /// Parents that a list names by their name become their codes, where one unit only has the name.
    private mutating func resolveParents(in db: Database) throws {
        guard let level = Level(rawValue: layer.name), let above = level.parent, above != .town else { return }
        let parent = index(of: "parent")
        var codes: Set<String> = []
        var named: [String: [String]] = [:]
        try Rows.each(db, "SELECT code, name FROM \(above.rawValue) WHERE valid_to IS NULL") { row in
            codes.insert(row.text(0))
            named[row.text(1), default: []].append(row.text(0))
        }
        var count = 0
        for i in records.indices {
            guard case .text(let word) = records[i].values[parent], !word.isEmpty, !codes.contains(word),
                let found = named[word], found.count == 1
            else { continue }
            records[i].values[parent] = .text(found[0])
            count += 1
        }
        if count > 0 { findings.append(ImportIssue.parentByName(Place(file: table.source), count: count)) }
    }

    /// Whether the layer holds a record of that key, which keeps its place when a list gives none.
    private mutating func isStored(_ key: String, in db: Database) throws -> Bool {
        if let storedKeys { return storedKeys.contains(key) }
        let condition = layer.dated ? " WHERE valid_to IS NULL" : ""
        let keys = try Set(String.fetchAll(db, sql: "SELECT \(layer.keySQL) FROM \(layer.name)\(condition)"))
        storedKeys = keys
        return keys.contains(key)
    }

    private func index(of field: String) -> Int { layer.fields.firstIndex { $0.name == field }! }

    private func place(row: Int, key: String?, field: String? = nil) -> Place {
        Place(
            file: table.source, layer: layer.name, record: table.records[row], id: key ?? table.ids[row], field: field)
    }

    /// The values of a row, or nil after a rejection. Fields the table does not speak of are absent; those it has and
    /// that cannot be read are `kept`.
    private mutating func values(row: Int, _ kept: inout [Int]) -> [FieldValue]? {
        var values = layer.fields.map(\.absent)
        for (i, field) in layer.fields.enumerated() {
            guard let column = columns[i] else { continue }
            switch FieldParser.parse(column, row: row, as: field.kind) {
            case .value(.text(let text)) where Self.identifiers.contains(field.name):
                values[i] = .text(identifier(text, row: row, field: field))
            case .value(let value): values[i] = value
            case .absent:
                if field.required, i > 0 {
                    rejected.append(
                        ImportIssue.missingValue(place(row: row, key: keyText(row), field: field.name), field))
                    return nil
                }
            case .wrong(let text):
                let finding = ImportIssue.wrongValue(place(row: row, key: keyText(row), field: field.name), field, text)
                if field.required || (layer.name == Layer.post.name && i == index(of: "valid_to")) {
                    rejected.append(finding)
                    return nil
                }
                findings.append(finding)
                kept.append(i)
            }
        }
        normalise(&values)
        return values
    }

    /// Fields that other records or programs look up.
    private static let identifiers: Set = [
        "id", "code", "parent", "unit", "person", "household", "building", "object",
    ]

    /// Full-width letters and digits as half-width ones.
    private mutating func identifier(_ text: String, row: Int, field: Layer.Field) -> String {
        guard text.unicodeScalars.contains(where: { (0xFF01...0xFF5E).contains($0.value) }) else { return text }
        widened.count += 1
        if widened.first == nil { widened.first = place(row: row, key: keyText(row), field: field.name) }
        return AddressText.tidy(text)
    }

    /// Categories become the keys of the workload model.
    private mutating func normalise(_ values: inout [FieldValue]) {
        let field: Int
        let find: (String) -> WorkloadModel.Line?
        switch layer.name {
        case Layer.careResident.name: (field, find) = (index(of: "category"), model.careLine)
        case Layer.premises.name: (field, find) = (index(of: "kind"), model.premisesLine)
        default: return
        }
        guard case .text(let word) = values[field], !word.isEmpty else { return }
        if let line = find(word) { values[field] = .text(line.key) } else { unknown[word, default: 0] += 1 }
    }

    private func keyText(_ row: Int) -> String? {
        let scope = layer.scoped ? (columns[1]?.text(row: row) ?? "") + "/" : ""
        return (columns[0]?.text(row: row) ?? table.ids[row]).map { scope + AddressText.tidy($0) }
    }

    /// The record's key: its field, else the feature's identifier, else one made from the record itself.
    private mutating func key(row: Int, _ values: [FieldValue]) -> String? {
        if case .text(let key) = values[0], !key.isEmpty { return key }
        if let id = table.ids[row], !id.isEmpty { return id }
        if layer.name == Layer.post.name {
            return ["role", "unit", "person", "valid_from"].map { name in
                if case .text(let text) = values[index(of: name)] { text } else { "" }
            }.joined(separator: "/")
        }
        if layer.key.required {
            rejected.append(ImportIssue.missingValue(place(row: row, key: nil, field: layer.key.name), layer.key))
            return nil
        }
        return "~" + fingerprint(row)
    }

    /// A name for a shape without one, from its coordinates as the file has them: FNV-1a, 64 bits.
    private func fingerprint(_ row: Int) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for i in table.geometries.coordinates(ofFeature: row) {
            for value in [table.geometries.xy[2 * i], table.geometries.xy[2 * i + 1]] {
                for shift in stride(from: 0, to: 64, by: 8) {
                    hash = (hash ^ (value.bitPattern >> UInt64(shift) & 0xFF)) &* 0x100_0000_01B3
                }
            }
        }
        let hex = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - hex.count) + hex
    }

    private mutating func joinLines(_ row: Int, to key: String) -> Bool {
        guard let i = records.lastIndex(where: { $0.key == key }), let blob = records[i].geometry else { return false }
        var reader = GeometryBlobReader()
        blob.withUnsafeBytes { reader.append($0) }
        let lines = reader.geometries.feature(0) + projected.feature(row)
        var joined = Geometries()
        joined.append(.multiLineString, parts: lines)
        records[i].geometry = GeometryBlob.encode(feature: 0, of: joined, as: .lines, srs: epsg)
        return true
    }
}

/// 借用位置: where a record without coordinates is: its building, or its household.
private struct LocationLender {
    let db: Database
    let layer: Layer
    private(set) var lent = 0
    private var places: [String: PlanarPoint]?

    init(db: Database, layer: Layer) {
        self.db = db
        self.layer = layer
    }

    var source: Text {
        layer.name == Layer.careResident.name
            ? Text(zh: "所在户", en: "their household") : Text(zh: "所在楼栋", en: "their building")
    }

    mutating func location(of values: [FieldValue]) throws -> PlanarPoint? {
        let link: String
        switch layer.name {
        case Layer.careResident.name: link = "household"
        case Layer.household.name: link = "building"
        default: return nil
        }
        guard let field = layer.fields.firstIndex(where: { $0.name == link }), case .text(let id) = values[field],
            !id.isEmpty
        else { return nil }
        if places == nil { try load(link) }
        guard let point = places?[id] else { return nil }
        lent += 1
        return point
    }

    private mutating func load(_ table: String) throws {
        var found: [String: PlanarPoint] = [:]
        let open = table == "household" ? " WHERE valid_to IS NULL" : ""
        try Rows.each(db, "SELECT id, geom FROM \(table)\(open)") { row in
            if let point = row.point(1) {
                found[row.text(0)] = point
            } else {
                var reader = GeometryBlobReader()
                row.withBlob(1) { reader.append($0) }
                if let pole = PoleOfInaccessibility(of: reader.geometries, feature: 0) {
                    found[row.text(0)] = pole.point
                }
            }
        }
        places = found
    }
}
