import Foundation
import GeoGrid

/// 路名: writes street names along their lines, letter by letter, repeated over long streets.
struct StreetNames {
    var size = 6.6
    var colour = Colour(0x5b4a3a)
    /// From one name to the next along the street, millimetres.
    var spacing = 150.0
    /// The largest turn between two letters, radians.
    var bend = 0.45

    struct Street {
        var name: String
        /// Lines on the page, millimetres, the longest first.
        var lines: [[PlanarPoint]]
    }

    /// Joins the pieces of each named street end to end. Streets come in order of their names.
    static func streets(_ roads: [Road], frame: MapFrame) -> [Street] {
        let ground = frame.ground
        var pieces: [String: [[PlanarPoint]]] = [:]
        for road in roads where !road.name.isEmpty {
            for line in road.lines where line.count > 1 {
                var box = Box.empty
                for p in line { box.extend(x: p.x, y: p.y) }
                if ground.intersects(box) { pieces[road.name, default: []].append(line) }
            }
        }
        return pieces.keys.sorted().map { name in
            let lines = joined(pieces[name]!).map { $0.map(frame.page) }
            return Street(name: name, lines: lines.sorted { length($0) > length($1) })
        }
    }

    /// Whether at least one name found room; the letters are put on the page and into `taken`.
    func place(
        _ street: Street, window: Box, taken: inout PlacedBoxes, list: inout DisplayList, engine: TextEngine
    ) -> Bool {
        let letters = street.name.map { String($0) }
        let em = size * TextEngine.millimetresPerPoint
        let advances = letters.map { engine.shape($0, .regular).advance * em }
        let gap = em * 0.25
        let length = advances.reduce(0, +) + gap * Double(max(0, letters.count - 1))
        var placed = false
        for line in street.lines {
            let track = Track(line)
            guard track.length > length * 1.15 else { continue }
            let wanted = max(1, Int((track.length / spacing).rounded()))
            for k in 0..<wanted {
                let middle = track.length * (Double(k) + 0.5) / Double(wanted)
                let reach = track.length / Double(wanted) / 2 - length / 2
                for step in 0..<24 {
                    let offset = Double((step + 1) / 2) * (step % 2 == 0 ? 1 : -1) * max(2, reach / 12)
                    let start = middle + offset - length / 2
                    guard start > 0, start + length < track.length, abs(offset) <= max(reach, 0) + 0.01 else {
                        continue
                    }
                    if write(
                        letters, advances, gap, track, start, length, street.name, window, &taken, &list, engine)
                    {
                        placed = true
                        break
                    }
                }
            }
        }
        return placed
    }

    private func write(
        _ letters: [String], _ advances: [Double], _ gap: Double, _ track: Track, _ start: Double, _ length: Double,
        _ name: String, _ window: Box, _ taken: inout PlacedBoxes, _ list: inout DisplayList, _ engine: TextEngine
    ) -> Bool {
        let first = track.point(at: start)
        let last = track.point(at: start + length)
        let heading = atan2(last.y - first.y, last.x - first.x)
        // Chinese signs read down a steep street and left to right on a flat one.
        let backward = heading > .pi / 2 + 0.05 || heading < -.pi / 2 - 0.05 || abs(heading + .pi / 2) < 0.3
        let em = size * TextEngine.millimetresPerPoint
        var inscriptions: [Inscription] = []
        var at = 0.0
        var previous: Double?
        for (letter, advance) in zip(letters, advances) {
            let middle = at + advance / 2
            let s = backward ? start + length - middle : start + middle
            let p = track.point(at: s)
            let a = track.point(at: s - em * 0.6)
            let b = track.point(at: s + em * 0.6)
            var angle = backward ? atan2(a.y - b.y, a.x - b.x) : atan2(b.y - a.y, b.x - a.x)
            if let previous, abs(remainder(angle - previous, 2 * .pi)) > bend { return false }
            previous = angle
            // On steep streets CJK letters stay upright, one below the other, as on the map tradition asks.
            if abs(angle) > 1.1, letters.allSatisfy({ $0.unicodeScalars.first!.value >= 0x2e80 }) {
                angle -= angle > 0 ? .pi / 2 : -.pi / 2
            }
            let ink = engine.shape(letter, .regular).ink
            let up = (ink.minY + ink.maxY) / 2 * em
            let back = (ink.minX + ink.maxX) / 2 * em
            let inscription = engine.line(
                letter, x: p.x - back * cos(angle) + up * sin(angle), y: p.y - back * sin(angle) - up * cos(angle),
                size: size, colour: colour, halo: 0.35, angle: abs(angle) < 0.01 ? 0 : angle,
                subject: Subject(.street, name))
            let box = inscription.box.expanded(by: 0.25)
            guard window.contains(x: box.minX, y: box.minY), window.contains(x: box.maxX, y: box.maxY),
                taken.isFree(box)
            else { return false }
            inscriptions.append(inscription)
            at += advance + gap
        }
        for inscription in inscriptions {
            list.append(.text(inscription))
            taken.insert(inscription.box.expanded(by: 0.25))
        }
        return true
    }

    private static func length(_ line: [PlanarPoint]) -> Double {
        zip(line, line.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
    }

    /// Joins lines that end where another begins.
    private static func joined(_ pieces: [[PlanarPoint]]) -> [[PlanarPoint]] {
        var rest = pieces
        var result: [[PlanarPoint]] = []
        while var line = rest.popLast() {
            var grown = true
            while grown {
                grown = false
                for i in rest.indices {
                    let other = rest[i]
                    if other.first == line.last {
                        line += other.dropFirst()
                    } else if other.last == line.last {
                        line += other.reversed().dropFirst()
                    } else if other.last == line.first {
                        line = other + line.dropFirst()
                    } else if other.first == line.first {
                        line = other.reversed() + line.dropFirst()
                    } else {
                        continue
                    }
                    rest.remove(at: i)
                    grown = true
                    break
                }
            }
            result.append(line)
        }
        return result
    }
}

/// A line with its lengths, to walk along.
private struct Track {
    let points: [PlanarPoint]
    let along: [Double]

    init(_ points: [PlanarPoint]) {
        self.points = points
        var along = [0.0]
        for i in 1..<points.count { along.append(along[i - 1] + points[i - 1].distance(to: points[i])) }
        self.along = along
    }

    var length: Double { along.last ?? 0 }

    func point(at s: Double) -> PlanarPoint {
        let s = min(max(s, 0), length)
        var low = 0
        var high = along.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if along[middle] <= s { low = middle } else { high = middle }
        }
        let span = along[high] - along[low]
        let t = span > 0 ? (s - along[low]) / span : 0
        let (p, q) = (points[low], points[high])
        return PlanarPoint(x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y))
    }
}
