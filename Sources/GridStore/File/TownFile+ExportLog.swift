import GRDB

extension TownFile {
    /// 导出记录: notes that an output with names left the file, and in which edition.
    public func logExport(command: String, edition: String, target: String, detail: String = "") throws {
        try write { db in
            try db.execute(
                sql: "INSERT INTO export_log (command, edition, target, detail) VALUES (?, ?, ?, ?)",
                arguments: [command, edition, target, detail])
        }
    }
}
