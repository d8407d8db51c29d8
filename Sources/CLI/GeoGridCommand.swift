import ArgumentParser

/// The `geogrid` program: one file a command in `Commands`.
@main
struct GeoGridCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geogrid",
        abstract: "网格规划、分析与制图 / Plan, analyse and print the governance grids of a town.",
        subcommands: []
    )
}
