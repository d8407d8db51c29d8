public import GeoGrid

extension Layer {
    /// Every layer, in the order in which they are best imported.
    public static let all: [Layer] = ofTown + ledgers

    /// The layers that a `Town` in memory holds.
    static let ofTown: [Layer] = [
        community, grid, microgrid, road, water, building, place, household, careResident, servicePoint, premises,
        hazard, person, post,
    ]

    /// The layer of a name as typed, or as files are called: `care_resident`, `care-residents`, `households`, `care`,
    /// `关爱人员`.
    public static func named(_ word: String) -> Layer? {
        let plain = word.lowercased().replacing("-", with: "_")
        let name = otherNames[plain] ?? plain
        return all.first { name == $0.name || name == $0.name + "s" || $0.title.zh == word }
    }

    private static let otherNames = [
        "communities": "community", "aliases": "alias", "care": "care_resident", "services": "service_point",
        "people": "person",
    ]

    public static func units(_ level: Level) -> Layer? {
        switch level {
        case .town: nil
        case .community: community
        case .grid: grid
        case .microgrid: microgrid
        }
    }

    public static let community = unit(
        "community", Text(zh: "社区", en: "communities"),
        codes: ["社区编码", "社区代码", "村编码", "community_code"], names: ["社区名称", "社区", "村", "村名"],
        parents: ["镇编码", "town_code", "镇代码"])

    public static let grid = unit(
        "grid", Text(zh: "网格", en: "grids"), codes: ["网格编码", "网格代码", "网格号", "grid_code"],
        names: ["网格名称", "网格", "grid_name"], parents: ["社区编码", "社区代码", "community", "community_code", "所属社区"])

    public static let microgrid = unit(
        "microgrid", Text(zh: "微网格", en: "microgrids"),
        codes: ["微网格编码", "微网格代码", "微网格号", "microgrid_code", "mg_code"], names: ["微网格名称", "微网格"],
        parents: ["网格编码", "网格代码", "grid", "grid_code", "所属网格"])

    private static func unit(_ name: String, _ title: Text, codes: [String], names: [String], parents: [String])
        -> Layer
    {
        Layer(
            name: name, title: title, geometry: .polygons, needsGeometry: true,
            fields: [
                .text("code", "编码", "code", codes + ["代码", "编号", "id"], required: true),
                .text("name", "名称", "name", names),
                .text("parent", "上级编码", "parent", parents + ["parent_code", "上级"]),
                .text("kind", "类型", "kind", ["类别", "type"]),
                .of(.integer, "households", "登记户数", "households", ["户数", "总户数", "household_count"], privacy: .office),
                .of(
                    .integer, "persons", "登记人口", "persons", ["人口", "人口数", "人数", "总人口", "people", "population"],
                    privacy: .office),
            ], dated: true, placed: false, privacy: .public)
    }

    public static let building = Layer(
        name: "building", title: Text(zh: "楼栋", en: "buildings"), geometry: .polygons, needsGeometry: true,
        fields: [
            .text("id", "楼栋编号", "building id", ["编号", "楼栋编码", "building_id", "osm_id", "@id"]),
            .text("compound", "小区", "compound", ["小区名称", "院落", "estate"]),
            .text("street", "街道", "street", ["街路巷", "路名", "道路", "addr:street"]),
            .text("number", "门牌号", "number", ["门牌", "楼号", "楼栋号", "栋号", "addr:housenumber", "housenumber"]),
            .of(.integer, "floors", "层数", "floors", ["楼层", "楼层数", "levels", "building:levels"], absent: .integer(1)),
            .text("use", "用途", "use", ["类型", "building", "usage"]),
        ], dated: false, placed: false, privacy: .public)

