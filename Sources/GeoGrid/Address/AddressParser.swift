/// 地址解析: takes an address apart, with the names a gazetteer knows or by the shape of the words alone.
public struct AddressParser: Sendable {
    let names: NameIndex

    /// A parser that knows no names.
    public init() {
        names = NameIndex()
    }

    init(names: NameIndex) {
        self.names = names
    }

    /// The parts of an address; never fails: what is not understood is in `rest`. O(length).
    public func parse(_ address: String) -> AddressParts {
        reading(address).parts
    }

    func reading(_ address: String) -> AddressReading {
        var reading = AddressReading(text: AddressText(address))
        let key = reading.text.key
        let tokens = AddressTokens(reading.text, names: names).tokens
        if isBareTownName(tokens, reading.text) {
            reading.add(division: .town, 0..<key.count)
            return reading
        }
        for (position, token) in tokens.enumerated() {
            switch token {
            case .name(let range, let ids): reading.add(known: ids, range, in: names)
            case .run(let range):
                readRun(range, isFirst: position == 0, isLast: position == tokens.count - 1, into: &reading)
            case .number(let range, let unit):
                let before = position > 0 ? tokens[position - 1] : nil
                let after = position + 1 < tokens.count ? tokens[position + 1] : nil
                readNumber(range, unit, before: before, after: after, into: &reading)
            }
        }
        reading.finishNumbers()
        return reading
    }

    // MARK: Runs of unknown words

    private static let townWords = AddressWords.words("街道办事处 街道 镇 乡 苏木")
    private static let townLikeWords = AddressWords.words(
        "街道 开发区 园区 管理区 工业区 聚集区 保护区 片区 基地 畜场 软件谷 科技城 工业园 筹备组 新区 示范区 保税区 旅游区 试验区 林区 矿区 风景区 改革区 经济区 合作区 度假区 办事处 管委会 委员会 中心 农场 林场 牧场 渔场 茶场 原种场 良种场 地区"
    )
    private static let provinceWords = AddressWords.words("省 自治区 特别行政区")
    private static let municipalities = AddressWords.words("北京市 天津市 上海市 重庆市")
    private static let cityWords = AddressWords.words("自治州 地区 市 盟")
    private static let countyWords = AddressWords.words("自治县 县 区 市 旗")
    private static let notCounty = AddressWords.words("社区 小区 园区 校区 厂区 开发区 库区 矿区 景区 新区 片区")

    /// Whether an address is nothing but the name of a town, whatever words the name is made of (杨村街道, 东镇镇,
    /// 九百户镇, 国有六号农场).
    private func isBareTownName(_ tokens: [AddressTokens.Token], _ text: AddressText) -> Bool {
        for token in tokens {
            if case .name = token { return false }
        }
        if tokens.isEmpty || text.written.contains(where: AddressText.isDigit) { return false }
        if provinceEnd(of: text.key[...]) != nil { return false }
        return text.key.split(separator: AddressText.space).contains { piece in
            Self.townWords.contains { piece.suffix($0.count).elementsEqual($0) }
                || Self.townLikeWords.contains { piece.suffix($0.count).elementsEqual($0) }
        }
    }

    private func readRun(_ range: Range<Int>, isFirst: Bool, isLast: Bool, into reading: inout AddressReading) {
        let key = reading.text.key
        var start = range.lowerBound
        if isFirst || !reading.hasTownOrBelow {
            start = readDivisions(range, isLast: isLast, into: &reading)
        } else {
            // 文昌街12号(白云县红星镇): a county and town behind the address, alone or before a community.
            var behind = reading
            let end = readDivisions(range, isLast: isLast, into: &behind)
            let rest = key[end..<range.upperBound]
            let found = behind.unknownDivisions.dropFirst(reading.unknownDivisions.count)
            if found.contains(where: { $0.kind == .town || key[$0.range.upperBound - 1] == 0x53BF }),
                rest.isEmpty || kind(of: rest) == .community
            {
                (reading, start) = (behind, end)
            }
        }
        for part in segments(key, start..<range.upperBound) {
            if AddressWords.fillers.contains(where: { key[part].elementsEqual($0) }) { continue }
            // 东户, 西户: the doors of a landing.
            if part.count == 2, key[part.upperBound - 1] == 0x6237 {
                reading.set(.room, part)
                continue
            }
            reading.add(unknown: part, kind: kind(of: key[part]))
        }
    }

    /// Takes province, city, county and town from the front of a run by their last words; returns where they end.
    private func readDivisions(_ range: Range<Int>, isLast: Bool, into reading: inout AddressReading) -> Int {
        let key = reading.text.key
        var start = range.lowerBound
        func end(of words: [[UInt32]], stem: ClosedRange<Int>) -> Int? {
            for length in stem where start + length < range.upperBound {
                for word in words where key[(start + length)..<range.upperBound].starts(with: word) {
                    return start + length + word.count
                }
            }
            return nil
        }
        if reading.parts.province.isEmpty, let e = provinceEnd(of: key[start..<range.upperBound]) {
            reading.add(division: .province, start..<e)
            start = e
        }
        if reading.parts.city.isEmpty, let e = end(of: Self.cityWords, stem: 2...9) {
            reading.add(division: .city, start..<e)
            start = e
        }
        if reading.parts.county.isEmpty,
            let e = end(of: Self.countyWords, stem: 2...9) ?? end(of: [[0x53BF]], stem: 1...1),
            !(e < range.upperBound && key[e - 1] == 0x5E02 && key[e] == 0x573A),
            !Self.notCounty.contains(where: { key[start..<e].suffix($0.count).elementsEqual($0) }),
            !Self.townWords.contains(where: { key[e..<range.upperBound].starts(with: $0) })
        {
            reading.add(division: .county, start..<e)
            start = e
        }
        if reading.parts.town.isEmpty, var e = end(of: Self.townWords, stem: 1...7) {
            // 东镇镇: the word belongs to the name when it stands twice.
            if e < range.upperBound, key[e] == 0x9547 || key[e] == 0x4E61 { e += 1 }
            if e < range.upperBound || reading.hasDivision || !isLast {
                reading.add(division: .town, start..<e)
                start = e
            }
        }
        return start
    }

