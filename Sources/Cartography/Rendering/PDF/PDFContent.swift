import GeoGrid

/// PDF 内容: the shapes of a page as PDF operators, with gaps where Cairo's text goes.
///
/// Cairo writes the text, since it embeds fonts and maps glyphs back to characters. Shapes are written here: a map has
/// hundreds of thousands of coordinates, and whole hundredths of a millimetre under one scaling matrix take a fifth of
/// the time and half of the room. Halos are the letters once more, stroked (text rendering mode 1), not outlines.
/// Operators: ISO 32000-1, annex A.
struct PDFContent: Sendable {
    /// Where Cairo's text object for a text of the page goes.
    struct Gap: Sendable {
        /// Bytes of `tail` before it.
        var offset: Int
        /// Position of the text among those of the page.
        var text: Int
    }

    /// The operators before the first text: most of a map. Made and deflated side by side with other pages.
    private(set) var head: [UInt8] = []
    /// The operators after it, in one piece: a buffer for each of thousands of gaps would be most of the memory.
    private(set) var tail: [UInt8] = []
    private(set) var gaps: [Gap] = []
    private(set) var texts: [Inscription] = []
    private(set) var layers: Set<Layer> = []
    /// Opacities in thousandths that the page's graphics states must hold.
    private(set) var opacities: Set<Int> = []

    /// Coordinates in a millimetre.
    static let units = 100.0

    private struct State {
        var fill: Colour?
        var stroke: Colour?
        var width: Double?
        var dash: [Double]?
        var cap: Stroke.Cap?
        var fillOpacity = 1000
        var strokeOpacity = 1000
    }

    private var out: [UInt8] = []
    private var state = State()
    private var stack: [State] = []
    /// Between texts that follow each other the scale stays that of Cairo.
    private var inText = false
    private let slug: Double

    /// O(coordinates + texts).
    init(_ page: Page) {
        slug = page.slug
        let scale = Self.real(1 / (Self.units * TextEngine.millimetresPerPoint))
        let points = 1 / TextEngine.millimetresPerPoint
        let height = Self.real(page.outerHeight * points)
        let corner = Self.real(page.slug * points)
        write("1 0 0 -1 0 \(height) cm \(scale) 0 0 \(scale) \(corner) \(corner) cm 1 j\n")
        var open = false
        for mark in page.list.marks {
            if case .text(let text) = mark {
                append(text)
                continue
            }
            leaveText()
            switch mark {
            case .text: break
            case .layer(let layer):
                if open { write("EMC\n") }
                write("/OC /\(Self.name(layer)) BDC\n")
                layers.insert(layer)
                open = true
            case .clip(let outline):
                save()
                trace(outline)
                write("W* n\n")
            case .endClip: restore()
            case .shape(let shape): append(shape)
            }
        }
        leaveText()
        if open { write("EMC\n") }
        if gaps.isEmpty { endHead() }
        tail = out
        out = []
    }

    static func name(_ layer: Layer) -> String { "GG\(layer.rawValue)" }
    static func name(fillOpacity: Int) -> String { "GGf\(fillOpacity)" }
    static func name(strokeOpacity: Int) -> String { "GGs\(strokeOpacity)" }

    private mutating func endHead() {
        head = Deflate.zlib(out)
        out = []
    }

    /// Leaves a gap for the text that comes next.
    private mutating func leaveGap() {
        if gaps.isEmpty { endHead() }
        gaps.append(Gap(offset: out.count, text: texts.count))
    }

    private mutating func save() {
        write("q\n")
        stack.append(state)
    }

    private mutating func restore() {
        write("Q\n")
        state = stack.removeLast()
    }

    private mutating func leaveText() {
        guard inText else { return }
        inText = false
        restore()
    }

    private mutating func append(_ text: Inscription) {
        if !inText {
            save()
            let scale = Self.real(Self.units * TextEngine.millimetresPerPoint)
            let corner = Self.real(-slug * Self.units)
            write("\(scale) 0 0 \(scale) \(corner) \(corner) cm\n")
            inText = true
            state.width = nil
        }
        if text.halo > 0 {
            // Empty replacement text: a search finds the label once.
            save()
            write("/Span << /ActualText () >> BDC 1 Tr ")
            set(stroke: Colour.white.opacity(0.92))
            write("\(Self.real(2 * text.halo / TextEngine.millimetresPerPoint)) w\n")
            if let dash = state.dash, !dash.isEmpty { write("[] 0 d\n") }
            leaveGap()
            write("EMC\n")
            restore()
        }
        set(fill: text.colour)
        leaveGap()
        texts.append(text)
    }

