public import GeoGrid

extension IssueCode {
    static let noAddressColumn = IssueCode("GG567")
    static let farFromAddress = IssueCode("GG568")
}

/// 名单匹配: a survey list against the town: every line answered, none dropped.
///
/// A line is matched by its address, to the building and where possible to the household; doubled lines (the same
/// household, or the same name at the same door or with the same telephone) are proposed, not removed.
public struct ListMatch: Sendable {
    public struct Line: Hashable, Sendable {
        public var record: Int
        public var match: AddressMatch
        public var buildingID: String
        public var householdIDs: [String]
        /// Codes of the units that hold the building, community first.
        public var units: [String]
        public var location: PlanarPoint?
        /// The line it seems to repeat.
        public var repeats: Int?
        public var remarks: [Text]
    }

    public private(set) var lines: [Line] = []
    public private(set) var findings: [Finding] = []
    private let input: FeatureTable
    private let layers: [UnitLayer]
    private let leads: [String: Person]

    /// - Parameters:
    ///   - points: where the list itself says the lines are, in town metres, one or nil a line; empty for none.
    ///   - layers: communities, grids, microgrids of the day.
    ///   - tolerance: metres that a line's point may lie from the building its address means.
    /// Throws GG567 when no column holds addresses. About 20,000 lines a second.
    public init(
        _ input: FeatureTable, addressColumn: String? = nil, points: [PlanarPoint?] = [], book: AddressBook,
        layers: [UnitLayer], roster: Roster, tolerance: Double = 200
    ) throws {
        self.input = input
        self.layers = layers.filter { $0.count > 0 }
        func column(_ names: [String]) -> PropertyColumn? {
            for name in names {
                if let found = input.columns.first(where: { HeaderAliases.normalized($0.name) == name }) {
                    return found
                }
            }
            return nil
        }
        let addresses =
            addressColumn.map { name in input.columns.first { $0.name == name } }
            ?? column(["地址", "详细地址", "住址", "家庭住址", "现住址", "居住地址", "经营地址", "address", "addr"])
        guard let addresses else {
            throw GeoGridError(
                .noAddressColumn, Text(zh: "\(input.source) 没有地址列", en: "\(input.source) has no column of addresses"),
                remedy: Text(zh: "用 --address 指明列名", en: "name it with --address"))
        }
        let names = column(["姓名", "户主", "户主姓名", "名称", "name", "head"])
        let phones = column(["电话", "联系电话", "手机", "手机号", "phone", "tel"])
        let locators = self.layers.map { PointLocator($0.areas) }
        leads = roster.leads

        var seen: [String: Int] = [:]
        lines.reserveCapacity(input.count)
        for row in 0..<input.count {
            let match = book.matcher.match(addresses.text(row: row) ?? "")
            var line = Line(
                record: input.records[row], match: match, buildingID: "", householdIDs: [], units: [], location: nil,
                repeats: nil, remarks: match.reasons.map(\.text))
            if let entry = match.entry {
                let building = book.matcher.gazetteer.entries[entry]
                line.buildingID = building.id
                line.location = building.location
                line.householdIDs = book.households(match).map(\.id)
            }
            let point = row < points.count ? points[row] : nil
            if let point, let location = line.location, point.distance(to: location) > tolerance {
                let metres = Int(point.distance(to: location).rounded())
                line.remarks.append(
                    Text(zh: "坐标离地址所指的楼 \(metres) 米", en: "its point lies \(metres) m from the building of its address")
                )
                findings.append(
                    Finding(
                        .farFromAddress, .warning, at: input.place(row: row),
                        Text(zh: "坐标与地址相距 \(metres) 米", en: "point and address are \(metres) m apart"),
                        remedy: Text(zh: "核对其中之一", en: "check which is right")))
            }
            if let phone = phones?.text(row: row), HandOver.hasLostDigits(AddressText.tidy(phone)) {
                line.remarks.append(Text(zh: "电话成了科学计数，末位已丢", en: "the phone is in scientific notation: digits lost"))
                findings.append(
                    Finding(
                        .lostDigits, .error, at: input.place(row: row, field: phones?.name),
                        Text(zh: "电话“\(phone)”是科学计数", en: "the phone “\(phone)” is in scientific notation"),
                        remedy: Text(zh: "在 Excel 里把该列设为文本后重填", en: "make the column text in Excel and type it again")))
            }
            if let at = line.location ?? point {
                line.units = zip(self.layers, locators).compactMap { layer, locator in
                    locator.unit(at: at).map { layer.codes[$0] }
                }
            }
            let keys = ListMatch.keys(
                line, name: AddressText.tidy(names?.text(row: row) ?? ""),
                phone: AddressText.tidy(phones?.text(row: row) ?? ""))
            line.repeats = keys.compactMap { seen[$0] }.min()
            for key in keys where seen[key] == nil { seen[key] = line.record }
            lines.append(line)
        }
    }

