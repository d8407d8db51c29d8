import GeoGrid

/// 埋设错误: puts one topological fault of each kind into a town whose levels nest exactly.
struct FaultPlanter {
    var town: DirtyTown
    /// Grids that already hold a fault.
    private var used: Set<String> = []
    /// Microgrids beside each edge, by its vertices in either order.
    private var sides: [Edge: [(unit: Int, edge: Int)]] = [:]

    private struct Edge: Hashable {
        var a, b: PlanarPoint

        init(_ a: PlanarPoint, _ b: PlanarPoint) {
            (self.a, self.b) = (a.x, a.y) < (b.x, b.y) ? (a, b) : (b, a)
        }
    }

    /// A border between two microgrids of one grid, long enough to be tampered with.
    private struct Border {
        var unit: Int
        var edge: Int
        var other: Int
        var otherEdge: Int
    }

    init(_ town: DirtyTown) {
        self.town = town
        for (u, unit) in town.microgrids.enumerated() {
            let ring = unit.area[0][0]
            for i in 0..<ring.count - 1 { sides[Edge(ring[i], ring[i + 1]), default: []].append((u, i)) }
        }
    }

    mutating func plantAll() {
        dropGrid()
        bend("gap", by: 3)
        bend("sliverGap", by: 0.3)
        bend("overlap", by: -3)
        bend("sliverOverlap", by: -0.3)
        cross()
        scatter()
        straddle()
        stickOut()
        recode()
        town.faults.sort { ($0.layer, $0.kind) < ($1.layer, $1.kind) }
    }

    private func rounded(_ p: PlanarPoint) -> PlanarPoint { SampleTown.projection.rounded(p) }

    private mutating func plant(
        _ kind: String, in layer: String = "microgrid", _ units: [String], area: Double? = nil, at place: PlanarPoint?,
        _ note: String
    ) {
        town.faults.append(
            PlantedFault(kind: kind, layer: layer, units: units.sorted(), area: area, place: place, note: note))
    }

    // MARK: - Finding a place

    private func ring(_ unit: Int) -> [PlanarPoint] { town.microgrids[unit].area[0][0] }

    /// Borders between two microgrids of one untouched grid, the longest first.
    private func innerBorders() -> [Border] {
        var out: [(length: Double, border: Border)] = []
        for (u, unit) in town.microgrids.enumerated() where !used.contains(unit.parent) {
            let ring = unit.area[0][0]
            for i in 0..<ring.count - 1 {
                guard let pair = sides[Edge(ring[i], ring[i + 1])], pair.count == 2,
                    let other = pair.first(where: { $0.unit != u }), other.unit > u,
                    town.microgrids[other.unit].parent == unit.parent
                else { continue }
                let length = ring[i].distance(to: ring[i + 1])
                if length > 34, length < 90 {
                    out.append((length, Border(unit: u, edge: i, other: other.unit, otherEdge: other.edge)))
                }
            }
        }
        return out.enumerated().sorted { ($0.element.length, $1.offset) > ($1.element.length, $0.offset) }
            .map(\.element.border)
    }

    /// Whether a point lies well inside a ring, `clear` metres off every edge but the one numbered.
    private func isClear(_ p: PlanarPoint, _ ring: [PlanarPoint], but edge: Int, clear: Double) -> Bool {
        OpenRing.contains(Array(ring.dropLast()), p)
            && (0..<ring.count - 1).allSatisfy {
                $0 == edge || distance(p, toSegment: ring[$0], ring[$0 + 1]) > clear
            }
    }

    private func triangle(_ a: PlanarPoint, _ b: PlanarPoint, _ c: PlanarPoint) -> Double {
        abs((b - a).cross(c - a)) / 2
    }

    // MARK: - Faults of the net

    /// Bends a border on one side only: towards the unit for a gap, towards its neighbour for an overlap.
    private mutating func bend(_ kind: String, by depth: Double) {
        for border in innerBorders() {
            let ring = ring(border.unit)
            let (a, b) = (ring[border.edge], ring[border.edge + 1])
            let apex = rounded((a + b) * 0.5 + (b - a).unit.left * depth)
            let ground = depth > 0 ? ring : self.ring(border.other)
            guard isClear(apex, ground, but: depth > 0 ? border.edge : border.otherEdge, clear: 4) else { continue }
            town.microgrids[border.unit].area[0][0].insert(apex, at: border.edge + 1)
            let codes = [town.microgrids[border.unit].code, town.microgrids[border.other].code]
            used.insert(town.microgrids[border.unit].parent)
            plant(
                kind, codes, area: triangle(a, apex, b), at: rounded((a + b + apex) * (1.0 / 3)),
                depth > 0 ? "两单元之间缺一块三角" : "一单元伸入另一单元")
            return
        }
        preconditionFailure("no border is left for \(kind)")
    }

