import ArgumentParser
import GeoGrid
import Sample

/// 样例: draws a made-up town, to try everything with.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "生成虚构的样例镇（任意规模） / Draw a made-up town of any size, the same bytes for the same seed.")

    @OptionGroup var global: GlobalOptions

    @Option(name: .shortAndLong, help: "写入的文件夹 / folder to write to.")
    var output: String

    @Option(help: "随机种子 / seed.")
    var seed: UInt64 = 2026

    @Option(help: "社区数，默认 19 / communities, 19 unless said.")
    var communities: Int?

    @Option(help: "网格数，默认 241 / grids, 241 unless said.")
    var grids: Int?

    @Option(help: "微网格数，默认 952 / microgrids, 952 unless said.")
    var microgrids: Int?

    @Option(help: "户数，默认 25000 / households, 25,000 unless said.")
    var households: Int?

    @Option(help: "关爱人员数 / care residents.")
    var care: Int?

    @Flag(help: "改写埋有错误的小镇 dirty/，规模固定 / write the small town with planted faults instead, of fixed size.")
    var dirty = false

    func validate() throws {
        if dirty, communities != nil || grids != nil || microgrids != nil || households != nil || care != nil {
            throw ValidationError("--dirty 的规模是固定的 / --dirty takes no sizes")
        }
        let options = options
        guard options.communities >= 1, options.grids >= options.communities, options.microgrids >= options.grids,
            options.households >= 1, options.careResidents >= 0
        else {
            throw ValidationError(
                "要求 1 ≤ 社区 ≤ 网格 ≤ 微网格，户数至少 1 / wanted: 1 ≤ communities ≤ grids ≤ microgrids, households at least 1")
        }
    }

    /// What is not said keeps the proportions of what is.
    private var options: SampleOptions {
        var options = SampleOptions()
        options.seed = seed
        let base = options
        if communities != nil || grids != nil || microgrids != nil || households != nil {
            let g = grids ?? microgrids.map { max(1, $0 * base.grids / base.microgrids) } ?? base.grids
            let m = microgrids ?? (grids.map { $0 * 4 } ?? base.microgrids)
            options = SampleOptions(
                seed: seed, communities: communities ?? max(1, g * base.communities / base.grids), grids: g,
                microgrids: m, households: households ?? max(1, m * base.households / base.microgrids))
        }
        if let care { options.careResidents = care }
        return options
    }

    func run() throws {
        let console = global.console
        if dirty {
            let town = DirtyTown.make()
            try SampleFile.write(town.files, to: output)
            return console.answer(
                json: ["folder": .string(output), "files": .int(town.files.count), "faults": .int(town.faults.count)]
            ) { lines in
                lines.add(
                    Text(
                        zh: "已写入 \(output)/dirty：埋设的错误见 faults.csv。",
                        en: "Written to \(output)/dirty: faults.csv lists what was planted."))
            }
        }
        let sample = SampleTown.make(options)
        let files = sample.files
        try SampleFile.write(files, to: output)
        let town = sample.town
        let counts: [(Text, Int)] = [
            (Text(zh: "社区", en: "communities"), town.communities.count),
            (Text(zh: "网格", en: "grids"), town.grids.count),
            (Text(zh: "微网格", en: "microgrids"), town.microgrids.count),
            (Text(zh: "楼栋", en: "buildings"), town.buildings.count),
            (Text(zh: "户", en: "households"), town.households.count),
            (Text(zh: "人", en: "persons"), town.households.reduce(0) { $0 + $1.persons }),
            (Text(zh: "关爱人员", en: "care residents"), town.careResidents.count),
            (Text(zh: "岗位", en: "posts"), town.posts.count),
        ]
        let bytes = files.reduce(0) { $0 + $1.bytes.count }
        console.answer(
            json: [
                "folder": .string(output), "files": .int(files.count), "bytes": .int(bytes),
                "counts": .object(
                    Dictionary(
                        uniqueKeysWithValues: counts.map { ($0.0.en.replacing(" ", with: "_"), JSONValue.int($0.1)) })),
            ]
        ) { lines in
            var table = TextTable(.text("内容", "what"), .number("数量", "count"))
            for (what, count) in counts { table.append(console(what), String(count)) }
            lines.add(table)
            lines.add(
                Text(
                    zh: "已写入 \(output)：\(files.count) 个文件，\(bytes) 字节。全部虚构。",
                    en: "Written to \(output): \(files.count) files, \(bytes) bytes. All made up."))
        }
    }
}
