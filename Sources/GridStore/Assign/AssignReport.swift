public import GeoGrid

/// 归属结果: the proof that no ground, door or person is left out: 网不漏格、格不漏户、户不漏人.
public struct AssignReport: Sendable {
    /// One layer of doors.
    public struct Doors: Hashable, Sendable {
        public var layer: String
        public var title: Text
        public var total = 0
        /// In a unit, its border included.
        public var inside = 0
        /// Outside all, within the tolerance of one.
        public var near = 0
        public var unplaced = 0
        /// Whose unit is another than before.
        public var changed = 0
    }

    /// One level of units.
    public struct Units: Hashable, Sendable {
        public var level: Level
        public var count = 0
        /// Whose parent was found by where they lie, the list having named none.
        public var adopted = 0
        /// Without a parent that exists.
        public var orphans = 0
    }

    public var levelNames = LevelNames()
    public var lowest = Level.grid
    public var tolerance = 0.0
    public var units: [Units] = []
    public var doors: [Doors] = []
    /// Lowest units without a household.
    public var emptyUnits = 0
    /// People of all households, and the sum over the units.
    public var people = 0
    public var householdsByUnits = 0
    public var peopleByUnits = 0
    /// Care residents whose household is not in the list.
    public var looseCareResidents = 0
    public var findings: [Finding] = []

    /// Whether every household, person and unit has its place.
    public var isComplete: Bool {
        units.allSatisfy { $0.orphans == 0 } && doors.allSatisfy { $0.unplaced == 0 } && people == peopleByUnits
            && looseCareResidents == 0
    }
}

extension IssueCode {
    static let nearUnit = IssueCode("GG431")
    static let outsideUnits = IssueCode("GG432")
    static let orphanUnit = IssueCode("GG433")
    static let looseCareResident = IssueCode("GG434")
}

enum AssignIssue {
    static func near(_ place: Place, unit: String, metres: Double) -> Finding {
        Finding(
            .nearUnit, .warning, at: place,
            Text(
                zh: "在所有单元之外 \(metres.fixed(1)) 米，归入最近的 \(unit)",
                en: "\(metres.fixed(1)) m outside every unit; given to the nearest, \(unit)"),
            remedy: Text(zh: "核对位置，或修正边界", en: "Check the position, or mend the boundary"))
    }

    static func outside(_ place: Place, tolerance: Double) -> Finding {
        Finding(
            .outsideUnits, at: place,
            Text(
                zh: "在所有单元之外，\(tolerance.fixed(0)) 米内没有单元",
                en: "outside every unit, with none within \(tolerance.fixed(0)) m"),
            remedy: Text(
                zh: "核对坐标和坐标基准；确在镇内则修正边界，或调大 --tolerance",
                en: "Check coordinates and datum; if it is in the town mend the boundary, or raise --tolerance"))
    }

    static func orphan(_ place: Place, parent: String) -> Finding {
        Finding(
            .orphanUnit, at: place,
            parent.isEmpty
                ? Text(zh: "没有上级单元", en: "it has no parent unit")
                : Text(zh: "上级单元 \(parent) 不存在", en: "its parent \(parent) does not exist"),
            remedy: Text(zh: "导入上级图层，或改正上级编码", en: "Import the level above, or correct the parent's code"))
    }

    static func looseCareResident(_ place: Place, household: String) -> Finding {
        Finding(
            .looseCareResident, .warning, at: place,
            Text(zh: "所在户“\(household)”不在户名单中", en: "the household “\(household)” is not in the list"),
            remedy: Text(zh: "补录该户，或改正户编号", en: "Add the household, or correct its identifier"))
    }
}