    /// 自相交: a loop in an otherwise sound ring.
    private mutating func cross() {
        for border in innerBorders() {
            let ring = ring(border.unit)
            let (a, b) = (ring[border.edge], ring[border.edge + 1])
            let (along, left) = ((b - a).unit, (b - a).unit.left)
            let middle = (a + b) * 0.5
            let p = rounded(middle + along * 4 + left * 5)
            let q = rounded(middle - along * 4 + left * 5)
            guard isClear(p, ring, but: border.edge, clear: 4), isClear(q, ring, but: border.edge, clear: 4) else {
                continue
            }
            town.microgrids[border.unit].area[0][0].insert(contentsOf: [p, q], at: border.edge + 1)
            used.insert(town.microgrids[border.unit].parent)
            let t = (q - a).cross(b - q) / (p - a).cross(b - q)
            plant(
                "invalidArea", [town.microgrids[border.unit].code], at: rounded(a + (p - a) * t), "边界打了一个圈，自相交")
            return
        }
        preconditionFailure("no border is left for a loop")
    }

    /// 分成几块: a corner of one unit is given to another of the grid that it does not touch.
    private mutating func scatter() {
        for border in innerBorders() {
            for (u, j) in [(border.unit, border.edge), (border.other, border.otherEdge)] {
                let ring = ring(u)
                let (a, b) = (ring[j], ring[j + 1])
                let apex = rounded((a + b) * 0.5 + (b - a).unit.left * 8)
                guard isClear(apex, ring, but: j, clear: 3) else { continue }
                let parent = town.microgrids[u].parent
                guard
                    let far = town.microgrids.indices.first(where: { i in
                        town.microgrids[i].parent == parent && i != u && !self.ring(i).contains(a)
                            && !self.ring(i).contains(b)
                    })
                else { continue }
                town.microgrids[u].area[0][0].insert(apex, at: j + 1)
                town.microgrids[far].area.append([[a, b, apex, a]])
                used.insert(parent)
                plant(
                    "severalPieces", [town.microgrids[far].code], area: triangle(a, b, apex),
                    at: rounded((a + b + apex) * (1.0 / 3)), "同一网格内不相邻的一角划给了它")
                return
            }
        }
        preconditionFailure("no grid has room for an exclave")
    }

    /// 跨两个上级: a unit takes ground from a unit of the next grid, which gives it up.
    private mutating func straddle() {
        for (u, unit) in town.microgrids.enumerated() where !used.contains(unit.parent) {
            let ring = ring(u)
            let total = abs(OpenRing.area(Array(ring.dropLast())))
            for i in 0..<ring.count - 1 {
                guard let pair = sides[Edge(ring[i], ring[i + 1])], pair.count == 2,
                    let other = pair.first(where: { $0.unit != u })
                else { continue }
                let parent = town.microgrids[other.unit].parent
                guard parent != unit.parent, parent.prefix(12) == unit.parent.prefix(12), !used.contains(parent) else {
                    continue
                }
                let (a, b) = (ring[i], ring[i + 1])
                let ground = self.ring(other.unit)
                for depth in [40.0, 30, 24, 18] {
                    let apex = rounded((a + b) * 0.5 - (b - a).unit.left * depth)
                    let area = triangle(a, b, apex)
                    guard area > 0.16 * total, area < 0.6 * total,
                        isClear(apex, ground, but: other.edge, clear: 5),
                        isClear((apex + a) * 0.5, ground, but: other.edge, clear: 0.4),
                        isClear((apex + b) * 0.5, ground, but: other.edge, clear: 0.4)
                    else { continue }
                    town.microgrids[u].area[0][0].insert(apex, at: i + 1)
                    town.microgrids[other.unit].area[0][0].insert(apex, at: other.edge + 1)
                    used.formUnion([unit.parent, parent])
                    plant(
                        "twoParents", [unit.code], area: area, at: rounded((a + b + apex) * (1.0 / 3)),
                        "占了相邻网格 \(parent) 的一块")
                    return
                }
            }
        }
        preconditionFailure("no unit can be laid over two grids")
    }

