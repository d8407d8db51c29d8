public import GeoGrid

/// 地址写法: ways in which people write an address that the town writes otherwise, made from a seed.
///
/// Half of the ways keep all that matters (`isNoisy` is false): a reader that knows the conventions must find the
/// building. The others hold a slip of the pen, an order nobody expects, or leave a word out.
public struct AddressVariants: Sendable {
    /// 规范地址: the parts the town itself writes; a part that a building lacks is empty.
    public struct Source: Hashable, Sendable {
        public var buildingID: String
        public var community: String
        /// 合并前的社区名, empty where there was no merger.
        public var formerCommunity: String
        public var group: String
        public var street: String
        public var compound: String
        /// As on the wall: `12号`, `3栋`.
        public var number: String
        public var unit: Int
        public var room: String

        public init(
            buildingID: String, community: String, formerCommunity: String = "", group: String = "",
            street: String = "", compound: String = "", number: String, unit: Int = 0, room: String = ""
        ) {
            self.buildingID = buildingID
            self.community = community
            self.formerCommunity = formerCommunity
            self.group = group
            self.street = street
            self.compound = compound
            self.number = number
            self.unit = unit
            self.room = room
        }
    }

    public enum Way: String, CaseIterable, Sendable {
        case official, short, withoutCommunity, formerCommunity, chineseNumerals, formalNumerals, otherUnitWord,
            fullWidth, spaced, dashed, punctuated
        case typo, lookAlike, missingSign, doubledSign, swappedSigns, withoutSuffix, swappedOrder, withoutUnitWord,
            remarks, typoInCommunity

        public var isNoisy: Bool {
            switch self {
            case .official, .short, .withoutCommunity, .formerCommunity, .chineseNumerals, .formalNumerals,
                .otherUnitWord, .fullWidth, .spaced, .dashed, .punctuated:
                false
            case .typo, .lookAlike, .missingSign, .doubledSign, .swappedSigns, .withoutSuffix, .swappedOrder,
                .withoutUnitWord, .remarks, .typoInCommunity:
                true
            }
        }
    }

    public struct Variant: Hashable, Sendable {
        public var text: String
        public var way: Way
        public var buildingID: String
    }

    private let county: String
    private let town: String

    public init(county: String, town: String) {
        self.county = county
        self.town = town
    }

    /// `count` variants of sources drawn at random, all ways in turn; a way that an address does not allow is skipped.
    public func make(_ count: Int, from sources: [Source], using random: inout SeededGenerator) -> [Variant] {
        var variants: [Variant] = []
        guard !sources.isEmpty else { return [] }
        var turn = 0
        while variants.count < count {
            let way = Way.allCases[turn % Way.allCases.count]
            turn += 1
            let source = sources[random.below(sources.count)]
            if let text = write(source, way, using: &random) {
                variants.append(Variant(text: text, way: way, buildingID: source.buildingID))
            }
        }
        return variants
    }

    // MARK: One address

    private struct Pieces {
        var division: String
        var community: String
        var group: String
        var street: String
        var compound: String
        var number: String
        var unit: String
        var room: String

        var text: String { division + community + group + street + compound + number + unit + room }
    }

    func write(_ source: Source, _ way: Way, using random: inout SeededGenerator) -> String? {
        var p = Pieces(
            division: county + town, community: source.community, group: source.group, street: source.street,
            compound: source.compound, number: source.number, unit: source.unit > 0 ? "\(source.unit)单元" : "",
            room: source.room.isEmpty ? "" : source.room + "室")
        // A compound stands for its street.
        if !p.compound.isEmpty, random.below(3) > 0 { p.street = "" }
        if way != .official, random.below(2) == 0 { p.division = random.below(2) == 0 ? town : "" }
        let isNamed = !p.street.isEmpty || !p.compound.isEmpty
        if way.isNoisy, way != .typoInCommunity, isNamed, random.below(3) == 0 { p.community = "" }

        switch way {
        case .official, .remarks: break
        case .short:
            p.division = ""
            p.unit = ""
            p.room = ""
        case .withoutCommunity:
            guard isNamed else { return nil }
            p.community = ""
        case .formerCommunity:
            guard !source.formerCommunity.isEmpty else { return nil }
            p.community = source.formerCommunity
        case .chineseNumerals: return p.division + p.community + spelled(p, by: Self.plainNumeral)
        case .formalNumerals: return p.division + p.community + spelled(p, by: Self.formalNumeral)
        case .otherUnitWord:
            guard p.number.hasSuffix("栋") || p.number.hasSuffix("幢") || p.number.hasSuffix("号楼") else { return nil }
            let number = p.number.prefix { $0.isNumber || $0.isASCII }
            p.number = number + ["栋", "幢", "号楼", "#", "座"][random.below(5)]
        case .fullWidth: return Self.fullWidth(p.text)
        case .spaced:
            return [p.division, p.community, p.group, p.street, p.compound, p.number, p.unit, p.room]
                .filter { !$0.isEmpty }.joined(separator: " ")
        case .dashed:
            guard !p.compound.isEmpty, source.unit > 0, !source.room.isEmpty else { return nil }
            let number = p.number.prefix { $0.isNumber }
            return p.division + p.community + p.compound + "\(number)-\(source.unit)-\(source.room)"
        case .punctuated:
            return [p.division + p.community, p.group + p.street + p.compound, p.number + p.unit + p.room]
                .filter { !$0.isEmpty }.joined(separator: "，")
        case .typo, .lookAlike, .missingSign, .doubledSign, .swappedSigns:
            guard isNamed else { return nil }
            let path: WritableKeyPath<Pieces, String> = p.compound.isEmpty ? \.street : \.compound
            guard let slip = slip(in: p[keyPath: path], way, using: &random) else { return nil }
            p[keyPath: path] = slip
        case .typoInCommunity:
            guard isNamed, let slip = slip(in: p.community, .typo, using: &random) else { return nil }
            p.community = slip
        case .withoutSuffix:
            let words = ["小区", "花园", "家园", "路", "街", "巷", "苑"]
            let path: WritableKeyPath<Pieces, String> = p.compound.isEmpty ? \.street : \.compound
            guard let word = words.first(where: { p[keyPath: path].hasSuffix($0) }),
                p[keyPath: path].count - word.count >= 2
            else { return nil }
            p[keyPath: path].removeLast(word.count)
        case .swappedOrder:
            guard isNamed else { return nil }
            return p.street + p.compound + p.number + p.unit + p.room + "(\(p.division)\(p.community))"
        case .withoutUnitWord:
            p.number = String(p.number.prefix { $0.isNumber })
            p.unit = ""
            p.room = ""
            guard !p.number.isEmpty else { return nil }
        }
        return way == .remarks ? p.text + ["(老张家)", "附近", "旁边", "（电话联系）"][random.below(4)] : p.text
    }

