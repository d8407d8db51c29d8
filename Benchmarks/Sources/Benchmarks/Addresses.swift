import GeoGrid
import Sample

extension Benchmark {
    /// 地址与定位: how many addresses and points a second, and how many of the written variants come out right.
    ///
    /// Rates are `amount / seconds`. The rows of task `right …` count right answers among the variants of `input`,
    /// those of `wrong but sure` the matches that name another building.
    static let addresses = Benchmark(name: "addresses") { _ in
        let town = SampleTown.make().town
        let (sources, gazetteer) = AddressVariants.Source.merged(town)
        let matcher = AddressMatcher(gazetteer)
        var random = SeededGenerator(seed: 2)
        let variants = AddressVariants(county: town.county, town: town.name).make(8000, from: sources, using: &random)
        let trial = AddressTrial(variants, with: matcher)
        var out: [Measurement] = []
        for (name, score) in [("well-formed", trial.wellFormed), ("noisy", trial.noisy)] {
            out.append(
                Measurement(task: "right, \(name)", input: "\(score.count) variants", seconds: 0, amount: score.right))
            out.append(
                Measurement(
                    task: "wrong but sure, \(name)", input: "\(score.count) variants", seconds: 0,
                    amount: score.wrongButSure))
        }
        // The same buildings in a town of another name: every answer is wrong.
        let elsewhere = AddressVariants(county: "白云县", town: "红星镇")
        let foreign = elsewhere.make(2000, from: sources, using: &random).filter { $0.text.contains("红星镇") }
        let answered = foreign.count { matcher.match($0.text).entry != nil }
        out.append(
            Measurement(
                task: "answered, another town", input: "\(foreign.count) variants", seconds: 0, amount: answered))
        let build = best(of: 3) { Gazetteer(town).entries.count }
        out.append(Measurement(task: "gazetteer", input: "sample town", seconds: build.seconds, amount: build.amount))
        for (name, noisy) in [("well-formed", false), ("noisy", true)] {
            let texts = variants.filter { $0.way.isNoisy == noisy }.map(\.text)
            let run = best(of: 3) { texts.reduce(0) { $0 + (matcher.match($1).entry == nil ? 0 : 1) } }
            out.append(
                Measurement(
                    task: "match, \(name)", input: "\(run.amount) answered", seconds: run.seconds, amount: texts.count))
        }
        let texts = town.households.map(\.address)
        let lists = best(of: 3) { texts.reduce(0) { $0 + (matcher.match($1).entry == nil ? 0 : 1) } }
        out.append(
            Measurement(
                task: "match, household list", input: "\(lists.amount) answered", seconds: lists.seconds,
                amount: texts.count))
        let chains = ChainIndex(town)
        let points = (0..<40).flatMap { _ in town.households.map(\.location) }
        let locate = best(of: 3) { points.reduce(0) { $0 + (chains.chain(at: $1)?.posts.count ?? 0) } }
        out.append(
            Measurement(
                task: "locate with chain", input: "\(locate.amount) posts", seconds: locate.seconds,
                amount: points.count))
        return out
    }
}
