import ArgumentParser
import Foundation
import GeoGrid

/// The `geogrid` program: one file a command in `Commands`.
@main
struct GeoGridCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geogrid",
        abstract: "网格规划、分析与制图 / Plan, analyse and print the governance grids of a town.",
        version: Version.string,
        subcommands: [
            InitCommand.self,
            InfoCommand.self,
            ImportCommand.self,
            AuditCommand.self,
            RepairCommand.self,
            AssignCommand.self,
            WorkloadCommand.self,
            LocateCommand.self,
            TagCommand.self,
            MatchCommand.self,
            StaffCommand.self,
            ZonesCommand.self,
            LedgerCommand.self,
            EventsCommand.self,
            BoundsCommand.self,
            ExportCommand.self,
            MapCommand.self,
            CardsCommand.self,
            SampleCommand.self,
            RedrawCommand.self,
            BalanceCommand.self,
            ProposeCommand.self,
            PlanCommand.self,
            DoctorCommand.self,
            CoverageCommand.self,
            SiteCommand.self,
            PairCommand.self,
            EvacuateCommand.self,
            VisitCommand.self, PatrolCommand.self,
            ServeDemandCommand.self,
            CarePlansCommand.self,
        ]
    )

    static func main() async {
        // A file size limit is an error to report, not a death.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Failure(error, arguments: CommandLine.arguments).report()
        }
    }
}
