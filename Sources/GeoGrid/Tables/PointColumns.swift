extension IssueCode {
    /// 坐标列缺值.
    public static let noPoint = IssueCode("GG125")
}

/// 坐标列: which two columns of a table hold the coordinates of its points.
public struct PointColumns: Hashable, Sendable {
    public var x: String
    public var y: String

    public init(x: String, y: String) {
        self.x = x
        self.y = y
    }

    private static let pairs: [(x: [String], y: [String])] = [
        (["经度", "lon", "lng", "long", "longitude"], ["纬度", "lat", "latitude"]),
        (["东坐标", "x坐标", "坐标x", "x", "easting"], ["北坐标", "y坐标", "坐标y", "y", "northing"]),
    ]

    /// Finds the pair by the names people give it, longitude and latitude before x and y; nil where there is none.
    public init?(guessing header: [String]) {
        func find(_ names: [String]) -> String? {
            for name in names {
                if let found = header.first(where: { HeaderAliases.normalized($0) == name }) { return found }
            }
            for name in names where name.unicodeScalars.count > 1 {
                if let found = header.first(where: { HeaderAliases.normalized($0).hasPrefix(name) }) { return found }
            }
            return nil
        }
        for pair in Self.pairs {
            if let x = find(pair.x), let y = find(pair.y), x != y {
                self.init(x: x, y: y)
                return
            }
        }
        return nil
    }
}

extension FeatureTable {
    /// Gives every row the point that two columns hold. Rows without two finite numbers get no geometry and a
    /// warning. Nil where the table lacks a column. O(rows).
    public func withPoints(_ columns: PointColumns) -> (table: FeatureTable, findings: [Finding])? {
        guard let xs = column(named: columns.x), let ys = column(named: columns.y) else { return nil }
        var points = Geometries()
        var findings: [Finding] = []
        for row in 0..<count {
            if let x = xs.number(row: row), let y = ys.number(row: row) {
                points.append(PlanarPoint(x: x, y: y))
                continue
            }
            points.append(.point, parts: [])
            let field = xs.number(row: row) == nil ? columns.x : columns.y
            let text = column(named: field)?.text(row: row)
            findings.append(
                Finding(
                    .noPoint, .warning, at: place(row: row, field: field),
                    text.map {
                        Text(zh: "“\(field)”里的“\($0)”不是数，没有位置", en: "“\($0)” in “\(field)” is no number: no position")
                    } ?? Text(zh: "“\(field)”是空的，没有位置", en: "“\(field)” is empty: no position"),
                    remedy: Text(zh: "请补上十进制的坐标，例如 114.30521", en: "Give a decimal coordinate, such as 114.30521")))
        }
        var table = self
        table.geometries = points
        return (table, findings)
    }
}
