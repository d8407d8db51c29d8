public import GeoGrid

extension Roster {
    /// 花名册表: the posts of the day, a row each; the first column is the community, for sheets of their own.
    public var table: SheetTable {
        SheetTable(
            name: "花名册", columns: ["社区", "层级", "单元编码", "单元", "岗位", "姓名", "电话", "任职方式", "任职日期", "离任日期", "岗位编号"],
            rows: current.map { post in
                let person = post.personID.flatMap { personByID[$0] }
                return [
                    .init(communityName(post)), .text(levelNames[post.level].zh), .text(post.unitCode),
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
                    .init(units.communityName(vacancy.level, vacancy.unitCode)), .text(levelNames[vacancy.level].zh),
                    .text(vacancy.unitCode), .text(units.name(vacancy.level, vacancy.unitCode)), .text(vacancy.role),
                    .text(vacancy.postID == nil ? "未设岗" : "无人任职"), .init(vacancy.postID),
                ]
            })
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
