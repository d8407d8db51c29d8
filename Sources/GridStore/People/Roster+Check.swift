public import GeoGrid

extension IssueCode {
    static let unknownRole = IssueCode("GG552")
    static let overlappingPosts = IssueCode("GG553")
    static let reversedDates = IssueCode("GG554")
    static let unknownPostUnit = IssueCode("GG555")
    static let unknownHolder = IssueCode("GG556")
    static let vacantPost = IssueCode("GG559")
    static let missingPost = IssueCode("GG560")
    static let doublePost = IssueCode("GG561")
    static let personWithoutPost = IssueCode("GG562")
    static let noSuccessor = IssueCode("GG563")
    static let dutyGap = IssueCode("GG564")
    static let sharedPost = IssueCode("GG569")
    static let ambiguousZone = IssueCode("GG578")
}

extension Roster {
    /// 岗位检查: everything wrong with the posts, on the day and in their dates.
    ///
    /// Errors: an unknown unit or person, dates reversed, the same post held twice by one person at a time, a vacancy,
    /// a missing post, an uncovered duty. Warnings: an unknown role, two full-time posts, two full-time
    /// holders of a post, no successor. Notes: other
    /// double posts, people without a post.
    public var findings: [Finding] {
        var out: [Finding] = []
        for post in posts { out += problems(of: post) }
        out += overlaps + shared
        for vacancy in vacancies { out.append(finding(vacancy)) }
        for (id, held) in doublePosts { out.append(finding(double: id, held)) }
        for person in peopleWithoutPost {
            out.append(
                Finding(
                    .personWithoutPost, .note, at: Place(layer: "person", id: person.id),
                    Text(zh: "\(person.name)（\(person.id)）没有岗位", en: "\(person.name) (\(person.id)) holds no post"),
                    remedy: Text(zh: "安排岗位，或从人员名单中去掉", en: "give a post, or take off the list")))
        }
        for post in withoutSuccessor() {
            let end = post.validity.to?.description ?? ""
            out.append(
                Finding(
                    .noSuccessor, .warning, at: place(post),
                    Text(
                        zh: "\(unitName(post)) \(post.role) \(end) 离任，无人接任",
                        en: "\(post.role) of \(unitName(post)) ends on \(end) and nobody follows"),
                    remedy: Text(
                        zh: "用 geogrid staff hand-over 登记接任人", en: "enter the successor with geogrid staff hand-over")))
        }
        for (grid, duty) in dutyGaps {
            let name = units.name(.grid, grid)
            out.append(
                Finding(
                    .dutyGap, .error, at: Place(layer: "grid", id: grid),
                    Text(zh: "\(name) 无人承担“\(duty)”", en: "nobody in \(name) covers “\(duty)”"),
                    remedy: Text(zh: "补岗，或在岗位设置中把职责交给在岗人员", en: "fill a post, or give the duty to a post that is held"))
            )
        }
        return out
    }

    private func place(_ post: Post) -> Place { Place(layer: "post", id: post.id) }

    private func problems(of post: Post) -> [Finding] {
        var out: [Finding] = []
        if let from = post.validity.from, let to = post.validity.to, to <= from {
            out.append(
                Finding(
                    .reversedDates, .error, at: place(post),
                    Text(zh: "离任 \(to) 不晚于任职 \(from)", en: "ends on \(to), not after it began on \(from)"),
                    remedy: Text(zh: "核对两个日期", en: "check both dates")))
        }
        // Posts that are over may be of units that are gone.
        let isOver = post.validity.to.map { $0 <= day } ?? false
        if !isOver, !units.contains(post) { out.append(unknownUnit(of: post)) }
        if let id = post.personID, personByID[id] == nil {
            out.append(
                Finding(
                    .unknownHolder, .error, at: place(post),
                    Text(zh: "人员名单里没有 \(id)", en: "nobody on the list is \(id)"),
                    remedy: Text(zh: "先导入人员名单", en: "import the list of people first")))
        }
        if let role = catalogue.role(named: post.role) {
            if role.level != post.level {
                out.append(
                    Finding(
                        .unknownRole, .warning, at: place(post),
                        Text(
                            zh: "“\(post.role)”应设在\(levelNames[role.level].zh)，这里在\(levelNames[post.level].zh)",
                            en: "“\(post.role)” belongs to the level \(role.level.rawValue), not \(post.level.rawValue)"
                        ),
                        remedy: Text(zh: "核对层级，或改岗位设置", en: "check the level, or the roles")))
            }
        } else {
            out.append(
                Finding(
                    .unknownRole, .warning, at: place(post),
                    Text(zh: "岗位设置里没有“\(post.role)”", en: "the roles do not name “\(post.role)”"),
                    remedy: Text(zh: "核对写法，或在岗位设置中加上", en: "check the spelling, or add it to the roles")))
        }
        return out
    }

