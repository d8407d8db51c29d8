import Foundation
import GeoGrid

/// 符号: how a category of residents is drawn: a shape and a colour, told apart by shape alone in gray.
struct SymbolStyle: Hashable, Sendable {
    enum Form: String, CaseIterable, Sendable {
        case triangle, circle, square, diamond, pentagon, hexagon, star, cross, flag, figure
    }

    /// 填法.
    enum Finish: Hashable, Sendable {
        case solid
        /// Over and done with: white inside.
        case hollow
        /// New: a dark rim.
        case rimmed
    }

    var form: Form
    var colour: Colour
    var finish = Finish.solid
    /// On a white plate, so that it is taken for no care symbol beside it.
    var plated = false
    /// Set on the symbol; empty for none.
    var character = ""
    var ink = Colour.white

    init(form: Form, colour: Colour) {
        self.form = form
        self.colour = colour
    }

    /// Takes the colour of a grade, and its character, so that a gray copy still tells.
    mutating func grade(_ risk: RiskColour) {
        colour = MapStyle.colour(risk)
        character = MapStyle.character(risk)
        ink = risk == .yellow || risk == .orange ? Colour(0x2a1a00) : .white
    }

    /// Draws the symbol about a point, within a square of side `size`.
    func draw(
        at p: PlanarPoint, size: Double, subject: Subject?, list: inout DisplayList, engine: TextEngine
    ) {
        var size = size
        if plated {
            let plate = Box(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y).expanded(by: size / 2 - 0.1)
            list.draw(
                .rectangle(plate), fill: .white, stroke: Stroke(MapStyle.grid, 0.15), subject: subject)
            size -= 0.6
        }
        // Yellow alone is no line on white.
        let rim = colour == MapStyle.colour(.yellow) ? Colour(0xa8820a) : colour
        switch finish {
        case .solid:
            list.draw(
                outline(x: p.x, y: p.y, size: size - 0.18), fill: colour, stroke: Stroke(.white, 0.18), subject: subject
            )
        case .hollow:
            list.draw(
                outline(x: p.x, y: p.y, size: size - 0.35), fill: .white, stroke: Stroke(rim, 0.35), subject: subject
            )
        case .rimmed:
            list.draw(
                outline(x: p.x, y: p.y, size: size - 0.35), fill: colour, stroke: Stroke(Colour(0x1a1a1a), 0.35),
                subject: subject)
        }
        guard !character.isEmpty else { return }
        list.append(
            .text(
                engine.centred(
                    character, x: p.x, y: p.y, size: max(5.5, size * 2), weight: .bold,
                    colour: finish == .hollow ? MapStyle.quiet : ink, subject: subject)))
    }

    /// The outline about a point, within a square of side `size`.
    func outline(x: Double, y: Double, size: Double) -> Outline {
        let r = size / 2
        func polygon(_ count: Int, turn: Double, radius: Double = 1, inner: Double? = nil) -> Outline {
            var path = Outline()
            let total = inner == nil ? count : 2 * count
            for k in 0..<total {
                let angle = turn + 2 * .pi * Double(k) / Double(total)
                let rr = r * (k % 2 == 1 ? inner ?? radius : radius)
                let (px, py) = (x + rr * cos(angle), y + rr * sin(angle))
                k == 0 ? path.move(px, py) : path.line(px, py)
            }
            path.close()
            return path
        }
        switch form {
        case .circle: return .circle(x: x, y: y, radius: r * 0.92)
        case .square:
            let s = r * 0.84
            return .rectangle(Box(minX: x - s, minY: y - s, maxX: x + s, maxY: y + s))
        case .diamond: return polygon(4, turn: -.pi / 2)
        case .triangle:
            var path = Outline()
            path.move(x, y - r * 0.95)
            path.line(x + r, y + r * 0.8)
            path.line(x - r, y + r * 0.8)
            path.close()
            return path
        case .pentagon: return polygon(5, turn: -.pi / 2)
        case .hexagon: return polygon(6, turn: 0)
        case .star: return polygon(5, turn: -.pi / 2, inner: 0.45)
        case .flag:
            let points = [(-0.9, -1.0), (0.95, -0.5), (-0.5, 0.05), (-0.5, 1), (-0.9, 1)]
            return .polyline(points.map { PlanarPoint(x: x + r * $0.0, y: y + r * $0.1) }, closed: true)
        case .figure:
            var path = Outline.circle(x: x, y: y - 0.55 * r, radius: 0.42 * r)
            path.append(
                .rectangle(
                    Box(minX: x - 0.8 * r, minY: y - 0.05 * r, maxX: x + 0.8 * r, maxY: y + r), radius: 0.45 * r))
            return path
        case .cross:
            let (a, b) = (r * 0.95, r * 0.36)
            return .polyline(
                [
                    (-b, -a), (b, -a), (b, -b), (a, -b), (a, b), (b, b), (b, a), (-b, a), (-b, b), (-a, b), (-a, -b),
                    (-b, -b),
                ]
                .map { PlanarPoint(x: x + $0.0, y: y + $0.1) }, closed: true)
        }
    }
}

extension DisclosedTown.CareSymbol {
    /// A risk that is removed is hollow, one newly found has a rim.
    var finish: SymbolStyle.Finish { Self.finish(subtype) }

    static func finish(_ subtype: String) -> SymbolStyle.Finish {
        if subtype.contains("消除") || subtype.contains("解除") { return .hollow }
        return subtype.contains("新") ? .rimmed : .solid
    }
}

/// 点符号布置: places symbols at or near their points; those that find no room become clusters with a count.
struct PointSymbols {
    struct Item {
        var id: String
        var point: PlanarPoint
        var style: SymbolStyle
        /// Symbols are clustered only within a group (their grid).
        var group: Int
    }

