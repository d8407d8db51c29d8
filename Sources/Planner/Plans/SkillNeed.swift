import GeoGrid

/// 技能需求: which skill a category of care residents asks of whoever looks after them.
public struct SkillNeed: Hashable, Sendable {
    public var category: String
    public var skill: String

    /// From `category=skill`; nil where the text has another form.
    public init?(_ text: String) {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        category = parts[0]
        skill = parts[1]
    }
}

extension TownRedraw {
    /// The key of a category that a list or a person may word otherwise.
    func careKey(_ word: String) -> String { model.careLine(named: word)?.key ?? word }

    /// Names needs that decide nothing: no care resident of the category, or no lead with the skill.
    mutating func checkNeeds() {
        guard !options.needs.isEmpty else { return }
        let categories = Set(town.careResidents.map { careKey($0.category) })
        let leads = Set(GridLeads(town).people)
        let skills = Set(town.people.filter { leads.contains($0.id) }.flatMap(\.skills))
        for need in options.needs {
            let why: Text
            if !categories.contains(careKey(need.category)) {
                why = Text(
                    zh: "没有类别为“\(need.category)”的关爱对象", en: "no care resident is of the category “\(need.category)”")
            } else if !skills.contains(need.skill) {
                why = Text(zh: "没有网格长具备技能“\(need.skill)”", en: "no lead has the skill “\(need.skill)”")
            } else {
                continue
            }
            findings.append(
                Finding(
                    .redrawReference, .warning, at: Place(id: "\(need.category)=\(need.skill)"),
                    Text(zh: why.zh + "，此项不起作用", en: why.en + "; the need decides nothing"),
                    remedy: Text(zh: "按名单中的写法填类别和技能", en: "write category and skill as the lists do")))
        }
    }
}