    public static let road = Layer(
        name: "road", title: Text(zh: "道路", en: "roads"), geometry: .lines, needsGeometry: true,
        fields: [
            .text("id", "道路编号", "road id", ["编号", "road_id", "osm_id", "@id"]),
            .text("name", "路名", "name", ["名称", "道路名称", "街路巷"]),
            .of(
                .choice([
                    .init(value: "trunk", aliases: ["motorway", "motorway_link", "trunk_link", "快速路", "国道", "高速"]),
                    .init(value: "primary", aliases: ["primary_link", "主干路", "主干道", "省道"]),
                    .init(
                        value: "secondary",
                        aliases: ["secondary_link", "tertiary", "tertiary_link", "次干路", "次干道", "县道"]),
                    .init(value: "residential", aliases: ["unclassified", "road", "支路", "街", "乡道"]),
                    .init(value: "lane", aliases: ["living_street", "service", "track", "巷", "胡同", "村道"]),
                    .init(
                        value: "footway",
                        aliases: ["path", "pedestrian", "steps", "cycleway", "bridleway", "人行道", "小路"]),
                    .init(value: "rail", aliases: ["铁路", "railway"]),
                ]), "class", "道路等级", "class", ["等级", "highway", "road_class", "roadClass", "fclass"], required: true),
            .of(.boolean, "bridge", "桥", "bridge", ["是否桥梁"], absent: .integer(0)),
        ], dated: false, placed: false, privacy: .public)

    public static let water = Layer(
        name: "water", title: Text(zh: "水系", en: "water"), geometry: .any, needsGeometry: true,
        fields: [
            .text("id", "水系编号", "water id", ["编号", "water_id", "osm_id", "@id"]),
            .text("name", "名称", "name", ["河名", "水系名称"]),
        ], dated: false, placed: false, privacy: .public)

    public static let place = Layer(
        name: "place", title: Text(zh: "地名", en: "places"), geometry: .point, needsGeometry: true,
        fields: [
            .text("id", "地名编号", "place id", ["编号", "place_id", "osm_id", "@id"]),
            .text("name", "名称", "name", ["地名"], required: true),
            .text("kind", "类型", "kind", ["类别", "type", "amenity", "place", "fclass"]),
        ], dated: false, placed: false, privacy: .public)

    private static let riskColours: Field.Kind = .choice([
        .init(value: "red", aliases: ["红", "红色"]), .init(value: "orange", aliases: ["橙", "橙色"]),
        .init(value: "yellow", aliases: ["黄", "黄色"]), .init(value: "blue", aliases: ["蓝", "蓝色"]),
    ])

    public static let household = Layer(
        name: "household", title: Text(zh: "户", en: "households"), geometry: .point, needsGeometry: true,
        fields: [
            .text("id", "户编号", "household id", ["编号", "户号", "household_id", "户编码"], required: true, privacy: .office),
            .text("head", "户主", "head", ["户主姓名", "姓名", "name", "head_name"], privacy: .operational),
            .of(
                .phone, "phone", "电话", "phone", ["联系电话", "手机", "手机号", "tel", "联系方式"], privacy: .operational,
                absent: .text("")),
            .text("address", "地址", "address", ["住址", "详细地址", "家庭住址", "addr"], privacy: .operational),
            .text("building", "楼栋编号", "building", ["楼栋", "楼栋编码", "building_id"], privacy: .office),
            .of(
                .integer, "persons", "人数", "persons", ["人口", "人口数", "家庭人口", "people", "常住人口"], privacy: .office,
                absent: .integer(1)),
            .of(riskColours, "risk", "风险颜色", "risk", ["风险", "风险等级", "颜色", "四色"], privacy: .operational),
        ], dated: true, placed: true, privacy: .office)

    public static let careResident = Layer(
        name: "care_resident", title: Text(zh: "关爱人员", en: "care residents"), geometry: .point, needsGeometry: true,
        fields: [
            .text("id", "编号", "care id", ["人员编号", "care_id", "resident_id"], required: true, privacy: .operational),
            .text("household", "户编号", "household", ["户号", "household_id", "户编码"], privacy: .operational),
            .text("name", "姓名", "name", [], privacy: .operational),
            .text("category", "类别", "category", ["关爱类别", "人员类别", "类型", "kind"], required: true, privacy: .operational),
            .of(
                .real, "visits_per_month", "每月走访次数", "visits per month", ["visits", "走访频次", "走访次数", "visits_month"],
                privacy: .operational),
            .of(.integer, "birth_year", "出生年份", "birth year", ["出生年", "birthyear"], privacy: .operational),
            .text("subtype", "子类", "subtype", ["细类", "监测情况", "认定情况"], privacy: .operational),
        ], dated: true, placed: true, privacy: .operational)

