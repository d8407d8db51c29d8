extension IssueCode {
    /// 经纬度写反.
    public static let swappedAxes = IssueCode("GG203")
    /// 没有声明坐标系，数值又不是经纬度.
    public static let undeclaredCRS = IssueCode("GG205")
}

/// 坐标检查: what the numbers themselves say about axes and system, before anything is projected.
public enum CoordinateCheck {
    /// Warnings about the coordinates of a table as read, in the system it declares (else WGS 84): one about the file,
    /// or, where most of its features are right, one about each that is not.
    ///
    /// Longitude and latitude are taken as swapped where every coordinate fits the globe that way only, or lies in
    /// China (73–136° E, 3–54° N) that way only. O(coordinates).
    public static func findings(_ table: FeatureTable) -> [Finding] {
        guard table.crs == nil || table.crs == .wgs84 || table.crs == .cgcs2000 else { return [] }
        let rows = (0..<table.count).filter { !table.geometries.coordinates(ofFeature: $0).isEmpty }
        let odd = rows.filter { isOdd(table.geometries.box(ofFeature: $0)) }
        guard !odd.isEmpty else { return [] }
        let ofFile = findings(table.geometries.box, at: place(of: rows[0], in: table))
        if 2 * odd.count >= rows.count, !ofFile.isEmpty { return ofFile }
        return odd.flatMap { findings(table.geometries.box(ofFeature: $0), at: place(of: $0, in: table)) }
    }

    private static func isOdd(_ box: Box) -> Bool { looksSwapped(box) || !fitsDegrees(box) }

    private static func fitsDegrees(_ box: Box) -> Bool {
        box.minX >= -360 && box.maxX <= 360 && box.minY >= -90 && box.maxY <= 90
    }

    private static func place(of row: Int, in table: FeatureTable) -> Place {
        var place = table.place(row: row)
        place.coordinate = table.geometries[coordinate: table.geometries.coordinates(ofFeature: row).lowerBound]
        return place
    }

    private static func findings(_ box: Box, at place: Place) -> [Finding] {
        if looksSwapped(box) {
            return [
                Finding(
                    .swappedAxes, .warning, at: place,
                    Text(
                        zh: "经度和纬度好像写反了：第一个数在 \(range(box.minX, box.maxX))，第二个数在 \(range(box.minY, box.maxY))",
                        en: "Longitude and latitude look swapped: the first numbers lie in "
                            + "\(range(box.minX, box.maxX)), the second in \(range(box.minY, box.maxY))"),
                    remedy: Text(
                        zh: "GeoJSON 规定先经度后纬度；请在导出软件里调换后重新导出",
                        en: "GeoJSON wants longitude first; swap them in the program that exported the file"))
            ]
        }
        guard !fitsDegrees(box) else { return [] }
        return [
            Finding(
                .undeclaredCRS, .warning, at: place,
                Text(
                    zh: "坐标不是经纬度（范围 \(range(box.minX, box.maxX))，\(range(box.minY, box.maxY))），"
                        + "文件也没有声明坐标系",
                    en: "The coordinates are not degrees (\(range(box.minX, box.maxX)), "
                        + "\(range(box.minY, box.maxY))), and the file declares no coordinate system"),
                remedy: Text(
                    zh: "请说明坐标系，例如 EPSG:4547；不说明时按平面米制坐标处理",
                    en: "Name the system, such as EPSG:4547; without it they are taken as plane metres"))
        ]
    }

    /// Whether the coordinates make sense as degrees only with x and y exchanged.
    public static func looksSwapped(_ box: Box) -> Bool {
        func isGlobe(_ lon: (Double, Double), _ lat: (Double, Double)) -> Bool {
            lon.0 >= -180 && lon.1 <= 180 && lat.0 >= -90 && lat.1 <= 90
        }
        func isChina(_ lon: (Double, Double), _ lat: (Double, Double)) -> Bool {
            lon.0 >= 73 && lon.1 <= 136 && lat.0 >= 3 && lat.1 <= 54
        }
        let x = (box.minX, box.maxX)
        let y = (box.minY, box.maxY)
        return isGlobe(y, x) && (!isGlobe(x, y) || (isChina(y, x) && !isChina(x, y)))
    }

    private static func range(_ low: Double, _ high: Double) -> String {
        func short(_ value: Double) -> String {
            let rounded = (value * 100).rounded() / 100
            return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
        }
        return "\(short(low)) … \(short(high))"
    }
}
