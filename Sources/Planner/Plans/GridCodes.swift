import GeoGrid

/// 网格编码: the community's code and a serial of three digits, numbered west to east and north to south.
///
/// A grid that goes on within a community of the same code keeps its code; a code once used is never given to another.
enum GridCodes {
    /// Codes by grid, in the order given. `taken` are all codes ever used. O(k log k).
    static func codes(
        communities: [String], keep: [String?], centres: [PlanarPoint], taken: Set<String>, rows height: Double
    ) -> [String] {
        var codes = [String](repeating: "", count: communities.count)
        for i in keep.indices { if let code = keep[i] { codes[i] = code } }
        var serial: [String: Int] = [:]
        // Bands of one height from the north, in each from the west.
        let order = communities.indices.filter { codes[$0].isEmpty }.sorted { a, b in
            let bandA = (-centres[a].y / height).rounded(.down)
            let bandB = (-centres[b].y / height).rounded(.down)
            return (communities[a], bandA, centres[a].x, a) < (communities[b], bandB, centres[b].x, b)
        }
        var used = taken
        for code in codes { used.insert(code) }
        for i in order {
            var number = serial[communities[i]] ?? 0
            var code: String
            repeat {
                number += 1
                let digits = String(number)
                code = communities[i] + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
            } while used.contains(code)
            serial[communities[i]] = number
            used.insert(code)
            codes[i] = code
        }
        return codes
    }

    /// A code for a part of a unit: the next free serial under the same prefix, in the width of the unit's own.
    static func part(of code: String, used: inout Set<String>) -> String {
        let width = min(3, code.reversed().prefix { $0.isNumber }.count)
        let prefix = width == 3 ? String(code.dropLast(3)) : code + "-"
        var number = 0
        var part: String
        repeat {
            number += 1
            let digits = String(number)
            part = prefix + String(repeating: "0", count: max(0, width - digits.count)) + digits
        } while used.contains(part)
        used.insert(part)
        return part
    }
}
