import GeoGrid
import Planner

/// What all sheets of one town share: border lines, colours, boxes, the hierarchy. Made once, read by every page.
struct MapCache: Sendable {
    let chain: UnitChain
    let lines: [Level: Linework]
    let colours: [Level: [Int]]
    let boxes: [Level: [Box]]
    let buildingBoxes: [Box]
    let roadBoxes: [Box]
    let careStyles: [String: SymbolStyle]
    let careNames: [String: Text]
    let careOrder: [String]
    let palette: [Colour]

    init(_ town: DisclosedTown, palette: [Colour]) {
        self.palette = palette
        chain = UnitChain(communities: town.communities, grids: town.grids, microgrids: town.microgrids)
        var builder = Linework.Builder()
        var lines: [Level: Linework] = [:]
        var colours: [Level: [Int]] = [:]
        var boxes: [Level: [Box]] = [:]
        for level in [Level.community, .grid, .microgrid] {
            let layer = town.units(level)
            let work = builder.add(layer.areas)
            lines[level] = work
            colours[level] = MapColouring.colours(
                of: Adjacency(count: layer.count, pairs: work.pairs), palette: palette.count)
            boxes[level] = (0..<layer.count).map { layer.areas.box(ofFeature: $0) }
        }
        self.lines = lines
        self.colours = colours
        self.boxes = boxes
        buildingBoxes = town.buildings.map { Self.box($0.footprint.flatMap { $0 }) }
        roadBoxes = town.roads.map { Self.box($0.lines) }
        let model = WorkloadModel.standard
        var order = model.care.map(\.key)
        var names = Dictionary(model.care.map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
        for category in Set(town.careSymbols.map(\.category)).sorted() {
            if let line = model.careLine(named: category) {
                names[category] = line.name
                if !order.contains(category), let place = order.firstIndex(of: line.key) {
                    order.insert(category, at: place)
                }
            } else {
                names[category] = Text(zh: category, en: category)
                order.append(category)
            }
        }
        let present = Set(town.careSymbols.map(\.category))
        careOrder = order.filter(present.contains)
        careNames = names
        careStyles = Dictionary(
            careOrder.enumerated().map { ($0.element, MapStyle.careForms[$0.offset % MapStyle.careForms.count]) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func box(_ paths: [[PlanarPoint]]) -> Box {
        var box = Box.empty
        for path in paths { for p in path { box.extend(x: p.x, y: p.y) } }
        return box
    }
}

/// 简称: how units are named on a map, where the sheet already says the town and community.
enum UnitNames {
    /// The name without the names of what contains it.
    static func short(_ name: String, within parents: [String]) -> String {
        var short = name[...]
        for parent in parents where !parent.isEmpty && short.hasPrefix(parent) && short.count > parent.count {
            short = short.dropFirst(parent.count)
        }
        if short.count < name.count { short = short.drop { "-. /_".contains($0) } }
        return short.isEmpty ? name : String(short)
    }

    /// The number a badge bears: the digits in the name, else the last digits of the code.
    static func number(name: String, code: String, parent: String) -> String {
        var digits = ""
        for character in name.reversed() {
            if character.isASCII, character.isNumber {
                digits = String(character) + digits
            } else if !digits.isEmpty {
                break
            }
        }
        if !digits.isEmpty, digits.count <= 4 { return digits }
        return serial(code: code, parent: parent)
    }

    /// The last digits of a code, those of its parent and leading zeros left out.
    static func serial(code: String, parent: String) -> String {
        // A code that does not go on from its parent's is told by the last part of it that is not all zeros.
        let parts = code.split { "-./_".contains($0) }
        let last = parts.last { $0.contains { $0 != "0" } } ?? code.suffix(3)
        var tail = code.hasPrefix(parent) && code.count > parent.count ? code.dropFirst(parent.count) : last.suffix(4)
        while let first = tail.first, first == "-" || first == "." || first == "/" { tail = tail.dropFirst() }
        let trimmed = tail.drop { $0 == "0" }
        return trimmed.isEmpty ? String(tail.suffix(3)) : String(trimmed.suffix(4))
    }
}
