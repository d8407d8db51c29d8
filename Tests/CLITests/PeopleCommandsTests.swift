import Foundation
import GridStore
import TestSupport
import Testing

/// Posts, zonings, ledgers, events, lists: as typed, and as answered.
@Suite struct PeopleCommandsTests {
    private func town() throws -> TownCommandsTests.Inputs {
        let inputs = try TownCommandsTests.Inputs()
        let scratch = inputs.scratch
        func box(_ x: Double, _ y: Double, _ w: Double, _ h: Double) -> String {
            let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
            return corners.map { "[\(114 + $0.0 / 1000), \(30 + $0.1 / 1000)]" }.joined(separator: ", ")
        }
        func features(_ list: [(String, String)]) -> String {
            let lines = list.map { properties, ring in
                "{\"type\": \"Feature\", \"properties\": {\(properties)}, "
                    + "\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[\(ring)]]}}"
            }
            return "{\"type\": \"FeatureCollection\", \"features\": [\n" + lines.joined(separator: ",\n") + "\n]}\n"
        }
        try scratch.write(
            features([
                (#""zoning": "党支部", "code": "D1", "name": "第一支部", "kind": "base""#, box(0, 0, 1, 2)),
                (#""zoning": "党支部", "code": "D2", "name": "第二支部", "kind": "base""#, box(1, 0, 1, 2)),
                (#""zoning": "专属网格", "code": "X1", "name": "商圈", "kind": "overlay""#, box(0, 0, 0.6, 1)),
            ]), to: "zones.geojson")
        try scratch.write(
            features([
                (#""id": "B1", "street": "沿河路", "number": "1号""#, box(0.2, 0.4, 0.1, 0.1)),
                (#""id": "B2", "street": "沿河路", "number": "2号""#, box(1.2, 1.4, 0.1, 0.1)),
            ]), to: "buildings.geojson")
        try scratch.write(
            features([(#""id": "L1", "name": "一号地块", "mu": 1.5"#, box(0.15, 0.35, 0.2, 0.2))]), to: "parcels.geojson")
        try scratch.write(
            """
            编号,日期,类型,事由,地址,办结日期,经度,纬度
            E1,2026-01-05,12345热线,噪声,沿河路1号,2026-01-08,114.0002,30.0004
            E2,2026-02-05,12345热线,噪声,沿河路一号,,,
            E3,2026-02-20,矛盾纠纷,漏水,沿河路二号,,114.0012,30.0014
            E4,2026-02-21,信访,补偿,长安街9号,,,

            """, to: "events.csv")
        try scratch.write(
            "编号,名称,类型,风险颜色,经度,纬度\nS1,小店,商户,黄,114.0005,30.0005\nS2,烟花店,烟花爆竹店,红,114.0015,30.0005\n",
            to: "premises.csv")
        try scratch.write("记录编号,对象编号,日期,结果\nV1,S1,2026-02-01,正常\nV2,S2,2026-01-01,整改\n", to: "visits.csv")
        try scratch.write("编号,风险颜色\nS1,红\n", to: "grades.csv")
        try scratch.write("role,unit,to_person\n网格长,G01,P1\n网格长,G11,新人\n", to: "hand-over.csv")
        try scratch.write("role,unit,to_person,phone\n网格长,G77,P1,\n巡逻员,G01,P1,\n网格长,G10,甲,1.3E+10\n", to: "bad.csv")
        try scratch.write("姓名,地址,经度,纬度\n甲,沿河路一号,114.0002,30.0004\n甲,沿河路1号,,\n乙,长安街9号,,\n", to: "list.csv")
        try scratch.write("号,经度,纬度\n1,114.0003,30.0005\n2,114.0015,30.0015\n3,115,30\n4,,\n", to: "points.csv")
        try scratch.write("roles:\n  - name: 网格长\n    level: street\n", to: "roles.yaml")
        _ = try inputs.fill()
        return inputs
    }

    @Test func postsZonesLedgersAndLists() throws {
        let inputs = try town()
        defer { inputs.scratch.remove() }
        let answers = try [
            "import town.gpkg zones.geojson --as zone -q", "import town.gpkg buildings.geojson --as building -q",
            "import town.gpkg parcels.geojson --as parcel -q", "import town.gpkg events.csv --as event -q",
            "import town.gpkg premises.csv --as premises -q", "import town.gpkg visits.csv --as inspection -q",
            "assign town.gpkg --on 2026-03-01", "zones list town.gpkg --on 2026-03-01",
            "zones audit town.gpkg --on 2026-03-01", "zones crosswalk town.gpkg 党支部 grid --on 2026-03-01",
            "zones crosswalk town.gpkg 党支部 无 --on 2026-03-01", "staff list town.gpkg --on 2026-03-01",
            "staff vacancies town.gpkg --on 2026-03-01 --lang en",
            "staff chains town.gpkg --on 2026-03-01 --to 2026-12-31",
            "staff hand-over town.gpkg bad.csv --on 2026-04-01",
            "staff hand-over town.gpkg hand-over.csv --on 2026-04-01",
            "staff hand-over town.gpkg hand-over.csv --on 2026-04-01 --lang en",
            "staff roles town.gpkg --set roles.yaml", "ledger town.gpkg premises --on 2026-03-01",
            "ledger town.gpkg premises --on 2026-03-01 --due 2026-03-31",
            "import town.gpkg grades.csv --as premises --on 2026-03-15 -q",
            "ledger town.gpkg premises --on 2026-04-01 --since 2026-03-01 --meaning red=重大风险",
            "ledger town.gpkg premises --on 2026-04-01 --history", "ledger town.gpkg parcels --on 2026-03-01 --lang en",
            "ledger town.gpkg wishes", "events list town.gpkg --on 2026-03-01",
            "events heat town.gpkg --on 2026-03-01", "events repeats town.gpkg --on 2026-03-01",
            "events repeats town.gpkg --on 2026-03-01 --least 2 --edition operational",
            "match town.gpkg list.csv -o - --on 2026-03-01", "match town.gpkg people.csv -o - --on 2026-03-01",
            "bounds town.gpkg --on 2026-03-01 --unit G0", "locate town.gpkg --address 沿河路一号 --on 2026-03-01",
            "locate town.gpkg --address 别镇沿河路1号 --on 2026-03-01",
            "locate town.gpkg --points points.csv --on 2026-03-01",
            "locate town.gpkg --points people.csv --on 2026-03-01", "locate town.gpkg --phone 000-00000001",
            "locate town.gpkg --phone 000-00000001 --edition operational --on 2026-03-01",
            "locate town.gpkg --name 户主2 --edition operational --on 2026-03-01",
        ].map(inputs.run).joined(separator: "\n")
        #expect(Golden.mismatch(answers, "people-answers") == nil)
    }

    /// Ledgers and zonings on sheets, for every edition: shapes, counts and post holders, no names, addresses, subjects.
    @Test func ledgersAndZoningsAreDrawnWithoutNames() throws {
        let inputs = try town()
        defer { inputs.scratch.remove() }
        for words in [
            "import town.gpkg zones.geojson --as zone -q", "import town.gpkg buildings.geojson --as building -q",
            "import town.gpkg parcels.geojson --as parcel -q", "import town.gpkg premises.csv --as premises -q",
            "import town.gpkg events.csv --as event -q", "assign town.gpkg --on 2026-03-01",
        ] { _ = try inputs.run(words) }
        for edition in ["public", "office", "operational"] {
            for (sheet, words) in [
                ("ledger:premises,parcels", edition == "public" ? "经营场所和出租房" : "烟花爆竹店"), ("ledger:events", "事件"),
                ("zoning:党支部", "第一支部"), ("town --layer premises", ""),
            ] {
                let answer = try inputs.run(
                    "map town.gpkg --sheet \(sheet) --edition \(edition) -o sheet.svg --size A3 --on 2026-03-01")
                #expect(answer.contains("exit 0"), "\(answer)")
                let svg = try String(contentsOf: inputs.scratch.url("sheet.svg"), encoding: .utf8)
                #expect(words.isEmpty || svg.contains(words), "\(sheet) \(edition)")
                for name in ["小店", "烟花店", "沿河路1号", "噪声", "S1", "E1"] {
                    #expect(!svg.contains(">\(name)<"), "\(name) on \(sheet) \(edition)")
                }
                if edition == "public" { #expect(!svg.contains("烟花") && !svg.contains("一号地块")) }
            }
        }
        #expect(try inputs.run("map town.gpkg --sheet zoning:无 -o x.svg").contains("GG573"))
        #expect(try inputs.run("ledger town.gpkg care").contains("--edition office"))
    }

    /// What shows or searches names leaves a line in the town file; what does not, leaves none.
    @Test func searchesByNameAndPhoneAreLogged() throws {
        let inputs = try town()
        defer { inputs.scratch.remove() }
        for words in [
            "locate town.gpkg --name 户主2 --edition operational --on 2026-03-01",
            "locate town.gpkg --phone 000-00000001 --edition operational --on 2026-03-01",
            "match town.gpkg list.csv -o out.csv --on 2026-03-01",
            "ledger town.gpkg premises --list --edition operational --on 2026-03-01",
            "events list town.gpkg --edition operational --on 2026-03-01",
            "locate town.gpkg --name 第1网格 --on 2026-03-01",
            "events list town.gpkg --on 2026-03-01",
        ] { _ = try inputs.run(words) }
        let log = try TownFile.open(inputs.scratch.url("town.gpkg").path, readOnly: true).read { db in
            var lines: [String] = []
            try Rows.each(db, "SELECT command, edition, detail FROM export_log ORDER BY fid") { row in
                lines.append("\(row.text(0))|\(row.text(1))|\(row.text(2))")
            }
            return lines
        }
        #expect(
            log == [
                "locate|operational|name 户主2", "locate|operational|phone 000-00000001", "match|operational|list.csv: 3",
                "ledger|operational|premises", "events list|operational|0",
            ])
    }
}