    /// What two lines of the same person or household share.
    private static func keys(_ line: Line, name: String, phone: String) -> [String] {
        var keys: [String] = []
        if line.householdIDs.count == 1, name.isEmpty { keys.append("h\(line.householdIDs[0])") }
        if !name.isEmpty, !phone.isEmpty { keys.append("p\(name)\u{0}\(phone)") }
        if !name.isEmpty, line.match.outcome == .matched {
            keys.append("d\(name)\u{0}\(line.buildingID)\u{0}\(line.match.parts.unit)\u{0}\(line.match.parts.room)")
        }
        return keys
    }

    public func count(_ outcome: AddressMatch.Outcome) -> Int { lines.count { $0.match.outcome == outcome } }
    public var repeatedLines: Int { lines.count { $0.repeats != nil } }

    /// The list again, all its columns first, then what was found.
    public func table(book: AddressBook, language: Language = .zh) -> SheetTable {
        let levels = layers.map(\.level)
        let names = LevelNames()
        let found =
            ["匹配结果", "可信度", "标准地址", "楼栋编号", "户编号"] + levels.map { names[$0].zh }
            + ["负责人", "负责人电话", "疑似重复", "说明"]
        let index = layers.map { $0.indexByCode() }
        let rows = lines.enumerated().map { row, line -> [SheetTable.Cell] in
            var cells = input.columns.map { SheetTable.Cell($0.text(row: row)) }
            let best = line.match.candidates.first
            cells += [
                .text(line.match.outcome.title[language]), best.map { .number($0.confidence, decimals: 2) } ?? .empty,
                .init(
                    line.match.entry.map {
                        ListMatch.address(book.matcher.gazetteer.entries[$0], line.match.parts, book)
                    }),
                .init(line.buildingID), .init(line.householdIDs.joined(separator: "、")),
            ]
            for (layer, positions) in zip(layers, index) {
                let code = line.units.first { positions[$0] != nil }
                cells.append(.init(code.map { layer.names[positions[$0]!].isEmpty ? $0 : layer.names[positions[$0]!] }))
            }
            let lead = line.units.reversed().compactMap { leads[$0] }.first
            cells += [
                .init(lead?.name), .init(lead?.phone), .init(line.repeats.map { "与第 \($0) 行" }),
                .init(line.remarks.map { $0[language] }.joined(separator: "；")),
            ]
            return cells
        }
        return SheetTable(name: "匹配结果", columns: input.columns.map(\.name) + found, rows: rows)
    }

    private static func address(_ entry: Gazetteer.Entry, _ parts: AddressParts, _ book: AddressBook) -> String {
        let community = book.matcher.gazetteer.communities.first { $0.code == entry.communityCode }?.name ?? ""
        var text = community + entry.group + entry.street + entry.compound + entry.number
        if !parts.unit.isEmpty { text += parts.unit + "单元" }
        if !parts.room.isEmpty { text += parts.room + (parts.room.hasSuffix("户") ? "" : "室") }
        return text
    }
}

extension AddressMatch.Outcome {
    public var title: Text {
        switch self {
        case .matched: Text(zh: "已匹配", en: "matched")
        case .probable: Text(zh: "疑似", en: "probable")
        case .ambiguous: Text(zh: "多个候选", en: "several candidates")
        case .unmatched: Text(zh: "未匹配", en: "unmatched")
        }
    }
}
