/// 责任链索引: every unit above a point and who answers there, for answers by the hundred thousand.
///
/// Built once from a town on its day; then immutable and safe to share. An answer is a look-up of the lowest unit
/// (`PointLocator`) and of what was worked out for that unit before.
public struct ChainIndex: Sendable {
    /// 责任链 of a lowest unit: positions in the layers of the town, -1 where a level has no unit.
    public struct Chain: Hashable, Sendable {
        public var community: Int32 = -1
        public var grid: Int32 = -1
        public var microgrid: Int32 = -1
        /// Positions in `Town.posts` of the posts that hold on the day and have somebody, from the lowest unit up.
        public var posts: [Int32] = []
    }

    /// One for each unit of the lowest level.
    public let chains: [Chain]
    public let level: Level
    private let locator: PointLocator

    /// O(vertices + posts).
    public init(_ town: Town) {
        let layers = [town.communities, town.grids, town.microgrids]
        let lowest = layers.last { $0.count > 0 } ?? town.communities
        level = lowest.level
        locator = PointLocator(lowest.areas)
        let people = Set(town.people.map(\.id))
        var held: [Level: [String: [Int32]]] = [:]
        for (i, post) in town.posts.enumerated() where post.zoning.isEmpty && post.validity.contains(town.day) {
            guard let person = post.personID, people.contains(person) else { continue }
            held[post.level, default: [:]][post.unitCode, default: []].append(Int32(i))
        }
        let index = layers.map { $0.indexByCode() }
        let ofTown = held[.town]?.values.joined().sorted() ?? []
        chains = lowest.codes.indices.map { unit in
            var chain = Chain()
            var position: Int? = unit
            for (n, layer) in layers.enumerated().reversed() where layer.level <= lowest.level {
                guard let i = position else { break }
                switch layer.level {
                case .community: chain.community = Int32(i)
                case .grid: chain.grid = Int32(i)
                case .microgrid: chain.microgrid = Int32(i)
                case .town: break
                }
                chain.posts += held[layer.level]?[layer.codes[i]] ?? []
                position = n > 0 ? index[n - 1][layer.parentCodes[i]] : nil
            }
            chain.posts += ofTown
            return chain
        }
    }

    /// The chain of a point, nil in no unit. Some tens of nanoseconds.
    public func chain(at point: PlanarPoint) -> Chain? { locator.unit(at: point).map { chains[$0] } }

    /// 批量: for interleaved coordinates, the position in `chains` of each point's chain, -1 in no unit.
    public func positions(at xy: [Double]) -> [Int32] { locator.units(at: xy) }
}