    /// Side of a symbol, millimetres.
    var size = 2.0
    /// The farthest a symbol may stand from its point.
    var reach = 2.3
    var clusterSize = 2.9
    var clusterColour = Self.careCluster
    var subject = Subject.Kind.care

    struct Outcome {
        var alone = 0
        var clustered = 0
        var moved = 0
        var missing = 0
    }

    /// Draws all items. O(items · positions).
    func place(
        _ items: [Item], window: Box, taken: inout PlacedBoxes, list: inout DisplayList, engine: TextEngine
    ) -> Outcome {
        var outcome = Outcome()
        var placed: [(item: Item, at: PlanarPoint)] = []
        var homeless: [Item] = []
        var soft = PlacedBoxes(window: window, cell: 6)
        for item in items {
            if let at = spot(item.point, size, window, taken, soft) {
                placed.append((item, at))
                soft.insert(box(at, size).expanded(by: 0.1))
            } else {
                homeless.append(item)
            }
        }
        var clusters: [(members: [Item], at: PlanarPoint, point: PlanarPoint)] = []
        var inCluster = Set<Int>()
        for item in homeless {
            if let near = clusters.indices.filter({ clusters[$0].members[0].group == item.group })
                .min(by: { clusters[$0].at.distance(to: item.point) < clusters[$1].at.distance(to: item.point) }),
                clusters[near].at.distance(to: item.point) < 14
            {
                clusters[near].members.append(item)
                continue
            }
            // The nearest single symbols of the same group give their places up for a cluster, until one has room.
            let hosts = placed.indices.filter { !inCluster.contains($0) && placed[$0].item.group == item.group }
                .sorted { placed[$0].at.distance(to: item.point) < placed[$1].at.distance(to: item.point) }
            var found = false
            for host in hosts.prefix(12) {
                var others = PlacedBoxes(window: window, cell: 6)
                let around = box(placed[host].at, 12)
                for i in placed.indices
                where i != host && !inCluster.contains(i) && around.contains(x: placed[i].at.x, y: placed[i].at.y) {
                    others.insert(box(placed[i].at, size).expanded(by: 0.1))
                }
                for cluster in clusters { others.insert(box(cluster.at, clusterSize).expanded(by: 0.1)) }
                if let at = spot(placed[host].at, clusterSize, window, taken, others) {
                    inCluster.insert(host)
                    clusters.append(([placed[host].item, item], at, placed[host].at))
                    found = true
                    break
                }
            }
            if found { continue }
            if let at = spot(item.point, clusterSize, window, taken, soft, reach: 12) {
                clusters.append(([item], at, item.point))
                soft.insert(box(at, clusterSize).expanded(by: 0.1))
            } else {
                outcome.missing += 1
            }
        }
        for (i, symbol) in placed.enumerated() where !inCluster.contains(i) {
            let moved = symbol.at.distance(to: symbol.item.point) > 0.3
            if moved {
                tether(symbol.item.point, symbol.at, &list)
                outcome.moved += 1
            }
            outcome.alone += 1
            symbol.item.style.draw(
                at: symbol.at, size: size, subject: Subject(subject, symbol.item.id), list: &list, engine: engine)
            taken.insert(box(symbol.at, size))
        }
        for cluster in clusters {
            if cluster.at.distance(to: cluster.point) > 0.3 { tether(cluster.point, cluster.at, &list) }
            let subject = Subject(subject, cluster.members.map(\.id).joined(separator: "+"))
            list.draw(
                .circle(x: cluster.at.x, y: cluster.at.y, radius: clusterSize / 2 - 0.1), fill: clusterColour,
                stroke: Stroke(.white, 0.18), subject: subject)
            list.append(
                .text(
                    engine.centred(
                        String(cluster.members.count), x: cluster.at.x, y: cluster.at.y, size: 5.5, weight: .bold,
                        colour: .white, subject: subject)))
            outcome.clustered += cluster.members.count
            taken.insert(box(cluster.at, clusterSize))
        }
        return outcome
    }

    static let careCluster = Colour(0x4a3560)
    static let memberCluster = Colour(0xc8102e)
    static let ledgerCluster = Colour(0x37474f)

    private func tether(_ from: PlanarPoint, _ to: PlanarPoint, _ list: inout DisplayList) {
        list.stroke(.line(from.x, from.y, to.x, to.y), Stroke(Colour(0x4d4d4d), 0.1))
        list.fill(.circle(x: from.x, y: from.y, radius: 0.2), Colour(0x4d4d4d))
    }

    private func box(_ p: PlanarPoint, _ size: Double) -> Box {
        Box(minX: p.x - size / 2, minY: p.y - size / 2, maxX: p.x + size / 2, maxY: p.y + size / 2)
    }

    /// The free place nearest to a point, on rings about it.
    private func spot(
        _ p: PlanarPoint, _ size: Double, _ window: Box, _ taken: PlacedBoxes, _ symbols: PlacedBoxes,
        reach: Double? = nil
    ) -> PlanarPoint? {
        let limit = reach ?? self.reach
        for ring in 0...(reach == nil ? 4 : 12) {
            let radius = limit * Double(ring) / (reach == nil ? 4 : 12)
            let steps = ring == 0 ? 1 : 8 * ring
            for k in 0..<steps {
                let angle = 2 * .pi * Double(k) / Double(steps)
                let at = PlanarPoint(x: p.x + radius * cos(angle), y: p.y + radius * sin(angle))
                let box = box(at, size)
                guard window.contains(x: box.minX, y: box.minY), window.contains(x: box.maxX, y: box.maxY) else {
                    continue
                }
                if taken.isFree(box), symbols.isFree(box) { return at }
            }
        }
        return nil
    }
}