    private mutating func append(_ shape: Shape) {
        guard shape.fill != nil || shape.stroke != nil else { return }
        if let fill = shape.fill { set(fill: fill) }
        if let stroke = shape.stroke {
            set(stroke: stroke.colour)
            if state.width != stroke.width {
                real(stroke.width * Self.units)
                write(" w\n")
                state.width = stroke.width
            }
            if state.dash ?? [] != stroke.dash {
                write("[")
                for length in stroke.dash {
                    real(length * Self.units)
                    out.append(UInt8(ascii: " "))
                }
                write("] 0 d\n")
                state.dash = stroke.dash
            }
            if state.cap ?? .butt != stroke.cap {
                write(stroke.cap == .round ? "1 J\n" : "0 J\n")
                state.cap = stroke.cap
            }
        }
        trace(shape.outline)
        write(shape.fill == nil ? "S\n" : shape.stroke == nil ? "f*\n" : "B*\n")
    }

    private mutating func set(fill colour: Colour) {
        let opacity = Int((colour.opacity * 1000).rounded())
        if state.fillOpacity != opacity {
            write("/\(Self.name(fillOpacity: opacity)) gs\n")
            opacities.insert(opacity)
            state.fillOpacity = opacity
        }
        if state.fill.map({ $0.hex != colour.hex }) ?? true {
            write(colour, "rg\n")
            state.fill = colour
        }
    }

    private mutating func set(stroke colour: Colour) {
        let opacity = Int((colour.opacity * 1000).rounded())
        if state.strokeOpacity != opacity {
            write("/\(Self.name(strokeOpacity: opacity)) gs\n")
            opacities.insert(opacity)
            state.strokeOpacity = opacity
        }
        if state.stroke.map({ $0.hex != colour.hex }) ?? true {
            write(colour, "RG\n")
            state.stroke = colour
        }
    }

    private mutating func write(_ colour: Colour, _ operation: String) {
        for channel in [colour.red, colour.green, colour.blue] {
            write(decimals(Double(channel) / 255, 3))
            out.append(UInt8(ascii: " "))
        }
        write(operation)
    }

    private mutating func trace(_ outline: Outline) {
        var i = 0
        var last = (x: Int.min, y: Int.min)
        var moved = false
        outline.xy.withUnsafeBufferPointer { xy in
            for verb in outline.verbs {
                switch verb {
                case .move:
                    last = point(xy[i], xy[i + 1])
                    write(last, UInt8(ascii: "m"))
                    moved = true
                    i += 2
                case .line:
                    let next = point(xy[i], xy[i + 1])
                    // Points that fall together on the page are one, but a dot is a line of no length.
                    if next != last || moved { write(next, UInt8(ascii: "l")) }
                    last = next
                    moved = false
                    i += 2
                case .curve:
                    let (a, b) = (point(xy[i], xy[i + 1]), point(xy[i + 2], xy[i + 3]))
                    last = point(xy[i + 4], xy[i + 5])
                    write(a)
                    write(b)
                    write(last, UInt8(ascii: "c"))
                    moved = false
                    i += 6
                case .close:
                    out.append(UInt8(ascii: "h"))
                    out.append(UInt8(ascii: "\n"))
                    last = (Int.min, Int.min)
                }
            }
        }
    }

    private func point(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
        (Int((x * Self.units).rounded()), Int((y * Self.units).rounded()))
    }

    private mutating func write(_ p: (x: Int, y: Int), _ operation: UInt8) {
        write(p)
        out.append(operation)
        out.append(UInt8(ascii: "\n"))
    }

    private mutating func write(_ p: (x: Int, y: Int)) {
        integer(p.x)
        out.append(UInt8(ascii: " "))
        integer(p.y)
        out.append(UInt8(ascii: " "))
    }

    private mutating func integer(_ value: Int) {
        if value < 0 { out.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = out.count
        repeat {
            out.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        out[start...].reverse()
    }

    private mutating func real(_ value: Double) { write(decimals(value, 2)) }

    private mutating func write(_ text: String) { out.append(contentsOf: text.utf8) }

    /// Nine decimals, for matrices.
    private static func real(_ value: Double) -> String { decimals(value, 9) }
}