    // MARK: Slips

    /// Signs that a hurried hand puts in place of another.
    private static let strangers = Array("些么位份件支条张块把请问叫做给让被将再又很")

    /// Characters that sound or look alike.
    private static let alike = [
        "锦金绣秀", "福富", "园苑圆源", "湾弯", "华化花", "明名", "安岸", "新心欣", "兴星", "河和合", "红洪宏", "城成",
        "清青", "阳杨洋", "龙隆", "凤丰风峰", "佳家嘉", "泉全", "桥乔", "文纹", "建健", "胜盛圣", "平坪", "正政", "中忠", "长常", "春椿",
        "松宋", "柏百", "桃陶", "林临琳", "康糠", "祥翔", "瑞锐", "和禾", "东冬", "云芸",
    ]

    private func slip(in name: String, _ way: Way, using random: inout SeededGenerator) -> String? {
        var signs = Array(name)
        // The last sign is the word 路 or 园: a slip there does not change which place is meant.
        guard signs.count >= 3 else { return nil }
        let place = random.below(signs.count - 1)
        switch way {
        case .lookAlike:
            let choices = signs.indices.dropLast().compactMap { i in
                Self.alike.first { $0.contains(signs[i]) }.map { (i, Array($0.filter { $0 != signs[i] })) }
            }
            guard !choices.isEmpty else { return nil }
            let (i, others) = choices[random.below(choices.count)]
            signs[i] = others[random.below(others.count)]
        case .missingSign:
            guard signs.count >= 4 else { return nil }
            signs.remove(at: place)
        case .doubledSign: signs.insert(signs[place], at: place)
        case .swappedSigns:
            guard signs.count >= 4, place + 2 < signs.count, signs[place] != signs[place + 1] else { return nil }
            signs.swapAt(place, place + 1)
        default:
            guard signs.count >= 4 else { return nil }
            signs[place] = Self.strangers[random.below(Self.strangers.count)]
        }
        let slipped = String(signs)
        return slipped == name ? nil : slipped
    }

    // MARK: Numerals

    private func spelled(_ p: Pieces, by numeral: (Int) -> String) -> String {
        func spell(_ text: String) -> String {
            var out = ""
            var digits = ""
            for sign in text + " " {
                if let d = sign.wholeNumberValue, sign.isASCII {
                    digits += String(d)
                } else {
                    if let n = Int(digits) { out += numeral(n) }
                    digits = ""
                    if sign != " " { out.append(sign) }
                }
            }
            return out
        }
        return spell(p.group) + p.street + p.compound + spell(p.number + p.unit) + spell(p.room)
    }

    static func plainNumeral(_ n: Int) -> String {
        n < 100
            ? placed(n, digits: Array("〇一二三四五六七八九"), ten: "十")
            : String(String(n).map { Array("〇一二三四五六七八九")[$0.wholeNumberValue ?? 0] })
    }

    static func formalNumeral(_ n: Int) -> String {
        n < 100
            ? placed(n, digits: Array("零壹贰叁肆伍陆柒捌玖"), ten: "拾")
            : String(String(n).map { Array("零壹贰叁肆伍陆柒捌玖")[$0.wholeNumberValue ?? 0] })
    }

    private static func placed(_ n: Int, digits: [Character], ten: String) -> String {
        if n < 10 { return String(digits[n]) }
        let tens = n / 10 == 1 ? "" : String(digits[n / 10])
        return tens + ten + (n % 10 == 0 ? "" : String(digits[n % 10]))
    }

    private static func fullWidth(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isPlain = (0x21...0x7E).contains(scalar.value)
            view.append(isPlain ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar)
        }
        return String(view)
    }
}
