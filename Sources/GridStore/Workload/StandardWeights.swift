public import Planner

extension WorkloadModel {
    /// 默认权重文件: the standard model as a file to change; a test holds it to `WorkloadModel.standard`.
    public static let standardYAML = #"""
        # 工作量模型 / workload model. Minutes a month of a unit =
        #   sum over households of visits x (minutes + walk) x colour, the same over premises,
        #   plus patrol and fixed duties of each grid.
        # A household with several tags is visited once, at the highest frequency.
        # Change what is different in your town and keep the file with the town:
        #   geogrid workload town.gpkg --weights weights.yaml --keep

        # 普通住户 / a household without a tag; visits a month, minutes a visit without the walk
        household: {zh: "普通住户", en: "ordinary household", visits: 0.17, minutes: 8}   # twice a year

        # 关爱类别 / care categories; lists may use the key, either name or an alias
        care:
          # weekly
          - {key: living-alone-80, zh: "80岁以上独居", en: "aged 80 or more, living alone", visits: 4.33, minutes: 15, aliases: ["80+独居", "高龄独居", "80岁以上独居老人"]}
          # weekly
          - {key: severe-illness, zh: "危重病", en: "life-threatening illness", visits: 4.33, minutes: 15, aliases: ["重病", "大病"]}
          # health service norm: every two weeks
          - {key: mental-unstable, zh: "严重精神障碍（不稳定）", en: "severe mental disorder, unstable", visits: 2.17, minutes: 20, aliases: ["精神障碍不稳定"]}
          # monthly
          - {key: living-alone, zh: "独居空巢", en: "living alone or empty nest", visits: 1, minutes: 20, aliases: ["独居", "空巢", "独居老人", "空巢老人", "孤寡"]}
          # monthly
          - {key: incapacitated, zh: "失能", en: "cannot care for themselves", visits: 1, minutes: 20, aliases: ["失能老人", "半失能"]}
          # monthly
          - {key: destitute, zh: "特困", en: "destitute, supported", visits: 1, minutes: 20, aliases: ["特困供养", "五保"]}
          # monthly
          - {key: child-in-need, zh: "孤儿、困境儿童", en: "orphan or child in need", visits: 1, minutes: 20, aliases: ["孤儿", "困境儿童", "孤儿困境儿童"]}
          # our assumption
          - {key: left-behind-child, zh: "留守儿童", en: "left-behind child", visits: 1, minutes: 20}
          # our assumption
          - {key: monitored, zh: "监测户", en: "monitored household", visits: 1, minutes: 20, aliases: ["防返贫监测户"]}
          # monthly
          - {key: correction, zh: "社区矫正", en: "community correction", visits: 1, minutes: 20, aliases: ["矫正"]}
          # monthly
          - {key: low-income, zh: "低保", en: "subsistence allowance", visits: 1, minutes: 15, aliases: ["低保户"]}
          # our assumption
          - {key: disabled, zh: "残疾", en: "disability", visits: 1, minutes: 15, aliases: ["残疾人"]}
          # our assumption
          - {key: out-of-poverty, zh: "脱贫户", en: "out of poverty", visits: 0.33, minutes: 15}
          # health service norm: every three months
          - {key: mental-stable, zh: "严重精神障碍（稳定）", en: "severe mental disorder, stable", visits: 0.33, minutes: 20, aliases: ["精神障碍", "严重精神障碍"]}

        # 经营场所和出租房 / premises; the first line stands for kinds that are not listed
        premises:
          # twice a year
          - {key: merchant, zh: "商户", en: "merchant", visits: 0.17, minutes: 10, aliases: ["经营场所"]}
          # every two months
          - {key: rental-whole, zh: "整租房", en: "whole rental", visits: 0.5, minutes: 10, aliases: ["整租", "出租房"]}
          # monthly
          - {key: rental-shared, zh: "合租房", en: "shared rental", visits: 1, minutes: 10, aliases: ["合租", "群租"]}
          # graded green
          - {key: rental-green, zh: "绿色出租房", en: "rental graded green", visits: 1.4, minutes: 10}
          # graded yellow
          - {key: rental-yellow, zh: "黄色出租房", en: "rental graded yellow", visits: 2.2, minutes: 10}
          # our assumption
          - {key: fireworks, zh: "烟花爆竹店", en: "firework shop", visits: 1, minutes: 15, aliases: ["烟花爆竹"]}
          # our assumption
          - {key: venue, zh: "场所", en: "venue", visits: 0.5, minutes: 15, aliases: ["公共场所", "娱乐场所"]}
          # our assumption
          - {key: religious, zh: "宗教场所", en: "place of worship", visits: 0.5, minutes: 15}

        # 风险颜色 / factor on visits and walk; what a colour means is up to the town
        risk: {red: 2, orange: 1.5, yellow: 1.2, blue: 1}

        # 每个网格 / of each grid: at least half an hour a day, 22 days; minutes a month for everything else
        patrol: {rounds: 22, minutes: 30}
        fixed: 0

        # 步行 / on foot from the middle of the smallest unit; streets are longer than the straight line
        walk: {kmh: 4, detour: 1.3}

        # 承载力 / minutes a month a post holder has
        capacity: {full-time: 6000, part-time: 1500, microgrid-lead: 600}

        """#
}
