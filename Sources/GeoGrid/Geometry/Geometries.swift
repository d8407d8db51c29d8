/// 图形类型: the kind of a geometry; a collection keeps the members of its highest dimension.
public enum GeometryKind: UInt8, Sendable {
    case none, point, multiPoint, lineString, multiLineString, polygon, multiPolygon
}

/// 图形列: the geometries of a layer in flat storage.
///
/// Every kind is nested alike, so that one loop serves all:
/// a feature is a run of parts, a part a run of paths, a path a run of coordinates.
/// A polygon is one part (its first path the shell, the others holes), a line or a point one part of one path.
/// Rings are closed: the first coordinate stands again at the end. Feature, part and path `i` own the half-open run
/// `offsets[i]..<offsets[i + 1]` of the next level; the offset arrays begin with 0.
/// Coordinates are interleaved, x (or longitude) first, in one CRS for the whole column.
public struct Geometries: Sendable {
    public private(set) var kinds: [GeometryKind] = []
    public private(set) var featureOffsets: [Int] = [0]
    public private(set) var partOffsets: [Int] = [0]
    public private(set) var pathOffsets: [Int] = [0]
    /// Interleaved coordinates: x of coordinate `i` at `2 * i`, y at `2 * i + 1`.
    public var xy: [Double] = []

    public init() {}

    /// Adopts finished arrays. Precondition: the offsets are nested as the type describes.
    public init(
        kinds: [GeometryKind], featureOffsets: [Int], partOffsets: [Int], pathOffsets: [Int], xy: [Double]
    ) {
        precondition(featureOffsets.count == kinds.count + 1)
        precondition(featureOffsets.last == partOffsets.count - 1)
        precondition(partOffsets.last == pathOffsets.count - 1)
        precondition(pathOffsets.last == xy.count / 2)
        self.kinds = kinds
        self.featureOffsets = featureOffsets
        self.partOffsets = partOffsets
        self.pathOffsets = pathOffsets
        self.xy = xy
    }

    /// Number of features.
    public var count: Int { kinds.count }

    public func parts(ofFeature feature: Int) -> Range<Int> { featureOffsets[feature]..<featureOffsets[feature + 1] }
    public func paths(ofPart part: Int) -> Range<Int> { partOffsets[part]..<partOffsets[part + 1] }
    public func coordinates(ofPath path: Int) -> Range<Int> { pathOffsets[path]..<pathOffsets[path + 1] }

    /// All coordinates of a feature, in one run.
    public func coordinates(ofFeature feature: Int) -> Range<Int> {
        let parts = parts(ofFeature: feature)
        return pathOffsets[partOffsets[parts.lowerBound]]..<pathOffsets[partOffsets[parts.upperBound]]
    }

    public subscript(coordinate i: Int) -> PlanarPoint { PlanarPoint(x: xy[2 * i], y: xy[2 * i + 1]) }

    public func box(ofFeature feature: Int) -> Box {
        var box = Box.empty
        for i in coordinates(ofFeature: feature) { box.extend(x: xy[2 * i], y: xy[2 * i + 1]) }
        return box
    }

    public var box: Box {
        var box = Box.empty
        for i in 0..<xy.count / 2 { box.extend(x: xy[2 * i], y: xy[2 * i + 1]) }
        return box
    }

    /// Appends a feature given as parts of paths of points; an empty list is a feature without geometry.
    public mutating func append(_ kind: GeometryKind, parts: [[[PlanarPoint]]]) {
        for part in parts {
            for path in part {
                for point in path {
                    xy.append(point.x)
                    xy.append(point.y)
                }
                pathOffsets.append(xy.count / 2)
            }
            partOffsets.append(pathOffsets.count - 1)
        }
        featureOffsets.append(partOffsets.count - 1)
        kinds.append(parts.isEmpty ? .none : kind)
    }

    public mutating func append(_ point: PlanarPoint) {
        append(.point, parts: [[[point]]])
    }

    /// Appends one feature of another column, which must be in the same CRS.
    public mutating func append(feature: Int, of other: Geometries) {
        for part in other.parts(ofFeature: feature) {
            for path in other.paths(ofPart: part) {
                let run = other.coordinates(ofPath: path)
                xy.append(contentsOf: other.xy[2 * run.lowerBound..<2 * run.upperBound])
                pathOffsets.append(xy.count / 2)
            }
            partOffsets.append(pathOffsets.count - 1)
        }
        featureOffsets.append(partOffsets.count - 1)
        kinds.append(other.kinds[feature])
    }

    /// One feature as parts of paths of points.
    public func feature(_ feature: Int) -> [[[PlanarPoint]]] {
        parts(ofFeature: feature).map { part in
            paths(ofPart: part).map { path in coordinates(ofPath: path).map { self[coordinate: $0] } }
        }
    }

    /// The same features with every coordinate mapped, as a projection does.
    public func mapped(_ transform: (PlanarPoint) throws -> PlanarPoint) rethrows -> Geometries {
        var copy = self
        for i in 0..<xy.count / 2 {
            let p = try transform(self[coordinate: i])
            copy.xy[2 * i] = p.x
            copy.xy[2 * i + 1] = p.y
        }
        return copy
    }
}
