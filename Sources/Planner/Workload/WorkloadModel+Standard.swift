import GeoGrid

extension WorkloadModel {
    /// 默认模型: what a town starts with; the YAML of `geogrid workload --show-weights` says the same, with its reasons.
    public static let standard = WorkloadModel(
        household: Line("household", Text(zh: "普通住户", en: "ordinary household"), visitsPerMonth: 0.17, minutes: 8),
        care: [
            Line(
                "living-alone-80", Text(zh: "80岁以上独居", en: "aged 80 or more, living alone"),
                aliases: ["80+独居", "高龄独居", "80岁以上独居老人"], visitsPerMonth: 4.33, minutes: 15),
            Line(
                "severe-illness", Text(zh: "危重病", en: "life-threatening illness"), aliases: ["重病", "大病"],
                visitsPerMonth: 4.33, minutes: 15),
            Line(
                "mental-unstable", Text(zh: "严重精神障碍（不稳定）", en: "severe mental disorder, unstable"),
                aliases: ["精神障碍不稳定"], visitsPerMonth: 2.17, minutes: 20),
            Line(
                "living-alone", Text(zh: "独居空巢", en: "living alone or empty nest"),
                aliases: ["独居", "空巢", "独居老人", "空巢老人", "孤寡"], visitsPerMonth: 1, minutes: 20),
            Line(
                "incapacitated", Text(zh: "失能", en: "cannot care for themselves"), aliases: ["失能老人", "半失能"],
                visitsPerMonth: 1, minutes: 20),
            Line(
                "destitute", Text(zh: "特困", en: "destitute, supported"), aliases: ["特困供养", "五保"],
                visitsPerMonth: 1, minutes: 20),
            Line(
                "child-in-need", Text(zh: "孤儿、困境儿童", en: "orphan or child in need"),
                aliases: ["孤儿", "困境儿童", "孤儿困境儿童"], visitsPerMonth: 1, minutes: 20),
            Line(
                "left-behind-child", Text(zh: "留守儿童", en: "left-behind child"), visitsPerMonth: 1, minutes: 20),
            Line(
                "monitored", Text(zh: "监测户", en: "monitored household"), aliases: ["防返贫监测户"],
                visitsPerMonth: 1, minutes: 20),
            Line(
                "correction", Text(zh: "社区矫正", en: "community correction"), aliases: ["矫正"], visitsPerMonth: 1,
                minutes: 20),
            Line(
                "low-income", Text(zh: "低保", en: "subsistence allowance"), aliases: ["低保户"], visitsPerMonth: 1,
                minutes: 15),
            Line(
                "disabled", Text(zh: "残疾", en: "disability"), aliases: ["残疾人"], visitsPerMonth: 1, minutes: 15),
            Line(
                "out-of-poverty", Text(zh: "脱贫户", en: "out of poverty"), visitsPerMonth: 0.33, minutes: 15),
            Line(
                "mental-stable", Text(zh: "严重精神障碍（稳定）", en: "severe mental disorder, stable"),
                aliases: ["精神障碍", "严重精神障碍"], visitsPerMonth: 0.33, minutes: 20),
        ],
        premises: [
            Line("merchant", Text(zh: "商户", en: "merchant"), aliases: ["经营场所"], visitsPerMonth: 0.17, minutes: 10),
            Line(
                "rental-whole", Text(zh: "整租房", en: "whole rental"), aliases: ["整租", "出租房"], visitsPerMonth: 0.5,
                minutes: 10),
            Line(
                "rental-shared", Text(zh: "合租房", en: "shared rental"), aliases: ["合租", "群租"], visitsPerMonth: 1,
                minutes: 10),
            Line("rental-green", Text(zh: "绿色出租房", en: "rental graded green"), visitsPerMonth: 1.4, minutes: 10),
            Line("rental-yellow", Text(zh: "黄色出租房", en: "rental graded yellow"), visitsPerMonth: 2.2, minutes: 10),
            Line(
                "fireworks", Text(zh: "烟花爆竹店", en: "firework shop"), aliases: ["烟花爆竹"], visitsPerMonth: 1, minutes: 15),
            Line("venue", Text(zh: "场所", en: "venue"), aliases: ["公共场所", "娱乐场所"], visitsPerMonth: 0.5, minutes: 15),
            Line("religious", Text(zh: "宗教场所", en: "place of worship"), visitsPerMonth: 0.5, minutes: 15),
        ],
        riskFactors: [.red: 2, .orange: 1.5, .yellow: 1.2, .blue: 1], patrolsPerMonth: 22, patrolMinutes: 30,
        fixedMinutes: 0, walkingMetresPerMinute: 4000.0 / 60, detour: 1.3,
        capacity: Capacity(fullTime: 6000, partTime: 1500, microgridLead: 600))
}
