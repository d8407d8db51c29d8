/// 易混字: characters of place names that are mistaken for each other, by sound (锦绣、锦秀) or by shape (末、未).
enum LookAlikes {
    private static let groups = [
        "锦金津今劲", "绣秀锈", "福富幅辐付", "园圆元源苑院原远缘", "湾弯晚", "华化花画", "明名铭茗鸣", "安岸按", "新心欣馨辛",
        "兴星幸", "河和合荷禾何", "红洪宏鸿虹", "城成诚程承", "江将疆", "清青庆晴情", "丽立利力莉", "景井警", "泰太",
        "阳杨洋扬羊", "光广", "东冬动", "西溪夕希", "南楠兰", "北贝", "龙隆", "凤丰风峰枫", "佳家嘉加", "苑怨", "庭亭婷",
        "府俯", "湖胡壶", "桥乔侨", "泉全", "云芸耘", "山珊杉", "水睡", "文纹", "建健剑", "设社", "民名敏", "解介",
        "放方芳", "胜盛圣升", "利例", "平苹坪", "正政", "中忠钟", "长常昌", "春椿", "秋丘", "梅美", "竹祝", "菊居",
        "松宋", "柏百", "桃陶", "李里理礼", "张章", "王旺", "陈晨辰", "刘流柳", "赵照", "周舟洲", "吴五武", "徐旭",
        "孙笋", "马码", "朱珠", "郭国", "林琳临", "高皋", "梁良凉", "宁凝", "康糠", "祥翔", "瑞锐", "怡宜颐", "悦月越",
        "翠脆", "碧壁璧", "玉育域", "宝保堡", "珍真", "和谐", "末未", "土士", "人入", "大太", "己已", "末本", "工土",
        "天夭", "日曰", "田由甲申", "贝见", "侯候", "治冶", "汤荡", "粟栗", "裘袭", "藉籍",
    ]

    private static let table: Set<UInt64> = {
        var pairs: Set<UInt64> = []
        for group in groups {
            let scalars = group.unicodeScalars.map(\.value)
            for a in scalars {
                for b in scalars where a != b { pairs.insert(UInt64(a) << 32 | UInt64(b)) }
            }
        }
        return pairs
    }()

    static func areAlike(_ a: UInt32, _ b: UInt32) -> Bool { table.contains(UInt64(a) << 32 | UInt64(b)) }
}
