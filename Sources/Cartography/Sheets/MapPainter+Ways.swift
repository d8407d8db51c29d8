public import GeoGrid

extension SheetSpecification {
    /// 路线: ways of a class, drawn over streets and borders.
    public struct Way: Sendable {
        public var lines: [[PlanarPoint]]
        public var legend: Int

        public init(lines: [[PlanarPoint]], legend: Int) {
            self.lines = lines
            self.legend = legend
        }
    }
}

extension MapPainter {
    func drawWays(_ list: inout DisplayList, _ legend: inout Legend) {
        for way in specification.ways {
            let stroke = Stroke(specification.classes[way.legend].colour, 1.1 * max(0.7, lineFactor), cap: .round)
            list.stroke(frame.outline(way.lines, closed: false), stroke)
            legend.add(.line([stroke]), specification.classes[way.legend].text)
        }
    }
}
