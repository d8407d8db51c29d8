public import GeoGrid

/// 笔画: how a path is stroked; widths and dashes in millimetres.
public struct Stroke: Hashable, Sendable {
    public enum Cap: String, Sendable { case butt, round }

    public var colour: Colour
    public var width: Double
    public var dash: [Double]
    public var cap: Cap

    public init(_ colour: Colour, _ width: Double, dash: [Double] = [], cap: Cap = .butt) {
        self.colour = colour
        self.width = width
        self.dash = dash
        self.cap = cap
    }
}

/// 标注对象: what on the ground a mark speaks for, so that a program can check the page.
public struct Subject: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Codable, Sendable {
        case community, grid, microgrid, street, building, place, care, member, ledger, service, household, scaleBar
    }
    public var kind: Kind
    public var id: String

    public init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }
}

/// 图形: a path filled, stroked or both.
public struct Shape: Hashable, Sendable {
    public var outline: Outline
    public var fill: Colour?
    public var stroke: Stroke?
    /// Set on marks that take room of their own (symbols, plates), which nothing else may cover.
    public var subject: Subject?

    public init(_ outline: Outline, fill: Colour? = nil, stroke: Stroke? = nil, subject: Subject? = nil) {
        self.outline = outline
        self.fill = fill
        self.stroke = stroke
        self.subject = subject
    }

    /// What the shape may ink.
    public var box: Box { outline.box.expanded(by: (stroke?.width ?? 0) / 2) }
}

/// 文字: one line of text from its baseline origin.
public struct Inscription: Hashable, Sendable {
    public enum Weight: String, Codable, Sendable { case regular, bold }

    public var text: String
    /// Left end of the baseline, millimetres.
    public var x, y: Double
    /// Font size in points.
    public var size: Double
    public var weight: Weight
    public var colour: Colour
    /// Width of the white border around the letters, millimetres; 0 for none.
    public var halo: Double
    /// Clockwise turn about the origin of the baseline, radians.
    public var angle: Double
    /// Inked box on the page, the turn applied, the halo left out.
    public var box: Box
    public var subject: Subject?
}

/// 图层: parts of a sheet that a reader of the PDF can switch on and off.
public enum Layer: String, CaseIterable, Sendable {
    case fills, base, boundaries, symbols, labels, furniture

    public var name: Text {
        switch self {
        case .fills: Text(zh: "底色", en: "Fills")
        case .base: Text(zh: "底图", en: "Base map")
        case .boundaries: Text(zh: "界线", en: "Boundaries")
        case .symbols: Text(zh: "符号", en: "Symbols")
        case .labels: Text(zh: "注记", en: "Labels")
        case .furniture: Text(zh: "图廓整饰", en: "Title, legend, tables")
        }
    }
}

/// 绘图指令: one entry of a display list.
public enum Mark: Hashable, Sendable {
    case shape(Shape)
    case text(Inscription)
    /// Everything up to the matching `endClip` is drawn only inside the path.
    case clip(Outline)
    case endClip
    /// Everything up to the next `layer`, or the end, belongs to this layer.
    case layer(Layer)
}
