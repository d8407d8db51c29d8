import GeoGrid
import Testing

@testable import Planner

@Suite struct AssignmentTests {
    typealias Pair = (supplier: Int32, target: Int32, cost: Int32)

    /// The least cost of serving as much as can be, by trying everything.
    private func bruteForce(_ capacities: [Int], _ amounts: [Int], _ pairs: [Pair]) -> (unserved: Int, cost: Int64) {
        let units = amounts.enumerated().flatMap { t, n in [Int](repeating: t, count: n) }
        func search(_ i: Int, _ left: [Int]) -> (unserved: Int, cost: Int64) {
            guard i < units.count else { return (0, 0) }
            var best = search(i + 1, left)
            best.unserved += 1
            for pair in pairs where Int(pair.target) == units[i] && left[Int(pair.supplier)] > 0 {
                var left = left
                left[Int(pair.supplier)] -= 1
                var tried = search(i + 1, left)
                tried.cost += Int64(pair.cost)
                if tried < best { best = tried }
            }
            return best
        }
        return search(0, capacities)
    }

    @Test(arguments: 1...40)
    func theCostIsTheLeast(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let capacities = (0..<3).map { _ in random.below(3) }
        let amounts = (0..<4).map { _ in random.below(3) }
        var pairs: [Pair] = []
        for s in 0..<3 {
            for t in 0..<4 where random.below(4) > 0 { pairs.append((Int32(s), Int32(t), Int32(random.below(100)))) }
        }
        let result = Assignment(capacities: capacities, amounts: amounts, pairs: pairs).solve(first: 1)
        let expected = bruteForce(capacities, amounts, pairs)
        #expect(result.unserved.reduce(0, +) == expected.unserved)
        #expect(result.cost == expected.cost)
        #expect(result.isProvenOptimal)
    }

    @Test func fewPairsToStartWithGiveTheSameOptimum() {
        var random = SeededGenerator(seed: 9)
        var pairs: [Pair] = []
        for s in 0..<40 { for t in 0..<300 { pairs.append((Int32(s), Int32(t), Int32(random.below(100_000)))) } }
        let assignment = Assignment(
            capacities: [Int](repeating: 7, count: 40), amounts: [Int](repeating: 1, count: 300), pairs: pairs)
        let few = assignment.solve(first: 2)
        let all = assignment.solve(first: 40)
        #expect(few.cost == all.cost)
        #expect(few.isProvenOptimal && all.isProvenOptimal)
        #expect(few.unserved.reduce(0, +) == 20)
        var load = [Int](repeating: 0, count: 40)
        for share in few.shares { load[share.supplier] += share.amount }
        #expect(load.allSatisfy { $0 <= 7 })
    }

    @Test func nothingToDoIsDone() {
        let result = Assignment(capacities: [], amounts: [], pairs: []).solve()
        #expect(result.shares.isEmpty && result.isProvenOptimal)
        #expect(Assignment(capacities: [3], amounts: [2], pairs: []).solve().unserved == [2])
    }
}

@Suite struct PairingTests {
    private func rows(_ costs: [[Int32?]]) -> WalkRows {
        var offsets = [0]
        var targets: [Int32] = []
        var centimetres: [Int32] = []
        for row in costs {
            for (t, cost) in row.enumerated() {
                if let cost {
                    targets.append(Int32(t))
                    centimetres.append(cost)
                }
            }
            offsets.append(targets.count)
        }
        return WalkRows(offsets: offsets, targets: targets, centimetres: centimetres)
    }

    private func helper(_ capacity: Int, building: Int32 = -1, skills: UInt64 = 0) -> Pairing.Side {
        var side = Pairing.Side()
        side.capacity = capacity
        side.building = building
        side.skills = skills
        return side
    }

    private func household(building: Int32 = -1, skills: UInt64 = 0, partner: Int32 = -1) -> Pairing.Side {
        var side = Pairing.Side()
        side.building = building
        side.skills = skills
        side.partner = partner
        return side
    }

    @Test func theSameBuildingGoesFirst() {
        let pairing = Pairing(helpers: [helper(1, building: 7), helper(1)], households: [household(building: 7)])
        #expect(pairing.solve(rows: rows([[5000], [1000]])).helpers == [0])
        #expect(pairing.solve(rows: rows([[50_000], [1000]])).helpers == [1])
    }

    @Test func pairsAreKeptAtTheirPrice() {
        let pairing = Pairing(helpers: [helper(1), helper(1)], households: [household(partner: 0)])
        let kept = pairing.solve(rows: rows([[20_000], [1000]]))
        #expect(kept.helpers == [0] && kept.kept == 1 && kept.parted == 0)
        let parted = pairing.solve(rows: rows([[60_000], [1000]]))
        #expect(parted.helpers == [1] && parted.kept == 0 && parted.parted == 1)
    }

    @Test func whoIsNotPairedIsToldWhy() {
        var pairing = Pairing(
            helpers: [helper(1), helper(0)],
            households: [
                household(), household(), household(skills: 2), household(), household(), household(),
            ])
        pairing.forbidden = [(0, 4)]
        let result = pairing.solve(rows: rows([[10, 20, 30, nil, 50, nil], [1, 1, 1, 1, 1, 1]])) { $0 == 5 }
        #expect(result.helpers == [0, -1, -1, -1, -1, -1])
        #expect(
            result.reasons == [nil, .capacityUsedUp, .noSkill, .nobodyInReach, .forbidden, .offStreets])
        #expect(result.isProvenOptimal)
    }
}
