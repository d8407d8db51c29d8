/// 样例选项: how large a made-up town to draw, and from which seed.
///
/// The default is the town of `data/`: 7.2 km², 19 communities, 241 grids, 952 microgrids, 25,000 households with
/// 81,000 people. Its ground grows with the number of microgrids.
public struct SampleOptions: Hashable, Sendable {
    public var seed: UInt64 = 2026
    public var communities = 19
    public var grids = 241
    public var microgrids = 952
    /// 户数: fewer are drawn where buildings of 33 floors would not hold so many.
    public var households = 25_000
    public var persons = 81_000
    public var careResidents = 2_400
    /// 岗位持有人: people who hold a post.
    public var postHolders = 1_246

    public init() {}

    /// A town of given counts; people, care residents and posts in the proportions of the default town.
    public init(seed: UInt64 = 2026, communities: Int, grids: Int, microgrids: Int, households: Int) {
        self.seed = seed
        self.communities = communities
        self.grids = grids
        self.microgrids = microgrids
        self.households = households
        persons = households * 324 / 100
        careResidents = households * 96 / 1000
        postHolders = grids + microgrids + 2 * communities
    }

    /// The town of the map's reference table: 10, 241, 952 units, 20,000 households, 600 care residents.
    public static var reference: SampleOptions {
        var options = SampleOptions(communities: 10, grids: 241, microgrids: 952, households: 20_000)
        options.careResidents = 600
        return options
    }

    /// A town small enough for a quick test: 2, 6, 24 units, 400 households.
    public static var small: SampleOptions {
        SampleOptions(communities: 2, grids: 6, microgrids: 24, households: 400)
    }
}
