public import GeoGrid

/// 绘图列表: everything on one page, in order of drawing, in millimetres from the upper left corner of the trimmed page.
///
/// A plain value: sheets are laid out once into it, and PDF, SVG and PNG are replays of it.
public struct DisplayList: Hashable, Sendable {
    public private(set) var marks: [Mark] = []

    public init() {}

    public mutating func append(_ mark: Mark) { marks.append(mark) }
    public mutating func append(_ other: DisplayList) { marks.append(contentsOf: other.marks) }
    public mutating func layer(_ layer: Layer) { marks.append(.layer(layer)) }

    public mutating func fill(_ outline: Outline, _ colour: Colour, subject: Subject? = nil) {
        guard !outline.isEmpty else { return }
        marks.append(.shape(Shape(outline, fill: colour, subject: subject)))
    }

    public mutating func stroke(_ outline: Outline, _ stroke: Stroke, subject: Subject? = nil) {
        guard !outline.isEmpty else { return }
        marks.append(.shape(Shape(outline, stroke: stroke, subject: subject)))
    }

    public mutating func draw(_ outline: Outline, fill: Colour?, stroke: Stroke?, subject: Subject? = nil) {
        marks.append(.shape(Shape(outline, fill: fill, stroke: stroke, subject: subject)))
    }

    public mutating func clipped(to outline: Outline, _ body: (inout DisplayList) -> Void) {
        marks.append(.clip(outline))
        body(&self)
        marks.append(.endClip)
    }

    /// All text on the page in order of drawing, as a reader would search it.
    public var texts: [Inscription] {
        marks.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
}

/// 图幅: one page: its trimmed size in millimetres, its marks, and what a PDF says about it.
public struct Page: Sendable {
    /// 书签: a line of the PDF outline, the children below their parent.
    public struct Bookmark: Hashable, Sendable {
        public var title: String
        public var depth: Int

        public init(_ title: String, depth: Int = 0) {
            self.title = title
            self.depth = depth
        }
    }

    public var width, height: Double
    public var list: DisplayList
    public var bookmark: Bookmark
    /// 页码标签 as a reader shows it.
    public var label: String
    /// Where the map on the page lies on the ground; nil for pages of text.
    public var georeference: Georeference?
    /// 出血: how far the drawing runs past the trimmed page, millimetres; 0 for none.
    public var bleed = 0.0

    public init(
        width: Double, height: Double, list: DisplayList, bookmark: Bookmark, label: String,
        georeference: Georeference? = nil
    ) {
        self.width = width
        self.height = height
        self.list = list
        self.bookmark = bookmark
        self.label = label
        self.georeference = georeference
    }
}

/// 图集: pages that make one file, with its document properties.
public struct MapDocument: Sendable {
    /// 文档属性 as a PDF reader shows them.
    public struct Properties: Hashable, Sendable {
        public var title: String
        public var subject: String
        public var author: String
        public var keywords: [String] = []
        public var day: Day

        public init(title: String, subject: String, author: String, day: Day) {
            self.title = title
            self.subject = subject
            self.author = author
            self.day = day
        }
    }

    public var properties: Properties
    public var pages: [Page]

    public init(_ properties: Properties, pages: [Page]) {
        self.properties = properties
        self.pages = pages
    }
}

/// 地理配准: where the map frame of a page lies on the ground.
public struct Georeference: Hashable, Sendable {
    /// The map frame on the page, millimetres.
    public var frame: Box
    /// Lower left, upper left, upper right, lower right, in the geographic system under the projected one.
    public var corners: [GeographicPoint]
    public var epsg: Int
    /// Definition of the projected system; empty where only its code is known.
    public var wkt: String

    public init(frame: Box, corners: [GeographicPoint], epsg: Int, wkt: String) {
        self.frame = frame
        self.corners = corners
        self.epsg = epsg
        self.wkt = wkt
    }
}
