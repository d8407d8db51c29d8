import CSimdjson

extension GeoJSONIssue {
    /// Why nothing, or nothing more, can be read. `features` is how many were whole before.
    func error(file: String, features: Int) -> GeoGridError {
        let export = Text(zh: "请重新导出 GeoJSON 文件", en: "Export the GeoJSON file again")
        switch kind {
        case GG_FATAL_TRUNCATED:
            return GeoGridError(
                .fileTruncated,
                Text(
                    zh: "“\(file)”不完整：在第 \(line) 行（第 \(byte) 字节）突然结束，之前有 \(features) 个完整要素，一个也没有采用",
                    en: "“\(file)” is cut off: it ends at line \(line), byte \(byte), within a feature or list; the "
                        + "\(features) whole features before were not taken"),
                remedy: Text(zh: "请重新复制或下载整个文件", en: "Copy or download the whole file again"))
        case GG_FATAL_EMPTY:
            return GeoGridError(
                .notGeoJSON, Text(zh: "“\(file)”是空文件", en: "“\(file)” is empty"), remedy: export)
        case GG_FATAL_UTF16:
            return .wrongEncoding(file: file, line: 1, encoding: "UTF-16")
        case GG_FATAL_TOO_DEEP, GG_FATAL_TOO_LARGE:
            let what =
                kind == GG_FATAL_TOO_DEEP
                ? Text(zh: "括号套得没有尽头", en: "brackets nest without end")
                : Text(
                    zh: "一个要素超过 \(GeoJSONStream.largestFeature >> 20) MB",
                    en: "a feature is larger than \(GeoJSONStream.largestFeature >> 20) MB")
            return GeoGridError(
                .beyondLimit,
                Text(
                    zh: "“\(file)”第 \(line) 行（第 \(byte) 字节）：\(what.zh)，不再往下读",
                    en: "“\(file)”, line \(line), byte \(byte): \(what.en); reading stopped"), remedy: export)
        case GG_FATAL_TOPOJSON:
            return GeoGridError(
                .notGeoJSON, Text(zh: "“\(file)”是 TopoJSON，不是 GeoJSON", en: "“\(file)” is TopoJSON, not GeoJSON"),
                remedy: Text(
                    zh: "请先转换：ogr2ogr -f GeoJSON 新文件.geojson \(file)",
                    en: "Convert it first: ogr2ogr -f GeoJSON new.geojson \(file)"))
        case GG_FATAL_ESRI_JSON:
            return GeoGridError(
                .notGeoJSON, Text(zh: "“\(file)”是 Esri JSON，不是 GeoJSON", en: "“\(file)” is Esri JSON, not GeoJSON"),
                remedy: Text(
                    zh: "导出时请选 GeoJSON，或转换：ogr2ogr -f GeoJSON 新文件.geojson \(file)",
                    en: "Export as GeoJSON, or convert: ogr2ogr -f GeoJSON new.geojson \(file)"))
        case GG_FATAL_SYNTAX:
            return GeoGridError(
                .jsonSyntax,
                Text(
                    zh: "“\(file)”从第 \(line) 行起括号反复不配对，在“\(detail)”处放弃",
                    en: "“\(file)”: brackets do not match again and again; given up at line \(line) near “\(detail)”"),
                remedy: export)
        case GG_FATAL_NOT_AN_OBJECT:
            let hint =
                detail.hasPrefix("<")
                ? Text(zh: "（看起来是 XML 或网页）", en: " (it looks like XML or a web page)")
                : detail.hasPrefix("[") ? Text(zh: "（是列表）", en: " (it is a list)") : Text(zh: "", en: "")
            return GeoGridError(
                .notGeoJSON,
                Text(
                    zh: "“\(file)”不是 GeoJSON：应以 { 开头，实际是“\(detail.prefix(24))”\(hint.zh)",
                    en:
                        "“\(file)” is no GeoJSON: it must begin with {, and begins with “\(detail.prefix(24))”\(hint.en)"
                ),
                remedy: export)
        default:
            return GeoGridError(
                .notGeoJSON,
                Text(
                    zh: "“\(file)”是 JSON，但不是 GeoJSON：类型“\(detail)”不是 FeatureCollection、Feature 或图形，也没有要素列表 features",
                    en: "“\(file)” is JSON but no GeoJSON: its type “\(detail)” is not FeatureCollection, Feature or a "
                        + "geometry, and it has no list of features"), remedy: export)
        }
    }
}

extension GeoGridError {
    static func wrongEncoding(file: String, line: Int, encoding: String = "GB18030") -> GeoGridError {
        GeoGridError(
            .wrongEncoding,
            Text(
                zh: "“\(file)”的文字是 \(encoding) 编码（第 \(line) 行起），GeoJSON 规定用 UTF-8",
                en: "“\(file)” is written in \(encoding) (from line \(line)); GeoJSON must be UTF-8"),
            remedy: Text(
                zh: "导出时选 UTF-8，或转换：iconv -f \(encoding) -t UTF-8 \(file) > 新文件.geojson",
                en: "Export as UTF-8, or convert: iconv -f \(encoding) -t UTF-8 \(file) > new.geojson"))
    }
}
