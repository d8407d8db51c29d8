import ArgumentParser
import Planner

/// 技能选项: which category of care residents needs which skill.
struct NeedOption: ParsableArguments {
    @Option(help: "所需技能：类别=技能，可重复 / skill needed: category=skill; repeatable.")
    var need: [String] = []

    func validate() throws { _ = try needs() }

    func needs() throws -> [SkillNeed] {
        try need.map {
            guard let need = SkillNeed($0) else { throw ValidationError("--need: 类别=技能 / category=skill") }
            return need
        }
    }
}
