import Foundation
import GeoGrid
import GridStore

/// 自检项: one thing the program needs or can use.
struct Doctor {
    enum State: String {
        case found, missing
        /// Not there, and only some commands want it.
        case optional

        var text: Text {
            switch self {
            case .found: Text(zh: "正常", en: "ok")
            case .missing: Text(zh: "缺少", en: "missing")
            case .optional: Text(zh: "未安装", en: "not installed")
            }
        }
    }

    var name: Text
    var state: State
    var detail: Text

    var json: JSONValue {
        ["name": .text(name), "state": .string(state.rawValue), "detail": .text(detail)]
    }

    static func checks() -> [Doctor] {
        libraries + [font(), projData()] + tools
    }

    private static var libraries: [Doctor] {
        [
            ("GEOS", GEOSContext.version), ("PROJ", CRS.libraryVersion), ("SQLite", TownFile.libraryVersion),
            ("simdjson", GeoJSONReader.libraryVersion),
        ].map { name, version in
            Doctor(name: Text(zh: name, en: name), state: .found, detail: Text(zh: version, en: version))
        }
    }

    private static func font() -> Doctor {
        let name = Text(zh: "中文字体", en: "Chinese font")
        let package = Text(
            zh: "安装 fonts-noto-cjk，否则汉字画不出来", en: "install fonts-noto-cjk, or Chinese labels cannot be drawn")
        guard let match = output(of: "fc-match", ["Noto Sans CJK SC:lang=zh-cn", "family"]) else {
            return Doctor(
                name: name, state: .missing,
                detail: Text(zh: "没有 fc-match，请安装 fontconfig", en: "no fc-match: install fontconfig"))
        }
        return match.contains("CJK")
            ? Doctor(name: name, state: .found, detail: Text(zh: match, en: match))
            : Doctor(name: name, state: .missing, detail: package)
    }

    private static func projData() -> Doctor {
        let name = Text(zh: "PROJ 数据库", en: "PROJ database")
        let folders =
            [getenv("PROJ_DATA"), getenv("PROJ_LIB")].compactMap { $0.map { String(cString: $0) } }
            + ["/usr/share/proj", "/usr/local/share/proj"]
        guard let folder = folders.first(where: { FileManager.default.fileExists(atPath: $0 + "/proj.db") }) else {
            return Doctor(
                name: name, state: .missing,
                detail: Text(zh: "找不到 proj.db，请安装 proj-data", en: "no proj.db: install proj-data"))
        }
        return Doctor(name: name, state: .found, detail: Text(zh: "\(folder)/proj.db", en: "\(folder)/proj.db"))
    }

    private static var tools: [Doctor] {
        [
            (
                "ogr2ogr", "gdal-bin",
                Text(zh: "读 Shapefile、KML、DXF、TAB、XLSX", en: "reads Shapefile, KML, DXF, TAB, XLSX")
            ),
            ("osmium", "osmium-tool", Text(zh: "读 OpenStreetMap 数据", en: "reads OpenStreetMap extracts")),
        ].map { tool, package, use in
            path(of: tool).map {
                Doctor(name: Text(zh: tool, en: tool), state: .found, detail: Text(zh: $0, en: $0))
            }
                ?? Doctor(
                    name: Text(zh: tool, en: tool), state: .optional,
                    detail: Text(zh: "\(use.zh)；安装 \(package)", en: "\(use.en); install \(package)"))
        }
    }

    private static func path(of tool: String) -> String? {
        let folders = (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin").split(separator: ":")
        return folders.lazy.map { "\($0)/\(tool)" }.first { access($0, X_OK) == 0 }
    }

    /// First line a tool prints; nil when it is missing or fails.
    private static func output(of tool: String, _ arguments: [String]) -> String? {
        guard let path = path(of: tool) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }
}
