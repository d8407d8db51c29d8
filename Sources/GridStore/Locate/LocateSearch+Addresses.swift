import GeoGrid

extension LocateSearch {
    /// Where an address leads: one building, or the likely ones where it is not sure.
    func addressed(_ text: String) throws -> [Subject] {
        let book = try LayerLoader(db: db, day: day).addressBook(withHouseholds: false)
        let match = book.matcher.match(text)
        let gazetteer = book.matcher.gazetteer
        let chosen = match.entry.map { _ in 1 } ?? (match.outcome == .ambiguous ? match.candidates.count : 0)
        guard chosen > 0 else {
            let why = match.reasons.map(\.text)
            throw GeoGridError(
                .nothingFound,
                Text(
                    zh: "找不到地址“\(text)”：\(why.map(\.zh).joined(separator: "；"))",
                    en: "the address “\(text)” is not found: \(why.map(\.en).joined(separator: "; "))"),
                remedy: Text(zh: "检查路名、小区名和门牌号", en: "check street, compound and number"))
        }
        return match.candidates.prefix(chosen).map { candidate in
            let entry = gazetteer.entries[candidate.entry]
            let percent = Int((candidate.confidence * 100).rounded())
            let place = entry.group + entry.street + entry.compound + entry.number
            return Subject(
                text: Text(
                    zh: "地址 \(place)（楼栋 \(entry.id)，\(match.outcome.title.zh)，可信度 \(percent)%）",
                    en: "address \(place) (building \(entry.id), \(match.outcome.title.en), confidence \(percent)%)"),
                location: entry.location, reasons: match.reasons.map(\.text))
        }
    }

    /// Post holders of a number, and residents where they may be shown.
    func phoned(_ number: String) throws -> [Subject] {
        let number = AddressText.tidy(number).replacing("+86", with: "").filter { $0 != "-" && !$0.isWhitespace }
        let found = try holders("\(digits("person.phone")) = ?2", number)
        return showsResidents ? found + (try households(withPhone: number)) : found
    }
}
