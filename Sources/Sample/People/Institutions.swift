/// 机构: what stands on public ground: schools, offices, markets; none is given twice.
struct Institutions {
    private var given = 0
    private let town: String

    init(town: String) {
        self.town = town
    }

    mutating func next() -> (name: String, kind: String) {
        defer { given += 1 }
        if given < Self.first.count {
            let (name, kind) = Self.first[given]
            return (town + name, kind)
        }
        let i = given - Self.first.count
        let stem = Self.stems[i % Self.stems.count]
        let (ending, kind) = Self.endings[(i / Self.stems.count + i) % Self.endings.count]
        let round = i / (Self.stems.count * Self.endings.count)
        return (stem + (round == 0 ? "" : "第\(round + 1)") + ending, kind)
    }

    private static let first = [
        ("镇人民政府", "政府"), ("中学", "学校"), ("镇卫生院", "医院"), ("镇中心小学", "学校"), ("农贸市场", "市场"), ("汽车站", "车站"),
        ("文化广场", "广场"), ("第二中学", "学校"), ("镇中心幼儿园", "学校"), ("派出所", "公安"), ("体育公园", "公园"), ("敬老院", "养老"),
        ("职业学校", "学校"), ("水厂", "公用"), ("供电所", "公用"),
    ]
    private static let stems = ["城东", "城西", "河滨", "南苑", "北门", "新城", "桥头", "凤山", "龙潭", "书院"]
    private static let endings = [
        ("小学", "学校"), ("农贸市场", "市场"), ("公园", "公园"), ("幼儿园", "学校"), ("停车场", "公用"), ("文化站", "文化"),
    ]
}