    /// 超出上级: a unit at the town's border reaches over it.
    private mutating func stickOut() {
        for (u, unit) in town.microgrids.enumerated() where !used.contains(unit.parent) {
            let ring = ring(u)
            for i in 0..<ring.count - 1 {
                guard sides[Edge(ring[i], ring[i + 1])]?.count == 1, ring[i].distance(to: ring[i + 1]) > 14 else {
                    continue
                }
                let (a, b) = (ring[i], ring[i + 1])
                let apex = rounded((a + b) * 0.5 - (b - a).unit.left * 6)
                let outside = town.microgrids.allSatisfy { !OpenRing.contains(Array($0.area[0][0].dropLast()), apex) }
                let clear = sides.keys.allSatisfy { $0 == Edge(a, b) || distance(apex, toSegment: $0.a, $0.b) > 3 }
                guard outside, clear else { continue }
                town.microgrids[u].area[0][0].insert(apex, at: i + 1)
                used.insert(unit.parent)
                plant(
                    "outsideParent", [unit.code], area: triangle(a, b, apex), at: rounded((a + b + apex) * (1.0 / 3)),
                    "伸出镇界")
                return
            }
        }
        preconditionFailure("no unit lies on the border")
    }

    /// 上级未被铺满、顶点近而不接: a grid at the end of a border between communities is missing, and there the
    /// community's corner misses its neighbour's by a hand's breadth.
    private mutating func dropGrid() {
        for (c, community) in town.communities.enumerated() {
            let ring = community.area[0][0]
            let n = ring.count - 1
            for i in 0..<n {
                let q = ring[i]
                let (before, after) = (ring[(i + n - 1) % n], ring[(i + 1) % n])
                let others = town.communities.indices.filter { $0 != c && town.communities[$0].area[0][0].contains(q) }
                guard others.count == 1, sides[Edge(q, after)]?.count == 1, sides[Edge(before, q)]?.count == 2 else {
                    continue
                }
                let holders = town.grids.indices.filter {
                    town.grids[$0].parent == community.code && town.grids[$0].area[0][0].contains(q)
                }
                guard holders.count == 1, town.grids[holders[0]].area[0][0].contains(before),
                    q.distance(to: after) > 3, q.distance(to: before) > 3
                else { continue }
                let grid = town.grids[holders[0]]
                let moved = rounded(q + (after - q).unit * 0.036)
                var bent = Array(ring.dropLast())
                bent[i] = moved
                town.communities[c].area = [[OpenRing.closed(bent)]]
                town.grids.remove(at: holders[0])
                town.microgrids.removeAll { $0.parent == grid.code }
                self = FaultPlanter(town)
                used.insert(grid.code)
                let area = OpenRing.area(Array(grid.area[0][0].dropLast()))
                plant(
                    "parentNotUnion", in: "grid", [community.code], area: area,
                    at: rounded(OpenRing.centroid(Array(grid.area[0][0].dropLast()))), "缺网格 \(grid.code)")
                plant(
                    "nearlyMeeting", in: "community", [community.code, town.communities[others[0]].code], at: q,
                    "交界顶点相差约 4 厘米")
                return
            }
        }
        preconditionFailure("no border between communities ends in a grid")
    }

    // MARK: - Faults of the records

    /// Codes and parents, each in a grid of its own; a double and a unit without an area at the end.
    private mutating func recode() {
        var free = town.microgrids.indices.filter { !used.contains(town.microgrids[$0].parent) }
        func inside(_ i: Int) -> PlanarPoint { rounded(OpenRing.centroid(Array(ring(i).dropLast()))) }
        func next() -> Int {
            let i = free[0]
            used.insert(town.microgrids[i].parent)
            free.removeAll { town.microgrids[$0].parent == town.microgrids[i].parent }
            return i
        }
        var i = next()
        let place = inside(i)
        town.microgrids[i].code = ""
        plant("emptyCode", [], at: place, "第 \(i + 1) 个要素没有编码")

        i = next()
        let twin = i + 1
        town.microgrids[twin].code = town.microgrids[i].code
        plant("duplicateCode", [town.microgrids[i].code], at: inside(twin), "第 \(i + 1)、\(twin + 1) 个要素同码")

        i = next()
        town.microgrids[i].code = String(town.microgrids[i].code.dropLast(3)) + "Ａ１"
        plant("malformedCode", [town.microgrids[i].code], at: inside(i), "全角字母，少一位")

        i = next()
        town.microgrids[i].parent = town.base.town.code + "999999"
        plant("orphan", [town.microgrids[i].code], at: inside(i), "上级编码不存在")

        i = next()
        var double = town.microgrids[i]
        double.code = String(double.code.dropLast(3)) + "901"
        double.name += "（重）"
        town.microgrids.append(double)
        plant(
            "duplicateArea", [town.microgrids[i].code, double.code],
            area: abs(OpenRing.area(Array(ring(i).dropLast()))), at: inside(i), "同一图形画了两次")

        i = next()
        let bare = DirtyTown.Unit(
            code: String(town.microgrids[i].code.dropLast(3)) + "902", name: "无图形", parent: town.microgrids[i].parent,
            area: [])
        town.microgrids.append(bare)
        plant("noArea", [bare.code], at: nil, "geometry 为 null")
    }
}
