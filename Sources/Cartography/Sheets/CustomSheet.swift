public import GeoGrid
import Yams

/// 专题图: a sheet described in YAML: what layers, which colours, and what the colours mean in words.
///
/// ```yaml
/// title: 云溪镇防汛责任图
/// level: grid            # whose units bear labels and colours: community, grid, microgrid
/// base: grey             # full, grey, none
/// show: [unitLabels, communityPlates, servicePoints, streetNames]
/// legend:
///   title: 防汛等级
///   classes:
///     - { colour: "#d8e8f5", text: 一般 }
///     - { colour: "#f0b27a", text: 重点 }
/// layers: [hazards]      # ledgers: premises, hazards, projects, parcels, events, households, care
/// units:                 # code of a unit → number of its class, from 1
///   "360681101001001": 2
/// ```
public enum CustomSheet {
    private struct File: Decodable {
        struct LegendPart: Decodable {
            struct Class: Decodable {
                var colour: String
                var text: String
            }
            var title: String?
            var classes: [Class]
        }
        var title: String
        var subtitle: String?
        var level: Level?
        var base: SheetSpecification.Base?
        var focus: String?
        var show: [SheetSpecification.Element]?
        var legend: LegendPart?
        var units: [String: Int]?
        var layers: [String]?
        var details: [String: String]?
        var notes: [String]?
    }

    /// Reads a description. Throws GG609 where it cannot be understood or names units the town does not have.
    ///
    /// - Parameter ledgers: gives the ledgers of the names under `layers`.
    public static func read(
        _ text: String, file: String, town: DisclosedTown, ledgers: ([String]) throws -> [DisclosedLedger] = { _ in [] }
    ) throws -> SheetSpecification {
        let read: File
        do {
            read = try YAMLDecoder().decode(File.self, from: text)
        } catch {
            throw unusable(file, "\(error)", "\(error)")
        }
        let layers = try ledgers((read.layers ?? []).filter { $0 != "care" })
        var sheet = SheetSpecification(
            title: Text(zh: read.title, en: read.title),
            subtitle: Text(zh: read.subtitle ?? "", en: read.subtitle ?? ""),
            elements: Set(read.show ?? [.unitLabels, .communityPlates, .streetNames, .summary]))
        let level = read.level ?? .grid
        sheet.labelLevel = level
        sheet.base = read.base ?? .grey
        if let focus = read.focus {
            if town.communities.codes.contains(focus) {
                sheet.focus = .community(focus)
            } else if town.grids.codes.contains(focus) {
                sheet.focus = .grid(focus)
            } else {
                throw unusable(file, "没有编码为 \(focus) 的单元", "no unit bears the code \(focus)")
            }
        }
        for entry in read.legend?.classes ?? [] {
            guard let colour = Colour(hex: entry.colour) else {
                throw unusable(file, "颜色 \(entry.colour) 不是 #rrggbb", "the colour \(entry.colour) is not #rrggbb")
            }
            sheet.classes.append(.init(colour, Text(zh: entry.text, en: entry.text)))
        }
        if let title = read.legend?.title { sheet.classTitle = Text(zh: title, en: title) }
        let layer = town.units(level)
        let index = layer.indexByCode()
        if let units = read.units {
            var classes = [Int?](repeating: nil, count: layer.count)
            for (code, number) in units.sorted(by: { $0.key < $1.key }) {
                guard let unit = index[code] else {
                    throw unusable(file, "没有编码为 \(code) 的单元", "no unit bears the code \(code)")
                }
                guard sheet.classes.indices.contains(number - 1) else {
                    throw unusable(
                        file, "\(code) 的级别 \(number) 不在图例中", "class \(number) of \(code) is not in the legend")
                }
                classes[unit] = number - 1
            }
            sheet.fill = .classes(level, classes)
        } else {
            sheet.fill = layers.contains { $0.heat != nil } ? .none : .colouring(level)
        }
        if read.layers?.contains("care") == true { sheet.elements.insert(.careSymbols) }
        if let details = read.details { sheet.details = layer.codes.map { details[$0] ?? "" } }
        if let notes = read.notes, !notes.isEmpty {
            sheet.notes = [.init(title: Text(zh: "说明", en: "Notes"), lines: notes.map { Text(zh: $0, en: $0) })]
        }
        for ledger in layers { sheet.add(ledger) }
        return sheet
    }

    private static func unusable(_ file: String, _ zh: String, _ en: String) -> GeoGridError {
        GeoGridError(
            .customSheetUnusable, Text(zh: "专题图 \(file)：\(zh)", en: "custom sheet \(file): \(en)"),
            remedy: Text(zh: "对照 docs/commands/map.md 的例子", en: "compare with the example in docs/commands/map.md"))
    }
}

extension IssueCode {
    static let customSheetUnusable = IssueCode("GG609")
}
