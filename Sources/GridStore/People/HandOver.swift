public import GeoGrid

extension IssueCode {
    static let handOverLine = IssueCode("GG557")
    static let lostDigits = IssueCode("GG558")
}

/// 交接: a list of posts that pass from one holder to another on one day, worked out before anything is written.
///
/// A line names its post by number, or by role and unit (code or name), with the present holder where several share
/// it; and the new holder by number or name, with a telephone number for somebody new. No new holder leaves the post
/// vacant. A unit that has no such post yet, as after a merger, is given one. Done again it changes nothing.
public struct HandOver: Sendable {
    /// 一次交接.
    public struct Change: Hashable, Sendable {
        public var record: Int
        /// The post as it is until the day; nil where the unit had none.
        public var old: Post?
        /// As it is from the day on; the same identifier where the old one began on that very day.
        public var new: Post
        /// Somebody the town does not know yet.
        public var newPerson: Person?
    }

    public let day: Day
    public private(set) var changes: [Change] = []
    /// Lines that are already as they should be.
    public private(set) var unchanged = 0
    /// Lines that cannot be done; with any of them nothing is written.
    public private(set) var findings: [Finding] = []
    private var added: [Person] = []

    /// Works out what a table says. Columns are found by their Chinese or English names. O(lines · posts of a unit).
    public init(_ table: FeatureTable, on day: Day, roster: Roster) {
        self.day = day
        func column(_ names: String...) -> PropertyColumn? {
            table.columns.first { column in
                let name = column.name.trimmingPrefix { $0.isWhitespace }.lowercased()
                return names.contains { name == $0 }
            }
        }
        let postColumn = column("岗位编号", "post", "post_id")
        let roleColumn = column("岗位", "角色", "职务", "role")
        let unitColumn = column("单元编码", "单元", "网格", "unit", "unit_code", "code")
        let zoningColumn = column("体系", "网格体系", "zoning")
        let oldColumn = column("原任", "交出人", "移交人", "old", "from", "from_person")
        let newColumn = column("新任", "接任", "接任人", "接收人", "new", "to", "person", "to_person")
        let phoneColumn = column("新任电话", "电话", "联系电话", "手机", "phone")
        guard newColumn != nil, postColumn != nil || (roleColumn != nil && unitColumn != nil) else {
            findings.append(
                Finding(
                    .handOverLine, .error, at: Place(file: table.source),
                    Text(
                        zh: "缺列：要有“新任”，以及“岗位编号”或“岗位”和“单元”",
                        en: "columns missing: 新任 (new), and 岗位编号 (post) or 岗位 and 单元 (role and unit)"),
                    remedy: Text(zh: "补上表头", en: "add them to the header")))
            return
        }
        var taken: [String: Int] = [:]
        for row in 0..<table.count {
            func text(_ column: PropertyColumn?) -> String {
                AddressText.tidy(column?.text(row: row) ?? "")
            }
            let line = Line(
                record: table.records[row], post: text(postColumn), role: text(roleColumn), unit: text(unitColumn),
                zoning: text(zoningColumn), old: text(oldColumn), new: text(newColumn), phone: text(phoneColumn))
            if line.post.isEmpty && line.role.isEmpty && line.new.isEmpty { continue }
            let place = Place(file: table.source, record: line.record)
            guard let found = post(of: line, roster, at: place) else { continue }
            let post = found.post
            if let first = taken[post.id] {
                refuse(place, "与第 \(first) 行是同一岗位", "the same post as record \(first)")
                continue
            }
            taken[post.id] = line.record
            add(line, post, isNew: found.isNew, roster, at: place)
        }
    }

    private struct Line {
        var record: Int
        var post, role, unit, zoning, old, new, phone: String
    }

    private mutating func refuse(_ place: Place, _ zh: String, _ en: String) {
        findings.append(
            Finding(
                .handOverLine, .error, at: place, Text(zh: zh, en: en),
                remedy: Text(
                    zh: "改这一行后重做；整份清单都没有写入", en: "mend the line and do it again; nothing of the list was written")))
    }

