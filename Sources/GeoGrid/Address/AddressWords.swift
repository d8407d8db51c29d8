/// 地址用词: the unit and suffix words that addresses are built with.
enum AddressWords {
    /// 号码单位: what a number counts.
    enum NumberUnit: UInt8 {
        /// 号: a house on a street; in a building, a room.
        case number
        /// 弄: a lane whose houses are numbered below it.
        case lane
        case phase, building
        /// 楼: a building or a floor; the context decides.
        case buildingOrFloor
        case unit, floor, room, group
        /// No unit word.
        case bare
    }

    /// 名称类别: what a name names.
    enum NameKind: UInt8 {
        case province, city, county, town, community, group, street, compound
    }

    struct NumberWord {
        var scalars: [UInt32]
        var unit: NumberUnit
    }

    /// Words after a number by their first sign, longer ones before their beginnings.
    static let numberWords: [UInt32: [NumberWord]] = Dictionary(
        grouping: numberWordList.map { NumberWord(scalars: $0.word.unicodeScalars.map(\.value), unit: $0.unit) }
    ) { $0.scalars[0] }

    private static let numberWordList: [(word: String, unit: NumberUnit)] = [
        ("号楼", .building), ("号栋", .building), ("号幢", .building), ("号大院", .number), ("号院", .number),
        ("号门牌", .number), ("号", .number), ("栋楼", .building), ("栋", .building), ("幢楼", .building), ("幢", .building),
        ("座", .building), ("斋", .building), ("#楼", .building), ("#", .building), ("排", .building), ("单元", .unit),
        ("门", .unit),
        ("楼层", .floor), ("层楼", .floor), ("层", .floor), ("楼", .buildingOrFloor), ("室", .room), ("房间", .room),
        ("房", .room), ("户", .room), ("村民小组", .group), ("村民组", .group), ("居民小组", .group), ("居民组", .group),
        ("小组", .group), ("组", .group), ("生产队", .group), ("队", .group), ("社", .group), ("期", .phase), ("区", .phase),
        ("弄", .lane),
    ]

    /// After 号 these make a name of the number: 三号路, 一号桥.
    static let namesAfterNumber = Set("路街巷线桥井渠坝公".unicodeScalars.map(\.value))

    static let suffixes: [(kind: NameKind, words: [[UInt32]])] = [
        (.community, words("社区居民委员会 社区居委会 居民委员会 村民委员会 社区 居委会 村委会 村 居")),
        (.street, words("大道 大街 胡同 步行街 路 街 巷 弄 道 坊")),
        (
            .compound,
            words("家属院 家属区 安置区 住宅区 小区 花园 家园 公寓 大厦 新村 大院 宿舍 广场 院 苑 城 府 庭 园 里 居 湾 轩 阁 邸 郡 都 寓")
        ),
        (.group, words("村民小组 村民组 组")),
        (.town, words("街道办事处 街道 镇 乡")),
        (.county, words("自治县 县 区 市 旗")),
    ]

    /// Words about a place that name nothing.
    static let fillers = words("附近 旁边 对面 斜对面 隔壁 门口 楼下 交叉口 路口 内 旁 原 现 住 近 之 的 旧称 曾用名")

    static func words(_ list: String) -> [[UInt32]] {
        list.split(separator: " ").map { $0.unicodeScalars.map(\.value) }
    }

    /// Length of the name without its suffix word; the whole length where it has none or is nothing else.
    static func stemLength(_ name: ArraySlice<UInt32>, of kind: NameKind) -> Int {
        for suffix in suffixes where suffix.kind == kind {
            for word in suffix.words where name.count > word.count && name.suffix(word.count).elementsEqual(word) {
                return name.count - word.count
            }
        }
        return name.count
    }
}
