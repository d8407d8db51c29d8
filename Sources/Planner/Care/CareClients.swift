public import GeoGrid

/// 需求点: households at one door taken together, so that a tower is one place with many people.
public struct CareClients: Sendable {
    public let doors: StreetDoors
    /// Weight at each door.
    public let weights: [Int64]
    /// Door of each household; -1 where its weight is 0.
    public let doorOf: [Int32]

    public var count: Int { weights.count }

    /// `weight` of each household of the town, such as its persons. O(households).
    public init(care: CareTown, weight: [Int]) {
        var index: [PlanarPoint: Int32] = [:]
        var places: [PlanarPoint] = []
        var weights: [Int64] = []
        var doorOf = [Int32](repeating: -1, count: weight.count)
        for h in weight.indices where weight[h] > 0 {
            let p = care.homes.points[h]
            let door: Int32
            if let known = index[p] {
                door = known
            } else {
                door = Int32(places.count)
                index[p] = door
                places.append(p)
                weights.append(0)
            }
            weights[Int(door)] += Int64(weight[h])
            doorOf[h] = door
        }
        doors = care.model.doors(places)
        self.weights = weights
        self.doorOf = doorOf
    }
}

extension CareTown {
    /// 路口名称: the names of the streets that meet at a node, such as 清溪路 / 东街.
    public func streetName(atNode node: Int) -> String {
        let network = model.network
        var names: [String] = []
        for k in Int(network.rowOffsets[node])..<Int(network.rowOffsets[node + 1]) {
            let edge = Int(network.rowEdges[k])
            let run = Int(network.shapeOffsets[edge])..<Int(network.shapeOffsets[edge + 1]) - 1
            let road =
                network.from[edge] == Int32(node) ? network.roads[run.lowerBound] : network.roads[run.upperBound - 1]
            let name = town.roads[Int(road)].name
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        return names.isEmpty ? "#\(node)" : names.joined(separator: "/")
    }
}

extension IssueCode {
    /// Capacity is below demand.
    public static let capacityShort = IssueCode("GG476")
}
