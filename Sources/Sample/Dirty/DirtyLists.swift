import GeoGrid

/// 脏名单: lists of households and posts with one fault of each kind.
struct DirtyLists {
    private(set) var faults: [PlantedFault] = []
    private(set) var households = ""
    private(set) var posts = ""
    /// All positions on GCJ-02, which Amap and Tencent use.
    private(set) var shifted = ""
    /// A clean list, to be written in GB18030.
    private(set) var plain = ""
    /// UTF-8 with a byte that cannot be.
    private(set) var broken: [UInt8] = []

    private static let header = ["户号", "户主", "电话", "地址", "楼栋", "人数", "风险颜色", "经度", "纬度"]
    private let town: Town

    init(_ dirty: DirtyTown) {
        town = dirty.base.town
        writeHouseholds()
        writePosts()
        var gcj = CSVText(Self.header)
        var utf8 = CSVText(Self.header)
        for home in town.households.prefix(120) {
            let s = SampleTown.projection.sevenths(home.location)
            let moved = Datum.wgs84.convert(
                GeographicPoint(longitude: Double(s.longitude) / 1e7, latitude: Double(s.latitude) / 1e7), to: .gcj02)
            gcj.add(
                cells(home).dropLast(2) + [
                    FixedDecimals.sevenths(Int((moved.longitude * 1e7).rounded())),
                    FixedDecimals.sevenths(Int((moved.latitude * 1e7).rounded())),
                ])
            utf8.add(cells(home))
        }
        shifted = gcj.text
        plain = utf8.text
        broken = Array(utf8.text.utf8)
        let line = broken.indices.filter { broken[$0] == 0x0A }[20] + 1
        broken[line + 8] = 0xFF
        plant("datumShift", "households-gcj02.csv", [], nil, "整份文件是 GCJ-02 坐标")
        plant("otherEncoding", "households-gb18030.csv", [], nil, "GB18030 编码")
        plant("brokenText", "households-broken.csv", [town.households[20].id], nil, "一个字节不是 UTF-8")
        plant("truncated", "communities-truncated.geojson", [], nil, "文件不完整")
    }

    private mutating func plant(
        _ kind: String, _ file: String, _ ids: [String], _ place: PlanarPoint?, _ note: String
    ) {
        faults.append(PlantedFault(kind: kind, layer: file, units: ids, area: nil, place: place, note: note))
    }

    private func cells(_ home: Household) -> [String] {
        [
            home.id, home.head, home.phone, home.address, home.buildingID, String(home.persons),
            home.risk?.rawValue ?? "",
        ] + DirtyTown.degrees(home.location)
    }

    private mutating func writeHouseholds() {
        var rows = town.households.map(cells)
        let file = "households.csv"
        var box = Box.empty
        for i in 0..<town.communities.count {
            let b = town.communities.areas.box(ofFeature: i)
            box.extend(b)
        }
        func tamper(_ i: Int, _ kind: String, _ column: Int, _ value: String, _ note: String) {
            rows[i][column] = value
            plant(kind, file, [rows[i][0]], town.households[i].location, note)
        }
        let far = SampleTown.projection.rounded(PlanarPoint(x: box.maxX + 2000, y: box.maxY + 1500))
        rows[30][7...8] = ArraySlice(DirtyTown.degrees(far))
        plant("outsideTown", file, [rows[30][0]], far, "在镇外约两公里")
        let near = besideBorder()
        rows[60][7...8] = ArraySlice(DirtyTown.degrees(near))
        plant("justOutside", file, [rows[60][0]], near, "在镇界外 3 米，容差之内")
        tamper(90, "unknownBuilding", 4, "B99999", "楼栋编号不存在")
        rows[120].swapAt(7, 8)
        plant("swappedAxes", file, [rows[120][0]], town.households[120].location, "经纬度写反")
        tamper(180, "formula", 1, "=HYPERLINK(\"http://example.invalid\")", "以等号开头的单元格")
        tamper(210, "scientificNumber", 2, "1.38E+10", "电话被电子表格写成科学计数")
        tamper(240, "badNumber", 5, "三口", "人数不是数字")
        tamper(270, "badChoice", 6, "紫", "没有这种风险颜色")
        rows[300][7] = ""
        rows[300][8] = ""
        plant("noPlace", file, [rows[300][0]], nil, "没有坐标")
        tamper(330, "badCoordinate", 7, "NaN", "坐标不是数")
        rows[360][0] = ""
        plant("noIdentifier", file, [], town.households[360].location, "没有户号")
        var double = rows[150]
        double[1] = "重名者"
        double[5] = "9"
        rows.append(double)
        plant("duplicateIdentifier", file, [double[0]], town.households[150].location, "同一户号，内容不同")
        var out = CSVText(Self.header)
        for row in rows { out.add(row) }
        households = out.text
    }

    /// A point three metres outside the town, beside the middle of a border edge.
    private func besideBorder() -> PlanarPoint {
        let ring = town.communities.areas.feature(0)[0][0]
        let rings = (0..<town.communities.count).map { Array(town.communities.areas.feature($0)[0][0].dropLast()) }
        for (a, b) in zip(ring, ring.dropFirst()) where a.distance(to: b) > 12 {
            let p = SampleTown.projection.rounded((a + b) * 0.5 - (b - a).unit.left * 3)
            if !rings.contains(where: { OpenRing.contains($0, p) }) { return p }
        }
        return ring[0]
    }

    private mutating func writePosts() {
        var rows = town.posts.map { post in
            [
                post.id, post.role, post.level.rawValue, post.unitCode, post.personID ?? "", post.employment.rawValue,
                post.validity.from?.description ?? "", post.validity.to?.description ?? "",
            ]
        }
        func tamper(_ i: Int, _ kind: String, _ column: Int, _ value: String, _ note: String) {
            rows[i][column] = value
            plant(kind, "posts.csv", [rows[i][0]], nil, note)
        }
        tamper(8, "reversedDates", 7, "2020-01-01", "离任早于任职")
        tamper(12, "badDate", 6, "2026-02-30", "没有这一天")
        tamper(16, "unknownUnit", 3, "361199100999001", "单元编码不存在")
        tamper(20, "unknownPerson", 4, "P99999", "人员编号不存在")
        tamper(24, "badLevel", 2, "楼层", "没有这一层级")
        var double = rows[28]
        double[0] = "G90001"
        double[4] = rows[29][4]
        rows.append(double)
        plant("overlappingPost", "posts.csv", [rows[28][0], double[0]], nil, "一岗同时两人")
        var out = CSVText(["id", "role", "level", "unit", "person", "employment", "from", "to"])
        for row in rows { out.add(row) }
        posts = out.text
    }
}
