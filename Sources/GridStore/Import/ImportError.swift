import GeoGrid

extension IssueCode {
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
}
