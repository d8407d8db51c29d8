import GeoGrid

/// 街名: names for streets by class; none is given twice.
struct StreetNames {
    private var given: [Road.Class: Int] = [:]
    private let town: String

    init(town: String) {
        self.town = town
    }

    mutating func next(_ roadClass: Road.Class) -> String {
        let i = given[roadClass, default: 0]
        given[roadClass] = i + 1
        switch roadClass {
        case .trunk: return numbered(i, [town + "大道"], [""])
        case .primary: return numbered(i, Self.primary, ["路", "大街"])
        case .secondary: return numbered(i, Self.secondary, ["路", "中路", "东路", "西路"])
        case .residential: return numbered(i, Self.residential, ["街", "路", "东街", "西街", "南街", "北街"])
        case .lane: return numbered(i, Self.lane, ["巷", "弄", "里", "前巷", "后巷", "东巷", "西巷", "南巷", "北巷"])
        case .footway, .rail: return ""
        }
    }

    private func numbered(_ i: Int, _ stems: [String], _ endings: [String]) -> String {
        let round = i / stems.count
        let name = stems[i % stems.count] + endings[round % endings.count]
        let again = round / endings.count
        return again == 0 ? name : name + "\(again + 1)段"
    }

    private static let primary = ["人民", "建设", "解放", "新华", "和平", "胜利", "红旗", "团结"]
    private static let secondary = [
        "文化", "育才", "工农", "环城", "迎宾", "朝阳", "光明", "东风", "青年", "健康", "兴业", "体育", "前进", "振兴", "长安", "永安",
    ]
    private static let residential = [
        "中山", "书院", "文昌", "学前", "府前", "城隍", "钟鼓", "太平", "安定", "仁义", "崇文", "明德", "广济", "惠民", "富民", "丰乐",
        "永乐", "常乐", "同心", "友谊", "幸福", "民主", "自强", "创业", "科技", "商贸", "物流", "车站", "邮电", "水厂", "电厂", "茶山",
        "竹园", "梅园", "桂花", "枫林", "松涛", "柳堤", "荷塘", "稻香", "橘园", "杨梅", "石榴", "芙蓉", "海棠", "丁香", "紫薇", "玉兰",
        "清溪", "澄江", "碧水", "秀水", "双溪", "龙潭", "凤山", "狮山", "马鞍", "金鸡", "白鹤", "黄鹂", "鹭洲", "雁回", "望江", "观澜",
    ]
    private static let lane = [
        "豆腐", "打铁", "油坊", "染坊", "米市", "柴市", "鱼市", "猪市", "竹器", "铜匠", "篾匠", "木匠", "裁缝", "剃头", "酱园", "醋坊",
        "酒坊", "糖坊", "茶亭", "盐仓", "当铺", "钱庄", "药铺", "纸坊", "笔墨", "书铺", "灯笼", "伞店", "鞋店", "布店", "磨坊", "碾坊",
        "井头", "水井", "双井", "甜水", "石板", "青石", "麻石", "石桥", "板桥", "石牌", "牌坊", "祠堂", "庙前", "塔下", "城墙", "北门",
        "东门", "西门", "南门", "小东", "观音", "关帝", "文庙", "武庙", "土地", "火神", "龙王", "樟树", "槐树", "榕树", "柏树", "枣树",
        "桑园", "麻园", "菜园", "花园", "瓜园", "棉花", "芝麻", "胡椒", "生姜", "荷叶", "莲子", "菱角", "藕塘", "鸭塘", "鹅塘", "马坊",
        "牛行", "羊行", "骡马", "轿子", "船厂", "码头", "渡口", "沙湾", "河沿", "堤下", "仓前", "仓后", "营房", "校场", "箭道", "驿前",
        "递铺", "更楼", "状元", "进士", "举人", "秀才", "学士", "御史", "尚书", "大夫", "将军", "孝子", "节义", "积善", "百子", "三元",
        "五福", "六合", "七星", "八角", "九曲", "十字", "百步", "千秋", "万寿", "长寿", "延年", "吉庆", "如意", "平安", "福禄", "鸿运",
    ]
}
