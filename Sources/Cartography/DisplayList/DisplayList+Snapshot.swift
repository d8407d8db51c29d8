import GeoGrid

extension DisplayList {
    /// 快照: the list as text for tests: one line a mark, lengths to 0.01 mm.
    ///
    /// A path of more than eight points is told by its count, box and a checksum of its rounded coordinates, and a run
    /// of like shapes by one line, so that the snapshot of a wall map stays small.
    public var snapshot: String {
        var lines: [String] = []
        var run: (style: String, count: Int, box: Box, checksum: UInt64)?
        func flush() {
            guard let last = run else { return }
            lines.append(
                "shape\(last.style) ×\(last.count) \(Self.text(last.box)) #\(String(last.checksum, radix: 16))")
            run = nil
        }
        for mark in marks {
            guard case .shape(let shape) = mark, shape.subject == nil else {
                flush()
                lines.append(Self.line(mark))
                continue
            }
            let style = Self.style(shape)
            if run?.style != style { flush() }
            var current = run ?? (style, 0, .empty, Self.checksumSeed)
            current.count += 1
            current.box.extend(shape.outline.box)
            Self.mix(shape.outline, into: &current.checksum)
            run = current
        }
        flush()
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ mark: Mark) -> String {
        switch mark {
        case .layer(let layer): return "layer \(layer.rawValue)"
        case .clip(let outline): return "clip \(text(outline.box))"
        case .endClip: return "end clip"
        case .shape(let shape):
            var checksum = checksumSeed
            mix(shape.outline, into: &checksum)
            return
                "shape\(style(shape)) \(text(shape.outline.box)) #\(String(checksum, radix: 16))\(text(shape.subject))"
        case .text(let t):
            let turn = t.angle == 0 ? "" : " turned \(text(t.angle))"
            let halo = t.halo == 0 ? "" : " halo \(text(t.halo))"
            return "text “\(t.text)” \(text(t.x)),\(text(t.y)) \(text(t.size)) pt \(t.weight.rawValue) "
                + "\(text(t.colour))\(halo)\(turn)\(text(t.subject))"
        }
    }

    private static func style(_ shape: Shape) -> String {
        var style = ""
        if let fill = shape.fill { style += " fill \(text(fill))" }
        if let stroke = shape.stroke {
            style += " stroke \(text(stroke.colour)) \(text(stroke.width))"
            if !stroke.dash.isEmpty { style += " dash " + stroke.dash.map(text).joined(separator: "/") }
        }
        return style
    }

    private static func text(_ subject: Subject?) -> String {
        subject.map { " ← \($0.kind.rawValue) \($0.id)" } ?? ""
    }

    private static func text(_ colour: Colour) -> String {
        colour.opacity == 1 ? colour.hex : "\(colour.hex)*\(text(colour.opacity))"
    }

    private static func text(_ box: Box) -> String {
        "\(text(box.minX)),\(text(box.minY))–\(text(box.maxX)),\(text(box.maxY))"
    }

    /// Two decimals, trailing zeros dropped, no sign on zero.
    private static func text(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        return decimals(value, 2)
    }

    private static let checksumSeed: UInt64 = 0xcbf2_9ce4_8422_2325

    /// FNV-1a over the verbs and the coordinates in hundredths of a millimetre.
    private static func mix(_ outline: Outline, into checksum: inout UInt64) {
        for verb in outline.verbs { checksum = (checksum ^ UInt64(verb.rawValue)) &* 0x100_0000_01b3 }
        for value in outline.xy {
            checksum = (checksum ^ UInt64(bitPattern: Int64((value * 100).rounded()))) &* 0x100_0000_01b3
        }
    }
}

/// A number with at most `places` decimals, trailing zeros dropped, no sign on zero, the point always a point.
package func decimals(_ value: Double, _ places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard places > 0, scaled % scale != 0 else { return sign + String(scaled / scale) }
    var fraction = String(scaled % scale)
    fraction = String(repeating: "0", count: places - fraction.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return sign + String(scaled / scale) + "." + fraction
}
