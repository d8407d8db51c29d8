public import GeoGrid

extension Layer {
    /// Layers that ledgers, zonings and addresses need, beyond the town in memory.
    static let ledgers: [Layer] = [event, project, parcel, zone, alias, inspection]

    public static let event = Layer(
        name: "event", title: Text(zh: "事件", en: "events"), geometry: .point, needsGeometry: false,
        fields: [
            .text("id", "事件编号", "event id", ["编号", "工单号", "工单编号", "event_id"], required: true, privacy: .office),
            .of(.day, "day", "日期", "day", ["受理日期", "来电日期", "发生日期", "date"], privacy: .office),
            .text("kind", "类型", "kind", ["类别", "来源", "type"], privacy: .office),
            .text("subject", "事由", "subject", ["内容", "诉求", "标题"], privacy: .operational),
            .text("address", "地址", "address", ["地点", "事发地址"], privacy: .operational),
            .of(.day, "closed", "办结日期", "closed", ["办结", "销号日期", "关闭日期"], privacy: .office),
        ], dated: false, placed: true, privacy: .office)

    public static let project = Layer(
        name: "project", title: Text(zh: "项目", en: "projects"), geometry: .point, needsGeometry: false,
        fields: [
            .text("id", "项目编号", "project id", ["编号", "project_id"], required: true),
            .text("name", "名称", "name", ["项目名称"]),
            .text("kind", "类型", "kind", ["类别", "type"]),
            .text("status", "状态", "status", ["进度"]),
            .of(.day, "started", "开工日期", "started", ["开工"]),
            .of(.day, "finished", "完工日期", "finished", ["完工", "竣工日期"]),
        ], dated: true, placed: true, privacy: .public)

    public static let parcel = Layer(
        name: "parcel", title: Text(zh: "地块", en: "parcels"), geometry: .polygons, needsGeometry: true,
        fields: [
            .text("id", "地块编号", "parcel id", ["编号", "地块号", "parcel_id"], required: true),
            .text("name", "名称", "name", ["地块名称"]),
            .text("kind", "类型", "kind", ["用途", "type"]),
            .of(.real, "mu", "面积(亩)", "area in mu", ["亩", "面积", "亩数"]),
        ], dated: true, placed: false, privacy: .office)

    public static let zone = Layer(
        name: "zone", title: Text(zh: "其他网格体系", en: "zones"), geometry: .polygons, needsGeometry: true,
        fields: [
            .text("code", "编码", "code", ["代码", "编号", "id"], required: true),
            .text("zoning", "体系", "zoning", ["网格体系", "system"], required: true),
            .text("name", "名称", "name"),
            .of(
                .choice([
                    .init(value: "base", aliases: ["基础", "全覆盖"]), .init(value: "overlay", aliases: ["叠加", "专属"]),
                    .init(value: "exclusive", aliases: ["叠加不重叠"]),
                ]), "kind", "类型", "kind", ["类别"], absent: .text("overlay")),
        ], scoped: true, dated: true, placed: false, privacy: .public)

    public static let alias = Layer(
        name: "alias", title: Text(zh: "曾用名", en: "other names"), geometry: nil, needsGeometry: false,
        fields: [
            .text("name", "别名", "other name", ["曾用名", "俗称", "旧名"], required: true),
            .of(
                .choice([
                    .init(value: "community", aliases: ["社区", "村"]),
                    .init(value: "street", aliases: ["道路", "街道", "街路巷"]),
                    .init(value: "compound", aliases: ["小区", "院落"]),
                ]), "kind", "类型", "kind", ["类别"], required: true),
            .text("target", "现名", "present name or code", ["指向", "社区编码", "现用名"], required: true),
        ], dated: false, placed: false, privacy: .public)

    public static let inspection = Layer(
        name: "inspection", title: Text(zh: "检查走访", en: "inspections"), geometry: nil, needsGeometry: false,
        fields: [
            .text("id", "记录编号", "record id", ["编号"], required: true, privacy: .office),
            .text("object", "对象编号", "object", ["场所编号", "户编号", "人员编号", "对象"], required: true, privacy: .office),
            .of(.day, "day", "日期", "day", ["检查日期", "走访日期", "date"], required: true, privacy: .office),
            .text("result", "结果", "result", ["结论"], privacy: .operational),
        ], dated: false, placed: false, privacy: .office)
}
