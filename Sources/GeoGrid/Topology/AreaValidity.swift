/// 图形有效性: GEOS's verdict on every geometry of a column, without asking GEOS where there is no doubt.
public enum AreaValidity {
    /// Verdicts by the rules of OGC Simple Features, equal to those of GEOS, in order of the features.
    ///
    /// Areas of one ring that cannot be anything but valid are passed by `RingScan`; GEOS judges the rest and gives
    /// the reasons. A geometry that GEOS cannot even build (an open ring, too few points) is invalid for that reason.
    /// - Complexity: O(vertices), and GEOS's O(n log n) for areas with holes, several parts or faults.
    public static func verdicts(of geometries: Geometries) -> [GEOSValidity] {
        let isFinite = finiteFeatures(geometries)
        let table = EdgeTable(geometries) { !isFinite[$0] }
        return verdicts(of: geometries, table, table.grid(), isFinite)
    }

    /// `table` holds the edges of all areas with finite coordinates, `grid` the same in cells.
    static func verdicts(
        of geometries: Geometries, _ table: EdgeTable, _ grid: SegmentGrid, _ isFinite: [Bool]
    ) -> [GEOSValidity] {
        let scan = RingScan(geometries, table, grid)
        let context = GEOSContext()
        return (0..<geometries.count).map { feature in
            if geometries.isArea(feature), isFinite[feature], !scan.isSuspect[feature] { return .valid }
            return verdict(geometries, feature, isFinite[feature], context)
        }
    }

    static func finiteFeatures(_ geometries: Geometries) -> [Bool] {
        (0..<geometries.count).map { feature in
            let run = geometries.coordinates(ofFeature: feature)
            return geometries.xy[2 * run.lowerBound..<2 * run.upperBound].allSatisfy(\.isFinite)
        }
    }

    private static func verdict(
        _ geometries: Geometries, _ feature: Int, _ isFinite: Bool, _ context: GEOSContext
    ) -> GEOSValidity {
        do {
            return try GEOSGeometry(geometries, feature: feature, in: context).validity()
        } catch {
            let first = geometries.coordinates(ofFeature: feature).first
            let place = first.map { geometries[coordinate: $0] }
            return .invalid(
                reason: isFinite ? context.lastMessage : "Invalid Coordinate",
                at: place.flatMap { $0.x.isFinite && $0.y.isFinite ? $0 : nil })
        }
    }
}