    private func unknownUnit(of post: Post) -> Finding {
        let code = post.unitCode
        if !post.zoning.isEmpty {
            return Finding(
                .unknownPostUnit, .error, at: place(post),
                Text(
                    zh: "体系“\(post.zoning)”没有编码为 \(code) 的分区",
                    en: "the zoning “\(post.zoning)” has no zone with the code \(code)"),
                remedy: Text(zh: "核对体系名和分区编码", en: "check zoning and code"))
        }
        if case .ambiguous(let zonings) = units.zones.meaning(of: code) {
            let list = zonings.joined(separator: "、")
            return Finding(
                .ambiguousZone, .error, at: place(post),
                Text(zh: "编码 \(code) 在几个体系里都有：\(list)", en: "several zonings have a zone \(code): \(list)"),
                remedy: Text(zh: "在岗位清单的“体系”一列写明是哪个", en: "say which in the column zoning of the list of posts"))
        }
        return Finding(
            .unknownPostUnit, .error, at: place(post),
            Text(
                zh: "没有编码为 \(code) 的\(levelNames[post.level].zh)",
                en: "no \(levelNames[post.level].en) has the code \(code)"),
            remedy: Text(zh: "核对单元编码和层级", en: "check the code and the level"))
    }

    /// The same person in the same post twice at a time.
    private var overlaps: [Finding] {
        var byHolder: [String: [Post]] = [:]
        for post in posts {
            if let person = post.personID {
                byHolder[
                    "\(post.level.rawValue)\u{0}\(post.zoning)\u{0}\(post.unitCode)\u{0}\(post.role)\u{0}\(person)",
                    default: []
                ]
                .append(post)
            }
        }
        var out: [Finding] = []
        for (_, same) in byHolder.sorted(by: { $0.key < $1.key }) where same.count > 1 {
            for (i, a) in same.enumerated() {
                for b in same[(i + 1)...] where a.validity.overlaps(b.validity) {
                    out.append(
                        Finding(
                            .overlappingPosts, .error, at: place(b),
                            Text(
                                zh: "与 \(a.id) 是同一人同一岗位，任期重叠",
                                en: "the same person in the same post as \(a.id), at the same time"),
                            remedy: Text(zh: "删去一条，或改任期", en: "remove one, or mend the dates")))
                }
            }
        }
        return out
    }

    /// Two people who hold one post full-time at a time; a part-time helper beside the holder is in order.
    private var shared: [Finding] {
        let fullTime = posts.filter { $0.personID != nil && $0.employment == .fullTime }
        let byPost = Dictionary(grouping: fullTime) {
            "\($0.level.rawValue)\u{0}\($0.zoning)\u{0}\($0.unitCode)\u{0}\($0.role)"
        }
        var out: [Finding] = []
        for (_, same) in byPost.sorted(by: { $0.key < $1.key }) where same.count > 1 {
            for (i, a) in same.enumerated() {
                for b in same[(i + 1)...] where a.personID != b.personID && a.validity.overlaps(b.validity) {
                    out.append(
                        Finding(
                            .sharedPost, .warning, at: place(b),
                            Text(
                                zh: "与 \(a.id) 同一岗位，两名专职任期重叠",
                                en: "the same post as \(a.id), both full-time at the same time"),
                            remedy: Text(zh: "结束其中一人的任期，或改为兼职", en: "end one of them, or make one part-time")))
                }
            }
        }
        return out
    }

    private func finding(_ vacancy: Vacancy) -> Finding {
        let unit = units.name(vacancy)
        let remedy = Text(zh: "用 geogrid staff hand-over 登记人选", en: "enter somebody with geogrid staff hand-over")
        if let id = vacancy.postID {
            return Finding(
                .vacantPost, .error, at: Place(layer: "post", id: id),
                Text(zh: "\(unit) \(vacancy.role) 空缺", en: "\(vacancy.role) of \(unit) is vacant"), remedy: remedy)
        }
        return Finding(
            .missingPost, .error, at: Place(layer: vacancy.level.rawValue, id: vacancy.unitCode),
            Text(zh: "\(unit) 没有设 \(vacancy.role)", en: "\(unit) has no \(vacancy.role)"),
            remedy: Text(zh: "导入该岗位，或改岗位设置", en: "import the post, or change the roles"))
    }

    private func finding(double id: String, _ held: [Post]) -> Finding {
        let name = personByID[id]?.name ?? id
        let list = held.map { "\(unitName($0)) \($0.role)" }.joined(separator: "、")
        let fullTime = held.filter { $0.employment == .fullTime }.count
        return Finding(
            .doublePost, fullTime > 1 ? .warning : .note, at: Place(layer: "person", id: id),
            Text(zh: "\(name) 身兼 \(held.count) 岗：\(list)", en: "\(name) holds \(held.count) posts: \(list)"),
            remedy: fullTime > 1
                ? Text(zh: "专职人员只应有一个专职岗位", en: "full-time staff should hold one full-time post")
                : Text(zh: "核对是否属实", en: "check that it is so"))
    }
}

extension Validity {
    /// Whether there is a day in both.
    func overlaps(_ other: Validity) -> Bool {
        let startsBeforeEnd = from.map { from in other.to.map { from < $0 } ?? true } ?? true
        let endsAfterStart = to.map { to in other.from.map { $0 < to } ?? true } ?? true
        return startsBeforeEnd && endsAfterStart
    }
}
