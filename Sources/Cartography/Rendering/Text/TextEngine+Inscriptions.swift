import Foundation
public import GeoGrid

/// 对齐: which point of a line of text stands at the given x.
public enum Alignment: Sendable {
    case left, centre, right
}

extension TextEngine {
    /// A line of text whose baseline passes through (x, y).
    public func line(
        _ text: String, x: Double, y: Double, size: Double, weight: Inscription.Weight = .regular,
        colour: Colour = .ink, halo: Double = 0, align: Alignment = .left, angle: Double = 0, subject: Subject? = nil
    ) -> Inscription {
        let shaped = shape(text, weight)
        let em = size * Self.millimetresPerPoint
        let back: Double =
            switch align {
            case .left: 0
            case .centre: shaped.advance * em / 2
            case .right: shaped.advance * em
            }
        let originX = x - back * cos(angle)
        let originY = y - back * sin(angle)
        return Inscription(
            text: text, x: originX, y: originY, size: size, weight: weight, colour: colour, halo: halo, angle: angle,
            box: Self.turned(shaped.ink, em, angle, originX, originY), subject: subject)
    }

    /// A line of text whose ink is centred on (x, y), as badges and plates want it.
    public func centred(
        _ text: String, x: Double, y: Double, size: Double, weight: Inscription.Weight = .regular,
        colour: Colour = .ink, halo: Double = 0, subject: Subject? = nil
    ) -> Inscription {
        let ink = ink(text, size, weight)
        return line(
            text, x: x - (ink.minX + ink.maxX) / 2, y: y - (ink.minY + ink.maxY) / 2, size: size, weight: weight,
            colour: colour, halo: halo, subject: subject)
    }

    /// Breaks text into lines no wider than `width` millimetres, between words and between Chinese characters.
    public func wrapped(_ text: String, width: Double, size: Double, weight: Inscription.Weight = .regular) -> [String]
    {
        var lines: [String] = []
        var line = ""
        for piece in Self.pieces(text) {
            if line.isEmpty || self.width(line + piece, size, weight) <= width {
                line += piece
            } else {
                lines.append(line)
                line = String(piece.drop { $0 == " " })
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// Cuts text to a width, ending it with … when something was left out.
    public func fitted(_ text: String, width: Double, size: Double, weight: Inscription.Weight = .regular) -> String {
        guard self.width(text, size, weight) > width else { return text }
        var kept = text
        while !kept.isEmpty, self.width(kept + "…", size, weight) > width { kept.removeLast() }
        return kept + "…"
    }

    /// Words with the space before them; each Chinese character alone, brackets and closing
    /// punctuation kept with what they belong to.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            let scalar = character.unicodeScalars.first!.value
            let closing = "，。、；：）》」！？,.;:)!?%".contains(character)
            let previousIsLatin = pieces.last?.unicodeScalars.last.map { $0.value < 0x2e80 && $0 != " " } ?? false
            if closing, !pieces.isEmpty {
                pieces[pieces.count - 1].append(character)
            } else if scalar < 0x2e80, character != " ", previousIsLatin || pieces.last == " " {
                pieces[pieces.count - 1].append(character)
            } else if let last = pieces.last?.last, "（《「([".contains(last) {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }

    static func turned(_ ink: Box, _ em: Double, _ angle: Double, _ x: Double, _ y: Double) -> Box {
        guard angle != 0 else {
            return Box(
                minX: x + ink.minX * em, minY: y + ink.minY * em, maxX: x + ink.maxX * em, maxY: y + ink.maxY * em)
        }
        let (s, c) = (sin(angle) * em, cos(angle) * em)
        var box = Box.empty
        for (u, v) in [(ink.minX, ink.minY), (ink.maxX, ink.minY), (ink.maxX, ink.maxY), (ink.minX, ink.maxY)] {
            box.extend(x: x + u * c - v * s, y: y + u * s + v * c)
        }
        return box
    }
}

extension Colour {
    /// 墨色: the near-black of all text.
    public static let ink = Colour(0x1f1f1f)
}
