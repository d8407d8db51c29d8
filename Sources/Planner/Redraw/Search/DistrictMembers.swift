/// Which units each district holds, kept up to date by moves made through it, so that repairs look only where they work.
struct DistrictMembers {
    private var units: [[Int32]]
    private var place: [Int32]

    init(_ state: SearchState) {
        units = (0..<state.districts).map { d in
            var list: [Int32] = []
            list.reserveCapacity(Int(state.members[d]))
            return list
        }
        place = [Int32](repeating: 0, count: state.count)
        for v in 0..<state.count {
            let d = Int(state.label[v])
            place[v] = Int32(units[d].count)
            units[d].append(Int32(v))
        }
    }

    /// The border units of a district, ascending. O(members log members).
    func border(_ d: Int32, _ state: SearchState) -> [Int] {
        units[Int(d)].lazy.map { Int($0) }.filter { state.foreign[$0] > 0 }.sorted()
    }

    mutating func move(_ v: Int, to b: Int32, _ state: SearchState) {
        let a = Int(state.label[v])
        let at = Int(place[v])
        let last = units[a].removeLast()
        if at < units[a].count {
            units[a][at] = last
            place[Int(last)] = Int32(at)
        }
        place[v] = Int32(units[Int(b)].count)
        units[Int(b)].append(Int32(v))
        state.move(v, to: b)
    }
}