    private func provinceEnd(of run: ArraySlice<UInt32>) -> Int? {
        for name in Self.municipalities where run.starts(with: name) { return run.startIndex + name.count }
        for length in 2...7 where run.count > length {
            for word in Self.provinceWords where run.dropFirst(length).starts(with: word) {
                return run.startIndex + length + word.count
            }
        }
        return nil
    }

    private static let strongWords = AddressWords.words("社区居民委员会 社区居委会 社区 居委会 村民委员会 村委会 小区 花园 家园 公寓 大道")
    private static let weakWords = AddressWords.words("村 路 街 巷")

    /// Parts a run where a name ends for certain: after 社区 or 小区, or after 路 where another name follows.
    private func segments(_ key: [UInt32], _ range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var i = start + 1
        while i < range.upperBound {
            let rest = key[i..<range.upperBound]
            if let word = Self.strongWords.first(where: { rest.starts(with: $0) }) {
                parts.append(start..<i + word.count)
                start = i + word.count
                i = start + 1
            } else if let word = Self.weakWords.first(where: { rest.starts(with: $0) }), i > start,
                let next = kind(of: rest.dropFirst(word.count)), next != .town,
                AddressWords.stemLength(rest.dropFirst(word.count), of: next) >= 2
            {
                parts.append(start..<i + word.count)
                start = i + word.count
                i = start + 1
            } else {
                i += 1
            }
        }
        if start < range.upperBound { parts.append(start..<range.upperBound) }
        return parts
    }

    /// What a name names, by its last word.
    private func kind(of name: ArraySlice<UInt32>) -> AddressWords.NameKind? {
        for suffix in AddressWords.suffixes where suffix.kind != .county {
            for word in suffix.words where name.count > word.count && name.suffix(word.count).elementsEqual(word) {
                return suffix.kind
            }
        }
        return nil
    }

    // MARK: Numbers

    private func readNumber(
        _ range: Range<Int>, _ unit: AddressWords.NumberUnit, before: AddressTokens.Token?,
        after: AddressTokens.Token?, into reading: inout AddressReading
    ) {
        let isAfterNumber: Bool
        var isAfterHouse = false
        switch before {
        case .number(_, let unit)?:
            isAfterNumber = true
            isAfterHouse = [.building, .buildingOrFloor, .unit, .floor].contains(unit)
        default: isAfterNumber = false
        }
        switch unit {
        case .phase: reading.set(.phase, range)
        case .group: reading.set(.group, range)
        case .unit: reading.set(.unit, range)
        case .floor: reading.set(.floor, range)
        case .room: reading.set(.room, range)
        case .building: reading.set(.building, range)
        case .lane: reading.set(.street, range)
        case .buildingOrFloor:
            var isBuilding = false
            if case .number(_, .unit)? = after { isBuilding = true }
            reading.set(
                isBuilding || (reading.building.isEmpty && !isAfterNumber && reading.isInCompound) ? .building : .floor,
                range)
        case .number:
            if isAfterHouse {
                reading.set(.room, range)
            } else if reading.isInCompound && !isAfterNumber && !reading.streetNumber.isEmpty {
                reading.set(.building, range)
            } else {
                reading.set(reading.streetNumber.isEmpty ? .street : .building, range)
            }
        case .bare: readBare(range, isAfterNumber: isAfterNumber, isAfterHouse: isAfterHouse, into: &reading)
        }
    }

    /// A number without a unit: 3-2-501 is building, unit and room; a single one is the next thing still missing.
    private func readBare(
        _ range: Range<Int>, isAfterNumber: Bool, isAfterHouse: Bool, into reading: inout AddressReading
    ) {
        let key = reading.text.key
        let pieces = key[range].split(separator: AddressText.dash).map { $0.startIndex..<$0.endIndex }
        func isRoom(_ piece: Range<Int>) -> Bool { piece.count >= 3 }
        if pieces.count >= 3, reading.building.isEmpty {
            reading.set(.building, pieces[0])
            reading.set(.unit, pieces[1])
            reading.set(.room, pieces[2].lowerBound..<range.upperBound)
        } else if pieces.count == 2, isAfterHouse || !reading.building.isEmpty {
            reading.set(.unit, pieces[0])
            reading.set(.room, pieces[1])
        } else if pieces.count == 2, reading.isInCompound || !reading.streetNumber.isEmpty {
            reading.set(.building, pieces[0])
            reading.set(isRoom(pieces[1]) ? .room : .unit, pieces[1])
        } else if pieces.count == 1, isAfterHouse || !reading.building.isEmpty || (isAfterNumber && isRoom(range)) {
            reading.set(.room, range)
        } else if reading.isInCompound || !reading.streetNumber.isEmpty {
            reading.set(isAfterNumber && isRoom(range) ? .room : .building, range)
        } else {
            reading.set(.street, range)
        }
    }
}
