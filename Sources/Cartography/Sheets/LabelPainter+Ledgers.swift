import GeoGrid

extension LabelPainter {
    /// 台账符号: shape by kind, colour and character by grade, hollow when closed; crowded ones in clusters.
    func placeLedgers(_ outcome: inout Outcome, _ taken: inout PlacedBoxes, _ legend: inout Legend) {
        let focused = inFocus()
        let plated = specification.elements.contains(.careSymbols) && !town.careSymbols.isEmpty
        var forms = MapStyle.ledgerForms[...]
        if plated { for i in forms.indices { forms[i].plated = true } }
        let ledgers = specification.ledgers.filter { !$0.marks.isEmpty }
        let kindsOf = ledgers.map(\.kinds)
        // Too many kinds for the shapes there are: a shape is a ledger.
        let byLedger = ledgers.count > 1 && kindsOf.reduce(0) { $0 + $1.count } > forms.count
        for (ledger, kinds) in zip(ledgers, kindsOf) {
            // Kinds of one ledger beyond the shapes share the last.
            var form: [String: SymbolStyle] = [:]
            for (i, kind) in kinds.enumerated() {
                form[kind] = forms.first
                if byLedger ? i == kinds.count - 1 : forms.count > 1 { forms.removeFirst() }
            }
            var shown: [(mark: LedgerLayer.Mark, item: PointSymbols.Item)] = []
            for mark in ledger.marks where focused(mark.location, nil) {
                let p = frame.page(mark.location)
                guard frame.box.contains(x: p.x, y: p.y), var style = form[mark.kind] else { continue }
                if let colour = mark.colour { style.grade(colour) }
                if mark.state == .closed { style.finish = .hollow }
                shown.append(
                    (
                        mark,
                        .init(id: mark.id, point: p, style: style, group: cache.chain.place(of: mark.unit).grid ?? -1)
                    ))
            }
            guard !shown.isEmpty else { continue }
            var symbols = PointSymbols()
            symbols.size = (shown.contains { $0.mark.colour != nil } ? 2.8 : 2.2) + (plated ? 0.6 : 0)
            symbols.clusterSize = max(symbols.clusterSize, symbols.size + 0.3)
            symbols.clusterColour = PointSymbols.ledgerCluster
            symbols.subject = .ledger
            let result = symbols.place(
                shown.map(\.item), window: frame.box, taken: &taken, list: &outcome.symbols, engine: engine)
            outcome.report.ledgersShownAlone += result.alone
            outcome.report.ledgersShownInClusters += result.clustered
            outcome.report.ledgersMissing += result.missing
            add(kinds: kinds, form, shown.map(\.mark), of: ledger, byLedger: byLedger, &legend)
            if result.clustered > 0 {
                legend.add(.cluster(PointSymbols.ledgerCluster), "多处（数目）", "several (count)")
            }
        }
    }

    private func add(
        kinds: [String], _ form: [String: SymbolStyle], _ marks: [LedgerLayer.Mark], of ledger: DisclosedLedger,
        byLedger: Bool, _ legend: inout Legend
    ) {
        let present = Set(marks.map(\.kind))
        var named: [SymbolStyle: [String]] = [:]
        var order: [SymbolStyle] = []
        for kind in kinds where present.contains(kind) {
            guard var style = form[kind] else { continue }
            // Where every one of them is graded the shape alone is what the kind means.
            let own = { (mark: LedgerLayer.Mark) in byLedger || mark.kind == kind }
            if !marks.contains(where: { own($0) && $0.colour == nil }) { style.colour = MapStyle.quiet }
            if named[style] == nil { order.append(style) }
            named[style, default: []].append(kind.isEmpty ? ledger.title[language] : kind)
        }
        for style in order {
            let words = named[style]!.joined(separator: "、")
            legend.add(.symbol(style), byLedger ? ledger.title : Text(zh: words, en: words))
        }
        for colour in RiskColour.allCases where marks.contains(where: { $0.colour == colour }) {
            let character = MapStyle.character(colour)
            let meaning = ledger.meanings[colour] ?? "\(character)色"
            legend.add(.risk(colour), Text(zh: meaning, en: ledger.meanings[colour] ?? colour.rawValue))
        }
        if marks.contains(where: { $0.state == .closed }) {
            var hollow = SymbolStyle(form: .circle, colour: MapStyle.quiet)
            hollow.plated = form.values.contains { $0.plated }
            hollow.finish = .hollow
            legend.add(.symbol(hollow), Text(zh: "空心：\(ledger.closed.zh)", en: "hollow: \(ledger.closed.en)"))
        }
    }
}
