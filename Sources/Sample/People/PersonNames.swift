import GeoGrid

/// 姓名: made-up personal names and telephone numbers of no real range.
struct PersonNames {
    private var phones = 0

    mutating func name(_ generator: inout SeededGenerator) -> String {
        let surname = Self.surnames[min(generator.below(Self.surnames.count), generator.below(Self.surnames.count))]
        let first = generator.pick(Self.given)
        guard generator.chance(0.82) else { return surname + first }
        return surname + first + generator.pick(Self.given)
    }

    /// `000-` and eight digits, none given twice.
    mutating func phone() -> String {
        phones += 1
        let scattered = (phones &* 7_368_787 &+ 20_011) % 100_000_000
        return "000-" + padded(scattered, 8)
    }

    private static let surnames = [
        "王", "李", "张", "刘", "陈", "杨", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋",
        "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡",
        "贾", "丁", "魏", "薛", "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石", "姚", "谭", "廖",
        "邹", "熊", "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟", "龙", "万", "段", "雷",
        "欧阳", "上官", "司徒", "诸葛",
    ]
    private static let given: [String] =
        ("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华建国红梅春生志海金玉龙云飞雪琴凤荣福贵发根水木林森火土山川江河湖"
        + "波清泉源泽浩然宇轩子涵梓萱欣怡雨桐嘉豪俊毅思远晓东西南北中新民康乐安宁德仁义礼智信忠孝廉勤俭良善美慧颖倩婷婉莹瑶琳珊珠宝银"
        + "铜铁钢石松柏竹菊莲荷桃李杏梨橘花草叶枝根苗香").map { String($0) }
}
