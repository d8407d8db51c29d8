import Cartography
import GeoGrid
import GridStore

extension MapCommand {
    /// Names of ledgers that a sheet can show.
    static let ledgerNames = Ledger.Kind.allCases.map(\.rawValue) + ["parcels"]

    /// 台账图层 of those names, as the edition may show them. Care residents are symbols of their own.
    static func ledgers(_ names: [String], in file: TownFile, on day: Day, shown: DisclosedTown) throws
        -> [DisclosedLedger]
    {
        let rules = Disclosure(shown.edition)
        return try names.map { name in
            guard name != "parcels" else { return rules.apply(try parcels(in: file, on: day), to: shown) }
            guard let kind = Ledger.Kind(rawValue: name) else {
                let known = ledgerNames.joined(separator: "、")
                throw GeoGridError(
                    .unknownSheet, Text(zh: "没有台账图层“\(name)”", en: "no ledger is called “\(name)”"),
                    remedy: Text(zh: "可用：\(known)", en: "there are \(known)"))
            }
            return rules.apply(layer(try file.ledger(kind, on: day)), to: shown)
        }
    }

    private static func layer(_ ledger: Ledger) -> LedgerLayer {
        // As the columns of the layers say: who may see where one is. Events are heat to everybody.
        let placed: Set<Edition> =
            switch ledger.kind {
            case .projects: [.public, .office, .operational]
            case .premises, .hazards: [.office, .operational]
            case .households: [.operational]
            case .events, .care: []
            }
        var layer = LedgerLayer(title: ledger.kind.title, placed: placed)
        layer.meanings = ledger.colours
        if ledger.kind == .hazards { layer.closed = Text(zh: "已销号", en: "closed") }
        if ledger.kind == .projects { layer.closed = Text(zh: "已完工", en: "finished") }
        layer.marks = ledger.items.compactMap { item in
            // Of households only those with a colour are a matter of a ledger.
            guard let location = item.location, ledger.kind != .households || item.colour != nil else { return nil }
            var mark = LedgerLayer.Mark(
                id: item.id, kind: ledger.title(ofKind: item.kind), colour: item.colour, location: location,
                unit: item.unit)
            if !ledger.isOpen(item) { mark.state = .closed }
            return mark
        }
        return layer
    }

    private static func parcels(in file: TownFile, on day: Day) throws -> LedgerLayer {
        var layer = LedgerLayer(title: Text(zh: "地块", en: "parcels"), placed: [.office, .operational])
        layer.areas = try file.parcels(on: day).items.map { item in
            let mu = SheetTable.Cell.number(item.mu, decimals: 2).text
            return LedgerLayer.Area(
                rings: item.rings, kind: item.kind,
                detail:
                    "\(item.name.isEmpty ? item.id : item.name) \(mu) 亩，\(item.households.count) 户 \(item.persons) 人",
                grids: item.grids)
        }
        return layer
    }
}
