import GeoGrid
import Sample
import Testing

@Suite struct ChainIndexTests {
    /// Every household's chain, in one batch and one by one, is the one its own codes lead to.
    @Test func chainsFollowTheParents() {
        let town = SampleTown.make(.small).town
        let index = ChainIndex(town)
        let found = index.positions(at: town.households.flatMap { [$0.location.x, $0.location.y] })
        var posts = 0
        for (household, position) in zip(town.households, found) {
            guard position >= 0 else {
                Issue.record("\(household.id) in no unit")
                continue
            }
            let chain = index.chains[Int(position)]
            #expect(index.chain(at: household.location) == chain)
            let microgrid = Int(chain.microgrid)
            let grid = Int(chain.grid)
            #expect(town.microgrids.parentCodes[microgrid] == town.grids.codes[grid])
            #expect(town.grids.parentCodes[grid] == town.communities.codes[Int(chain.community)])
            for post in chain.posts {
                let unit = town.posts[Int(post)].unitCode
                #expect(
                    [
                        town.microgrids.codes[microgrid], town.grids.codes[grid],
                        town.communities.codes[Int(chain.community)],
                    ]
                    .contains(unit))
            }
            posts += chain.posts.count
        }
        #expect(posts > town.households.count)
    }
}