    private mutating func post(of line: Line, _ roster: Roster, at place: Place) -> (post: Post, isNew: Bool)? {
        var found = roster.posts.filter { $0.validity.contains(day) }
        if !line.post.isEmpty {
            // The post keeps its number through hand-overs, with the day behind it.
            found = found.filter { $0.id == line.post || HandOver.baseID($0.id) == HandOver.baseID(line.post) }
        } else {
            let ofUnit = found.filter {
                ($0.unitCode == line.unit || roster.unitName($0) == line.unit)
                    && (line.zoning.isEmpty || $0.zoning == line.zoning)
            }
            found = ofUnit.filter { $0.role == line.role }
            if found.isEmpty, let role = roster.catalogue.role(named: line.role) {
                found = ofUnit.filter { roster.catalogue.role(named: $0.role) == role }
                if found.isEmpty, !line.new.isEmpty, line.zoning.isEmpty,
                    let code = roster.units.code(role.level, of: line.unit)
                {
                    var post = Post(
                        id: "\(line.role)-\(code)-\(day)", role: line.role, level: role.level, unitCode: code,
                        personID: nil)
                    post.validity.from = day
                    return (post, true)
                }
            }
            if found.count > 1, !line.old.isEmpty {
                let holders = found.filter { isPerson($0.personID, line.old, roster) }
                // Done before: the new holder stands there already.
                found = holders.isEmpty ? found.filter { isPerson($0.personID, line.new, roster) } : holders
            }
        }
        let what = line.post.isEmpty ? "\(line.unit) \(line.role)" : line.post
        if found.isEmpty {
            refuse(place, "\(day) 没有岗位“\(what)”", "no post “\(what)” on \(day)")
            return nil
        }
        if found.count > 1 {
            let zonings = Set(found.map(\.zoning)).count > 1
            refuse(
                place, "“\(what)”有 \(found.count) 个，请写" + (zonings ? "体系、" : "") + "岗位编号或原任",
                "“\(what)” is \(found.count) posts: give " + (zonings ? "the zoning, " : "")
                    + "the post's number or its holder")
            return nil
        }
        if !line.old.isEmpty, let holder = found[0].personID, !isPerson(holder, line.old, roster),
            !isPerson(holder, line.new, roster)
        {
            let name = roster.person(holder)?.name ?? holder
            refuse(place, "“\(what)”现任是\(name)，不是\(line.old)", "“\(what)” is held by \(name), not by \(line.old)")
            return nil
        }
        return (found[0], false)
    }

    private func isPerson(_ id: String?, _ text: String, _ roster: Roster) -> Bool {
        guard let id, !text.isEmpty else { return false }
        return id == text || roster.person(id)?.name == text
    }

    private mutating func add(_ line: Line, _ post: Post, isNew: Bool, _ roster: Roster, at place: Place) {
        var newPerson: Person?
        var holder: String?
        if !line.new.isEmpty {
            if HandOver.hasLostDigits(line.phone) {
                findings.append(
                    Finding(
                        .lostDigits, .error, at: place,
                        Text(
                            zh: "电话“\(line.phone)”是科学计数，末位已丢",
                            en: "the phone “\(line.phone)” is in scientific notation: its digits are lost"),
                        remedy: Text(zh: "在 Excel 里把该列设为文本，重新填写", en: "make the column text in Excel and type it again")
                    ))
                return
            }
            let known = roster.people + added
            var candidates = known.filter { $0.id == line.new }
            if candidates.isEmpty {
                candidates = known.filter { $0.name == line.new && (line.phone.isEmpty || $0.phone == line.phone) }
            }
            if candidates.count > 1 {
                refuse(
                    place, "名叫“\(line.new)”的有 \(candidates.count) 人，请写人员编号或电话",
                    "\(candidates.count) people are called “\(line.new)”: give the number or the phone")
                return
            }
            if let known = candidates.first {
                holder = known.id
            } else {
                var person = Person(id: "P\(day)-\(line.record)", name: line.new)
                person.phone = line.phone
                added.append(person)
                newPerson = person
                holder = person.id
            }
        }
        if post.personID == holder, newPerson == nil {
            unchanged += 1
            return
        }
        var new = post
        new.personID = holder
        if !isNew, post.validity.from != day {
            new.id = "\(HandOver.baseID(post.id))@\(day)"
            new.validity.from = day
        }
        changes.append(Change(record: line.record, old: isNew ? nil : post, new: new, newPerson: newPerson))
    }

    /// The number of a post without the day of its last hand-over.
    static func baseID(_ id: String) -> String {
        guard let at = id.lastIndex(of: "@"), Day(id[id.index(after: at)...]) != nil else { return id }
        return String(id[..<at])
    }

    /// `1.38E+10`: what a spreadsheet makes of a number it took for one.
    static func hasLostDigits(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+/) != nil
    }
}
