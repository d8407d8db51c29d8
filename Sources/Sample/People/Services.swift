import GeoGrid

/// 服务点与地名: where residents are served, and the named points of the map.
enum Services {
    /// Kinds, with how many the default town has and what they hold.
    private static let kinds: [(name: String, kind: String, count: Int, capacity: ClosedRange<Int>?)] = [
        ("便民服务点", "便民服务点", 12, nil),
        ("助餐点", "助餐点", 9, 60...120),
        ("卫生室", "卫生室", 11, 20...60),
        ("应急避难所", "避难所", 12, 60...600),
    ]

    /// One centre for each community after the merger, and points scattered over the communities before it.
    ///
    /// After the merger the centres stand in the first-named old community of each new one: the others are far.
    static func points(of draft: TownDraft, merger: Merger, using generator: inout SeededGenerator) -> [ServicePoint] {
        var out: [ServicePoint] = []
        func add(_ name: String, _ kind: String, _ capacity: Int?, near p: PlanarPoint) {
            guard let at = draft.publicDoor(near: p) else { return }
            var point = ServicePoint(id: "F" + padded(out.count + 1, 3), name: name, kind: kind, location: at)
            point.capacity = capacity
            out.append(point)
        }
        for target in merger.targets {
            let seat = draft.units.communities[target.members[0]]
            add(target.name + "党群服务中心", "党群服务中心", nil, near: seat.centre)
        }
        let communities = draft.units.communities
        for (name, kind, count, capacity) in kinds {
            let wanted = max(1, count * communities.count / 19)
            var order = Array(communities.indices)
            generator.shuffle(&order)
            for i in 0..<wanted {
                let community = communities[order[i % order.count]]
                let grid = draft.units.grids[generator.pick(Array(community.grids))]
                let size = capacity.map { generator.integer($0) / 10 * 10 }
                let serial = i / order.count
                add(
                    community.name + (serial == 0 ? "" : "第\(serial + 1)") + name, kind, size,
                    near: grid.centre)
            }
        }
        return out
    }

    static func places(of draft: TownDraft) -> [NamedPlace] {
        var out: [NamedPlace] = []
        func add(_ name: String, _ kind: String, _ p: PlanarPoint) {
            var place = NamedPlace(id: "N" + padded(out.count + 1, 3), name: name, location: p)
            place.kind = kind
            out.append(place)
        }
        for institution in draft.institutions {
            add(institution.name, institution.kind, draft.units.microgrids[institution.site].centre)
        }
        for road in draft.town.roads where road.bridge {
            let line = road.lines[0]
            add(
                road.name.replacing("大街", with: "").replacing("路", with: "") + "大桥", "桥",
                (line[0] + line[line.count - 1]) * 0.5)
        }
        for water in draft.town.waters where water.id != "W1" {
            add(water.name, "水库", OpenRing.centroid(Array(water.parts[0][0].dropLast())))
        }
        for community in draft.units.communities where community.isVillage {
            add(String(community.name.dropLast()), "村庄", community.centre)
        }
        return out
    }
}