    public static let servicePoint = Layer(
        name: "service_point", title: Text(zh: "服务点", en: "service points"), geometry: .point, needsGeometry: true,
        fields: [
            .text("id", "服务点编号", "service point id", ["编号", "service_point_id"], required: true),
            .text("name", "名称", "name", ["服务点名称"]),
            .text("kind", "类型", "kind", ["类别", "type"]),
            .of(.integer, "capacity", "容量", "capacity", ["承载人数", "容纳人数"]),
        ], dated: true, placed: true, privacy: .public)

    public static let premises = Layer(
        name: "premises", title: Text(zh: "经营场所", en: "premises"), geometry: .point, needsGeometry: true,
        fields: [
            .text("id", "场所编号", "premises id", ["编号", "premises_id"], required: true, privacy: .office),
            .text("name", "名称", "name", ["场所名称", "店名", "字号"], privacy: .office),
            .text("kind", "类型", "kind", ["类别", "type"], privacy: .office),
            .of(riskColours, "risk", "风险颜色", "risk", ["风险", "风险等级", "颜色"], privacy: .operational),
            .text("address", "地址", "address", ["经营地址"], privacy: .office),
        ], dated: true, placed: true, privacy: .office)

    public static let hazard = Layer(
        name: "hazard", title: Text(zh: "隐患", en: "hazards"), geometry: .point, needsGeometry: true,
        fields: [
            .text("id", "隐患编号", "hazard id", ["编号", "hazard_id"], required: true, privacy: .office),
            .text("kind", "类型", "kind", ["类别", "type"], privacy: .office),
            .of(riskColours, "risk", "风险颜色", "risk", ["风险", "风险等级", "颜色"], privacy: .office),
            .of(.day, "found", "发现日期", "found", ["发现时间", "上报日期"], privacy: .office),
            .of(.day, "closed", "销号日期", "closed", ["整改日期", "关闭日期"], privacy: .office),
            .text("note", "说明", "note", ["备注", "描述"], privacy: .operational),
        ], dated: false, placed: true, privacy: .office)

    public static let person = Layer(
        name: "person", title: Text(zh: "人员", en: "people"), geometry: .point, needsGeometry: false,
        fields: [
            .text("id", "人员编号", "person id", ["编号", "person_id", "工号"], required: true),
            .text("name", "姓名", "name", [], required: true),
            .of(
                .phone, "phone", "电话", "phone", ["联系电话", "手机", "手机号", "tel"], privacy: .office, absent: .text("")),
            .text("skills", "技能", "skills", ["特长"], privacy: .office),
            .of(
                .boolean, "party_member", "党员", "party member", ["是否党员", "党", "party"], privacy: .operational,
                absent: .integer(0)),
        ], dated: false, placed: false, privacy: .public)

    public static let post = Layer(
        name: "post", title: Text(zh: "岗位任职", en: "posts"), geometry: nil, needsGeometry: false,
        fields: [
            .text("id", "岗位编号", "post id", ["编号", "post_id"]),
            .text("role", "岗位", "role", ["角色", "职务", "岗位名称"], required: true),
            .of(
                .choice([
                    .init(value: "town", aliases: ["镇", "街道"]), .init(value: "community", aliases: ["社区", "村"]),
                    .init(value: "grid", aliases: ["网格"]), .init(value: "microgrid", aliases: ["微网格", "组"]),
                ]), "level", "层级", "level", ["级别", "单元层级"], required: true),
            .text("unit", "单元编码", "unit", ["单元", "unit_code", "网格编码", "编码"]),
            .text("zoning", "体系", "zoning", ["网格体系", "system"]),
            .text("person", "人员编号", "person", ["任职人员", "person_id", "工号"], absent: .null),
            .of(
                .choice([
                    .init(value: "full-time", aliases: ["专职", "fulltime", "full_time"]),
                    .init(value: "part-time", aliases: ["兼职", "parttime", "part_time"]),
                    .init(value: "volunteer", aliases: ["志愿", "志愿者", "义务"]),
                ]), "employment", "任职方式", "employment", ["用工方式", "性质"], absent: .text("full-time")),
            .of(.day, "valid_from", "任职日期", "from", ["起始日期", "自", "开始日期"]),
            .of(.day, "valid_to", "离任日期", "to", ["结束日期", "至", "终止日期"]),
        ], dated: false, placed: false, privacy: .public)
}
