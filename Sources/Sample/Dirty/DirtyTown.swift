public import GeoGrid

/// 脏数据样例: a small made-up town with one fault of each kind planted, and the list of them.
///
/// Each fault stands in a grid of its own, so that none hides or causes another. Nothing else is wrong.
public struct DirtyTown: Sendable {
    /// 单元记录: a unit as the file says it, which may lack a code, a parent or an area.
    public struct Unit: Hashable, Sendable {
        public var code: String
        public var name: String
        public var parent: String
        /// Closed rings, town metres; empty for a unit without an area.
        public var area: [[[PlanarPoint]]]
    }

    /// Communities, grids and microgrids, as the files hold them.
    public internal(set) var communities: [Unit]
    public internal(set) var grids: [Unit]
    public internal(set) var microgrids: [Unit]
    public internal(set) var faults: [PlantedFault] = []
    /// The clean town underneath.
    let base: SampleTown

    /// Draws the town and plants the faults. The same seed gives the same bytes.
    public static func make(seed: UInt64 = 2027) -> DirtyTown {
        var options = SampleOptions(seed: seed, communities: 4, grids: 34, microgrids: 150, households: 600)
        options.careResidents = 60
        var town = DirtyTown(SampleTown.make(options))
        var planter = FaultPlanter(town)
        planter.plantAll()
        town = planter.town
        return town
    }

    private init(_ base: SampleTown) {
        self.base = base
        func units(_ layer: UnitLayer) -> [Unit] {
            (0..<layer.count).map {
                Unit(
                    code: layer.codes[$0], name: layer.names[$0], parent: layer.parentCodes[$0],
                    area: layer.areas.feature($0))
            }
        }
        communities = units(base.town.communities)
        grids = units(base.town.grids)
        microgrids = units(base.town.microgrids)
    }
}
