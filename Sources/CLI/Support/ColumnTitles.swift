/// 列名对照: English titles of the tables that offices get in Chinese, for answers on a terminal in English.
enum ColumnTitles {
    static func english(_ title: String) -> String { table[title] ?? title }

    private static let table = [
        "社区": "community", "网格": "grid", "微网格": "microgrid", "单元": "unit", "层级": "level", "单元编码": "unit code",
        "编码": "code", "编号": "id", "名称": "name", "岗位": "post", "姓名": "held by", "电话": "phone", "任职方式": "employment",
        "任职日期": "since", "离任日期": "until", "岗位编号": "post id", "情况": "state", "合计": "total", "未分类": "no kind",
        "未办结": "open", "已办结": "closed", "未完工": "unfinished", "已完工": "finished", "类型": "kind", "子类": "subtype",
        "颜色": "colour", "开始": "from", "结束": "until",
        "地址": "address", "上次": "last", "应到": "due", "逾期天数": "days overdue", "变动": "change", "原颜色": "colour then",
        "现颜色": "colour now", "原单元": "unit then", "现单元": "unit now", "自": "from", "至": "until", "件数": "events",
        "户数": "households", "每千户": "per 1,000", "日期": "day", "状态": "state", "天数": "days", "网格负责人": "grid lead",
        "微网格负责人": "microgrid lead", "事由": "subject", "用途": "use", "登记亩数": "mu stated", "实测亩数": "mu",
        "面积(平方米)": "m²", "面积(亩)": "mu", "楼栋": "buildings", "人数": "people", "地块": "parcel", "户编号": "household",
    ]
}
