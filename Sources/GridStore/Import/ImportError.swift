import GeoGrid

extension IssueCode {
    static let missingColumn = IssueCode("GG152")
    static let unknownColumn = IssueCode("GG153")
    static let otherSystem = IssueCode("GG510")
}

/// What makes an import impossible as a whole.
enum ImportError {
    static func otherSystem(_ file: Int, _ given: Int) -> GeoGridError {
        GeoGridError(
            .otherSystem,
            Text(
                zh: "镇文件使用 EPSG:\(file)，不能写入 EPSG:\(given) 的数据。",
                en: "the town file is in EPSG:\(file); data in EPSG:\(given) cannot be written to it."),
            remedy: Text(zh: "先投影到镇文件的坐标系。", en: "Project the data to the system of the town file first."))
    }

    static func noField(_ field: String, of layer: Layer) -> GeoGridError {
        let names = layer.fields.map(\.name).joined(separator: ", ")
        return GeoGridError(
            .unknownColumn,
            Text(zh: "\(layer.title.zh)图层没有字段 \(field)。", en: "the layer \(layer.name) has no field \(field)."),
            remedy: Text(zh: "可用字段：\(names), lon, lat", en: "Fields: \(names), lon, lat"))
    }

    static func noColumn(_ column: String, in table: FeatureTable, headers: [String]) -> GeoGridError {
        let names = headers.joined(separator: ", ")
        return GeoGridError(
            .unknownColumn,
            Text(zh: "\(table.source) 没有列 “\(column)”。", en: "\(table.source) has no column “\(column)”."),
            remedy: Text(zh: "文件的列：\(names)", en: "Its columns: \(names)"))
    }

    static func missingColumn(_ field: Layer.Field, of layer: Layer, headers: [String]) -> GeoGridError {
        let names = headers.joined(separator: ", ")
        return GeoGridError(
            .missingColumn,
            Text(
                zh: "找不到“\(field.title.zh)”（\(field.name)）对应的列。",
                en: "no column is the field \(field.name) (\(field.title.en))."),
            remedy: Text(
                zh: "用 --field \(field.name)=列名 指定；文件的列：\(names)",
                en: "Name it with --field \(field.name)=COLUMN; the file has: \(names)"))
    }
}
