public import GeoGrid
public import Planner

/// 图幅说明: what a sheet shows, whatever kind of sheet it is; the composer knows no other.
public struct SheetSpecification: Sendable {
    /// 主区: the area the sheet is about; everything around it is greyed.
    public enum Focus: Hashable, Sendable {
        case town
        case community(String)
        case grid(String)
    }

    /// 底色: what the colour of a unit means.
    public enum Fill: Sendable {
        /// Neighbours told apart, nothing more.
        case colouring(Level)
        /// A class for each unit, by its position in its layer; nil leaves it white.
        case classes(Level, [Int?])
        /// The units of a plan told apart.
        case regions
        case none
    }

    /// 图例级: a class of units or points with its words.
    public struct LegendClass: Hashable, Sendable {
        public var colour: Colour
        public var text: Text

        public init(_ colour: Colour, _ text: Text) {
            self.colour = colour
            self.text = text
        }
    }

    /// 底图浓淡.
    public enum Base: String, CaseIterable, Codable, Sendable {
        case full, grey, none
    }

    public enum Element: String, CaseIterable, Codable, Sendable {
        case microgrids, unitLabels, communityPlates, streetNames, buildingNumbers, placeNames, careSymbols
        case memberSymbols, servicePoints, riskSymbols, locator, numbers, summary
    }

    /// A point of a class, drawn as a dot of the class's colour.
    public struct ClassedPoint: Hashable, Sendable {
        public var location: PlanarPoint
        public var legend: Int

        public init(location: PlanarPoint, legend: Int) {
            self.location = location
            self.legend = legend
        }
    }

    /// An area drawn over the fills: an isochrone, a hazard.
    public struct Overlay: Sendable {
        public var rings: [[PlanarPoint]]
        public var legend: Int
        public var opacity: Double

        public init(rings: [[PlanarPoint]], legend: Int, opacity: Double = 0.35) {
            self.rings = rings
            self.legend = legend
            self.opacity = opacity
        }
    }

    /// 方案单元: grids that exist only in a plan, as groups of units of a level.
    public struct Regions: Sendable {
        public struct Unit: Hashable, Sendable {
            public var code, name, lead, people: String
            /// Position in `communities`; negative for none.
            public var community: Int
        }

        public var level: Level
        /// For each unit of the level the number of its group; negative for none.
        public var assignment: [Int]
        public var units: [Unit]
        public var communities: [TownPlan.Community] = []

        /// For each unit of the level the community it comes to.
        var communityOfUnit: [Int] { assignment.map { $0 < 0 ? -1 : units[$0].community } }
    }

    /// 晕线: units of a level marked by hatching.
    public struct Hatched: Sendable {
        public var level: Level
        public var units: [Bool]
        public var text = Text(zh: "换网格长的单元", en: "gets another lead")
    }

    public var title: Text
    public var subtitle: Text
    public var focus: Focus = .town
    public var fill: Fill = .colouring(.grid)
    public var classes: [LegendClass] = []
    public var classTitle = Text(zh: "分类", en: "Classes")
    public var points: [ClassedPoint] = []
    public var overlays: [Overlay] = []
    public var ways: [Way] = []
    /// 台账: drawn as symbols where the edition shows them.
    public var ledgers: [DisclosedLedger] = []
    /// Units of a plan made of smaller ones; their borders are drawn like those of grids.
    public var regions: Regions?
    public var hatched: Hatched?
    public var base: Base = .full
    public var elements: Set<Element>
    /// The level whose units bear full labels.
    public var labelLevel: Level = .grid
    /// Detail after the lead's name in a label, by position in the labelled layer; nil for the number of persons.
    public var details: [String]?
    public var table: LeadTable?
    /// Text blocks for the side panel, such as what changes in a plan.
    public var notes: [Note] = []

    /// 说明: a titled block of text.
    public struct Note: Hashable, Sendable {
        public var title: Text
        public var lines: [Text]
        /// People named on lines of their own, with office and phone.
        public var leads: [DisclosedTown.Lead]

        public init(title: Text, lines: [Text] = [], leads: [DisclosedTown.Lead] = []) {
            self.title = title
            self.lines = lines
            self.leads = leads
        }
    }

    public init(title: Text, subtitle: Text = Text(zh: "", en: ""), elements: Set<Element>) {
        self.title = title
        self.subtitle = subtitle
        self.elements = elements
    }
}

/// 责任人表: rows under headings that flow through columns and pages and never vanish.
public struct LeadTable: Hashable, Sendable {
    public enum Row: Hashable, Sendable {
        case heading(String)
        case cells([String])
    }

    public var title: Text
    public var columns: [Text]
    /// Columns set flush right, by position.
    public var rightAligned: Set<Int> = []
    public var rows: [Row] = []

    public init(title: Text, columns: [Text]) {
        self.title = title
        self.columns = columns
    }
}

/// 制图选项: what stands on every sheet of one run.
public struct SheetOptions: Sendable {
    public var paper: Paper
    /// Nil: the orientation in which the map comes out larger.
    public var orientation: Orientation?
    public var language: Language = .zh
    /// 编制单位.
    public var compiler = ""
    /// 审图号: the licence number a map shown to the public needs.
    public var reviewNumber = ""
    /// 装订边: wider left margin.
    public var binding = false
    /// Fixed denominator; nil for the largest round scale that fits.
    public var denominator: Double?
    /// 投影: what the caller knows of the town's coordinate system; nil leaves the sheet without georeference.
    public var projection: SheetProjection?

    public init(paper: Paper) {
        self.paper = paper
    }
}
