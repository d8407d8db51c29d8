import GeoGrid

/// 经营场所、出租房: shops, rentals, venues and what else is inspected.
enum Commerce {
    private static let shops = [
        "便利店", "超市", "早餐店", "米粉店", "饭馆", "理发店", "服装店", "鞋店", "五金店", "药房", "文具店", "水果店", "肉铺", "豆腐店", "茶叶店",
        "手机店", "家电维修", "窗帘店", "打印店", "洗衣店", "干货店", "粮油店", "电动车行", "农资店", "诊所", "照相馆", "眼镜店", "童装店",
    ]
    private static let words = [
        "兴旺", "顺发", "永兴", "聚福", "鑫源", "好又多", "百姓", "惠民", "老街", "云溪", "万家", "吉祥", "宏达", "新天地", "金城", "小李",
        "阿婆", "老王", "四季", "家家乐", "福满堂", "德润", "同仁", "一品", "晨光", "春风", "富丽", "佳佳", "天天", "南北",
    ]
    private static let venues = ["网吧", "KTV", "棋牌室", "台球厅", "健身房", "浴室", "宾馆", "旅社", "影院", "培训中心"]
    private static let temples = ["观音庙", "土地庙", "龙王庙", "关帝庙", "福音堂", "净土庵", "真武观", "文昌阁"]

    /// Counts are those of a real town's public reports, in proportion to the households: 120 graded rentals,
    /// 59 firework shops, 134 venues, 32 religious sites for the default town; shops on a smaller scale.
    static func premises(of draft: TownDraft, using generator: inout SeededGenerator) -> [Premises] {
        let town = draft.town
        let shopHouses = town.buildings.indices.filter { town.buildings[$0].use == "商住" }
        let homes = town.buildings.indices.filter { town.buildings[$0].use != "厂房" && town.buildings[$0].use != "公共" }
        guard !homes.isEmpty else { return [] }
        let fronts = shopHouses.isEmpty ? homes : shopHouses
        func share(_ count: Int) -> Int { count * draft.options.households / 25_000 }
        var out: [Premises] = []
        func add(_ count: Int, _ kind: String, in places: [Int], _ name: (inout SeededGenerator) -> String) {
            for _ in 0..<count {
                let b = generator.pick(places)
                let numbered = draft.buildings[b]
                var premises = Premises(
                    id: "", name: name(&generator), kind: kind,
                    location: numbered.draft.shape.door(in: numbered.draft.box, at: generator.uniform(0.1, 0.9)))
                premises.address = draft.address(b)
                let risk = generator.unit()
                if kind == "fireworks" || kind == "venue" {
                    premises.risk = risk < 0.04 ? .red : risk < 0.16 ? .orange : risk < 0.45 ? .yellow : .blue
                }
                out.append(premises)
            }
        }
        add(share(3_106), "merchant", in: fronts) { $0.pick(words) + $0.pick(shops) }
        add(share(310), "rental-whole", in: homes) { _ in "整租房" }
        add(share(96), "rental-shared", in: homes) { _ in "合租房" }
        add(share(82), "rental-green", in: homes) { _ in "出租房（绿）" }
        add(share(38), "rental-yellow", in: homes) { _ in "出租房（黄）" }
        add(share(59), "fireworks", in: fronts) { $0.pick(words) + "烟花爆竹店" }
        add(share(134), "venue", in: fronts) { $0.pick(words) + $0.pick(venues) }
        add(share(32), "religious", in: homes) { $0.pick(["东", "西", "上", "下", "老", "新"]) + $0.pick(temples) }
        for i in out.indices { out[i].id = "S" + padded(i + 1, 5) }
        return out
    }

    static func label(_ kind: String) -> String {
        switch kind {
        case "merchant": "商户"
        case "rental-whole": "整租房"
        case "rental-shared": "合租房"
        case "rental-green": "绿色出租房"
        case "rental-yellow": "黄色出租房"
        case "fireworks": "烟花爆竹店"
        case "venue": "场所"
        case "religious": "宗教场所"
        default: kind
        }
    }
}
