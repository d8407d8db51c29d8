import Foundation
public import GeoGrid

/// 注记报告: how everything that should be named on a sheet was named.
public struct PlacementReport: Sendable {
    /// 方式: how a unit is named, from best to last resort.
    public enum Tier: Int, CaseIterable, Codable, Comparable, Sendable {
        case full, small, number, badge, smallBadge, leader, none

        public static func < (a: Tier, b: Tier) -> Bool { a.rawValue < b.rawValue }

        public var name: Text {
            switch self {
            case .full: Text(zh: "全注记", en: "full label")
            case .small: Text(zh: "小字注记", en: "small label")
            case .number: Text(zh: "编号加姓名", en: "number and lead")
            case .badge: Text(zh: "圆牌", en: "badge")
            case .smallBadge: Text(zh: "小圆牌", en: "small badge")
            case .leader: Text(zh: "引线注记", en: "leader to the margin")
            case .none: Text(zh: "未注", en: "not named")
            }
        }
    }

    /// One unit and how it is named.
    public struct Entry: Hashable, Sendable {
        public var level: Level
        public var code: String
        public var name: String
        public var tier: Tier
    }

    public var entries: [Entry] = []
    public var careShownAlone = 0
    public var careShownInClusters = 0
    public var careMoved = 0
    public var careMissing = 0
    public var risksShown = 0
    public var risksMissing = 0
    public var ledgersShownAlone = 0
    public var ledgersShownInClusters = 0
    public var ledgersMissing = 0
    public var streetsNamed = 0
    public var streetsWithoutRoom: [String] = []
    public var buildingsNumbered = 0
    public var buildingsWithoutRoom = 0

    public init() {}

    public func count(_ level: Level, _ tier: Tier? = nil) -> Int {
        entries.count { $0.level == level && (tier == nil || $0.tier == tier) }
    }

    /// Notes that a unit listed before is named after all.
    mutating func name(_ code: String, _ level: Level, by tier: Tier) {
        for i in entries.indices where entries[i].level == level && entries[i].code == code { entries[i].tier = tier }
    }

    /// Units of a level that bear any name.
    public func named(_ level: Level) -> Int { count(level) - count(level, PlacementReport.Tier.none) }

    /// Units named inside their own area.
    public func inside(_ level: Level) -> Int { entries.count { $0.level == level && $0.tier < .leader } }

    /// Grids and microgrids that did not get the first or second tier (microgrids: any number).
    public var shortened: [Entry] {
        entries.filter { $0.level == .microgrid ? $0.tier == .none : $0.tier > .small }
    }

    /// The report for a person to read.
    public func text(_ language: Language) -> String {
        var lines: [String] = []
        func add(_ zh: String, _ en: String) { lines.append(Text(zh: zh, en: en)[language]) }
        for level in [Level.community, .grid, .microgrid] where count(level) > 0 {
            let name = LevelNames()[level][language]
            add(
                "\(name) \(count(level)) 个：已注 \(named(level))，在界内 \(inside(level))",
                "\(count(level)) \(name)s: \(named(level)) named, \(inside(level)) inside their own area")
            for tier in Tier.allCases where level == .grid && count(level, tier) > 0 {
                lines.append("  \(tier.name[language]) \(count(level, tier))")
            }
        }
        if careShownAlone + careShownInClusters + careMissing > 0 {
            add(
                "关爱对象：单独 \(careShownAlone)，聚合 \(careShownInClusters)，移位 \(careMoved)，缺 \(careMissing)",
                "care residents: \(careShownAlone) alone, \(careShownInClusters) in clusters, \(careMoved) moved, "
                    + "\(careMissing) missing")
        }
        if risksShown + risksMissing > 0 {
            add("风险点：已绘 \(risksShown)，缺 \(risksMissing)", "risks: \(risksShown) shown, \(risksMissing) missing")
        }
        if ledgersShownAlone + ledgersShownInClusters + ledgersMissing > 0 {
            add(
                "台账：单独 \(ledgersShownAlone)，聚合 \(ledgersShownInClusters)，缺 \(ledgersMissing)",
                "ledgers: \(ledgersShownAlone) alone, \(ledgersShownInClusters) in clusters, \(ledgersMissing) missing")
        }
        if streetsNamed + streetsWithoutRoom.count > 0 {
            add(
                "街道：已注 \(streetsNamed)，无处可注 \(streetsWithoutRoom.count)",
                "streets: \(streetsNamed) named, \(streetsWithoutRoom.count) without room")
        }
        if !shortened.isEmpty {
            add("缩略或未注：", "shortened or not named:")
            for entry in shortened { lines.append("  \(entry.code) \(entry.name) \(entry.tier.name[language])") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension PlacementReport {
    private struct Summary: Encodable {
        struct Unit: Encodable {
            var level: Level
            var code: String
            var name: String
            var tier: String
        }
        var named: [String: Int]
        var inside: [String: Int]
        var tiers: [String: Int]
        var care: [String: Int]
        var risks: [String: Int]
        var ledgers: [String: Int]
        var streetsNamed: Int
        var streetsWithoutRoom: [String]
        var shortened: [Unit]
    }

    /// The report as JSON, keys sorted.
    public var json: String {
        let levels = [Level.community, .grid, .microgrid].filter { count($0) > 0 }
        let summary = Summary(
            named: Dictionary(uniqueKeysWithValues: levels.map { ($0.rawValue, named($0)) }),
            inside: Dictionary(uniqueKeysWithValues: levels.map { ($0.rawValue, inside($0)) }),
            tiers: Dictionary(uniqueKeysWithValues: Tier.allCases.map { ("\($0)", count(.grid, $0)) }),
            care: [
                "alone": careShownAlone, "clustered": careShownInClusters, "moved": careMoved, "missing": careMissing,
            ], risks: ["shown": risksShown, "missing": risksMissing],
            ledgers: [
                "alone": ledgersShownAlone, "clustered": ledgersShownInClusters, "missing": ledgersMissing,
            ], streetsNamed: streetsNamed,
            streetsWithoutRoom: streetsWithoutRoom,
            shortened: shortened.map { .init(level: $0.level, code: $0.code, name: $0.name, tier: "\($0.tier)") })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(summary) else { return "{}\n" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
