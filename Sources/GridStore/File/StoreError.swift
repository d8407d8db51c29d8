import GRDB
import GeoGrid

extension IssueCode {
    static let newerFile = IssueCode("GG500")
    static let notATownFile = IssueCode("GG501")
    static let damagedFile = IssueCode("GG502")
    static let lockedFile = IssueCode("GG503")
    static let fullDisk = IssueCode("GG504")
    static let forbiddenFile = IssueCode("GG505")
    static let existingFile = IssueCode("GG506")
    static let missingFile = IssueCode("GG507")
    static let databaseFailure = IssueCode("GG508")
}

/// What can be wrong with a town file as a whole.
enum StoreError {
    static func newer(_ path: String) -> GeoGridError {
        GeoGridError(
            .newerFile,
            Text(
                zh: "\(path) 由更新版本的 geogrid 写成，本版本不能使用。",
                en: "\(path) was written by a newer geogrid; this version cannot use it."),
            remedy: Text(zh: "升级 geogrid；文件未改动。", en: "Upgrade geogrid. The file is unchanged."))
    }

    static func notATown(_ path: String) -> GeoGridError {
        GeoGridError(
            .notATownFile, Text(zh: "\(path) 不是镇文件。", en: "\(path) is no town file."),
            remedy: Text(
                zh: "镇文件由 geogrid init 建立；GeoJSON、CSV 等要用 geogrid import 导入。",
                en: "A town file is made by geogrid init; GeoJSON, CSV and others come in with geogrid import."))
    }

    static func damaged(_ path: String, _ detail: String = "") -> GeoGridError {
        GeoGridError(
            .damagedFile,
            Text(
                zh: "镇文件 \(path) 已损坏\(detail.isEmpty ? "" : "（\(detail)）")。",
                en: "the town file \(path) is damaged\(detail.isEmpty ? "" : " (\(detail))")."),
            remedy: Text(
                zh: "从备份恢复，或用 sqlite3 的 .recover 命令抢救。", en: "Restore a backup, or rescue it with sqlite3's .recover."))
    }

    static func missing(_ path: String) -> GeoGridError {
        GeoGridError(
            .missingFile, Text(zh: "没有镇文件 \(path)。", en: "there is no town file \(path)."),
            remedy: Text(
                zh: "检查路径；新建用 geogrid init。", en: "Check the path; geogrid init makes a new one."))
    }

    static func directory(_ path: String) -> GeoGridError {
        GeoGridError(
            .missingFile, Text(zh: "\(path) 是文件夹，不是镇文件。", en: "\(path) is a directory, not a town file."),
            remedy: Text(zh: "给出文件夹中的 .gpkg 文件。", en: "Name the .gpkg file inside it."))
    }

    static func forbidden(_ path: String) -> GeoGridError {
        GeoGridError(
            .forbiddenFile, Text(zh: "没有权限读写 \(path)。", en: "no permission for \(path)."),
            remedy: Text(
                zh: "检查文件和所在文件夹的权限（镇文件只对所有者开放）。",
                en: "Check the permissions of the file and its folder; a town file is open to its owner only."))
    }

    static func existing(_ path: String) -> GeoGridError {
        GeoGridError(
            .existingFile, Text(zh: "\(path) 已存在，不会覆盖。", en: "\(path) exists and is not overwritten."),
            remedy: Text(zh: "换一个文件名，或先移走它。", en: "Choose another name, or move it away."))
    }

    static func full(_ path: String) -> GeoGridError {
        GeoGridError(
            .fullDisk, Text(zh: "写入 \(path) 时磁盘已满。", en: "the disk is full while writing \(path)."),
            remedy: Text(zh: "腾出空间后重试；文件未改动。", en: "Make room and try again. The file is unchanged."))
    }

    static func locked(_ path: String) -> GeoGridError {
        GeoGridError(
            .lockedFile,
            Text(zh: "\(path) 正被另一个程序使用。", en: "another program is using \(path)."),
            remedy: Text(
                zh: "关闭打开它的 QGIS 或其他 geogrid 后重试；文件未改动。",
                en: "Close the QGIS or geogrid that has it open and try again. The file is unchanged."))
    }

    /// What SQLite said, as an error of ours. Other errors pass as they are.
    static func mapped(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return locked(path)
        case .SQLITE_NOTADB: return notATown(path)
        case .SQLITE_CORRUPT: return damaged(path, error.message ?? "")
        case .SQLITE_FULL: return full(path)
        // Writing past a size limit or a quota comes back as a failed write.
        case .SQLITE_IOERR:
            return error.extendedResultCode == .SQLITE_IOERR_WRITE || error.extendedResultCode == .SQLITE_IOERR_FSYNC
                ? full(path) : damaged(path, error.message ?? "")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: return forbidden(path)
        default:
            return GeoGridError(
                .databaseFailure,
                Text(zh: "镇文件 \(path) 出错：\(error)", en: "the town file \(path) failed: \(error)"),
                remedy: Text(zh: "文件未改动；请附上这条信息报告问题。", en: "The file is unchanged; report this with the message."))
        }
    }
}
