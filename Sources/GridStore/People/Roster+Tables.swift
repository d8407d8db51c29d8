public import GeoGrid

extension Roster {
    /// 花名册表: the posts of the day, a row each; the first column is the community, for sheets of their own.
    public var table: SheetTable {
        SheetTable(
            name: "花名册", columns: ["社区", "层级", "单元编码", "单元", "岗位", "姓名", "电话", "任职方式", "任职日期", "离任日期", "岗位编号"],
            rows: current.map { post in
                let person = post.personID.flatMap { personByID[$0] }
                return [
                    .init(communityName(post)), .text(levelTitle(post.level, post.zoning)), .text(post.unitCode),
                    .text(unitName(post)),
                    .text(post.role), .init(person?.name ?? "（空缺）"), .init(person?.phone),
                    .text(post.employment.chinese),
                    .init(post.validity.from), .init(post.validity.to), .text(post.id),
                ]
            })
    }

    public var vacancyTable: SheetTable {
        SheetTable(
            name: "空缺", columns: ["社区", "层级", "单元编码", "单元", "岗位", "情况", "岗位编号"],
            rows: vacancies.map { vacancy in
                [
                    .init(vacancy.zoning.isEmpty ? units.communityName(vacancy.level, vacancy.unitCode) : ""),
                    .text(levelTitle(vacancy.level, vacancy.zoning)), .text(vacancy.unitCode),
                    .text(units.name(vacancy)), .text(vacancy.role),
                    .text(vacancy.postID == nil ? "未设岗" : "无人任职"), .init(vacancy.postID),
                ]
            })
    }

    /// The level's title, or the zoning that the unit is a zone of.
    private func levelTitle(_ level: Level, _ zoning: String) -> String {
        zoning.isEmpty ? levelNames[level].zh : zoning
    }
}

extension Post.Employment {
    public var chinese: String {
        switch self {
        case .fullTime: "专职"
        case .partTime: "兼职"
        case .volunteer: "志愿"
        }
    }
}
