import Foundation
import GeoGrid
import Planner

/// 合并对照表文件.
enum MergerFile {
    /// Reads `old_code, grid, new_code, new_name` or the Chinese headers. Throws GG413 where a column is missing.
    static func read(_ path: String) throws -> MergerTable {
        let table = try Intake.read(URL(fileURLWithPath: path)).table
        func column(_ names: [String]) -> PropertyColumn? {
            names.lazy.compactMap { table.column(named: $0) }.first
        }
        let new = column(["new_code", "新社区编码"])
        let name = column(["new_name", "新社区名称"])
        guard let old = column(["old_code", "旧社区编码", "原社区编码"]), new != nil || name != nil else {
            throw GeoGridError(
                .missingField,
                Text(
                    zh: "\(path) 缺少列 old_code，或 new_code、new_name 都没有",
                    en: "\(path) lacks the column old_code, or both new_code and new_name"),
                remedy: Text(
                    zh: "列：old_code, grid, new_code, new_name", en: "columns: old_code, grid, new_code, new_name"))
        }
        let grid = column(["grid", "网格编码"])
        return MergerTable(
            rows: (0..<table.count).map {
                MergerTable.Row(
                    oldCode: old.text(row: $0) ?? "", gridCode: grid?.text(row: $0) ?? "",
                    newCode: new?.text(row: $0) ?? "", newName: name?.text(row: $0) ?? "")
            })
    }
}
