import ArgumentParser
import GeoGrid
import GridStore

/// 镇文件参数: the town a command works on.
struct TownArgument: ParsableArguments {
    @Argument(help: "镇文件 / town file.", completion: .file(extensions: ["gpkg"]))
    var town: String

    /// Opens it; commands that change nothing open it read-only.
    func open(readOnly: Bool = true) throws -> TownFile {
        try TownFile.open(town, readOnly: readOnly)
    }
}

/// 日期选项: the day an answer is for.
struct DayOption: ParsableArguments {
    @Option(name: .customLong("on"), help: "哪一天，默认今天，如 2026-03-01 / the day, today unless named.")
    var day: Day?

    var resolved: Day { day ?? .today }
}
