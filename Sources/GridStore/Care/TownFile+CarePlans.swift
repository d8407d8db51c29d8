import GRDB
public import GeoGrid

extension IssueCode {
    /// A plan of the name is there already, or none is.
    public static let planName = IssueCode("GG483")
}

extension TownFile {
    /// 保存方案: keeps a plan under its name; with `replacing`, in the place of one of that name and kind.
    ///
    /// Throws GG483 where the name is taken. An adopted plan is never replaced.
    public func save(_ plan: CarePlan, replacing: Bool = false) throws {
        try write { db in
            if let known = try Row.fetchOne(
                db, sql: "SELECT kind, adopted FROM care_plan WHERE name = ?", arguments: [plan.name])
            {
                let (kind, adopted): (String, Bool) = (known[0], known[1])
                guard replacing, kind == plan.kind.rawValue, !adopted else { throw Self.taken(plan.name) }
                try db.execute(sql: "DELETE FROM care_plan WHERE name = ?", arguments: [plan.name])
            }
            try db.execute(
                sql: "INSERT INTO care_plan (name, kind, day, parameters, figures) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    plan.name, plan.kind.rawValue, plan.day.description, plan.parameters.serialized(),
                    plan.figures.serialized(),
                ])
            let srs = try SpatialReference.chosen(in: db) ?? -1
            let writer = try RowWriter(
                db,
                """
                INSERT INTO care_plan_item (plan, role, subject, target, rank, value, note, geom)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
            for item in plan.items {
                writer.bind(1, .text(plan.name))
                writer.bind(2, .text(item.role))
                writer.bind(3, .text(item.subject))
                writer.bind(4, .text(item.target))
                writer.bind(5, .integer(item.rank))
                writer.bind(6, .real(item.value))
                writer.bind(7, .text(item.note))
                writer.bind(
                    8,
                    blob: item.geometry.flatMap {
                        $0.count == 0 ? nil : GeometryBlob.encode(feature: 0, of: $0, as: .any, srs: srs)
                    })
                try writer.run()
            }
            try FeatureTables.touch("care_plan", in: db)
            try FeatureTables.touch("care_plan_item", in: db)
        }
    }

    /// All plans by name, without their items.
    public func carePlans() throws -> [CarePlan] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT name, kind, day, parameters, figures, adopted FROM care_plan ORDER BY kind, name"
            ).compactMap(Self.plan)
        }
    }

    /// One plan with its items in their order. Throws GG483 where there is none of the name.
    ///
    /// The geometry of the items stays in the file; `geometries(ofCarePlan:)` reads it.
    public func carePlan(named name: String) throws -> CarePlan {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: "SELECT name, kind, day, parameters, figures, adopted FROM care_plan WHERE name = ?",
                arguments: [name])
            guard var plan = row.flatMap(Self.plan) else { throw Self.unknown(name) }
            try Rows.each(
                db,
                "SELECT role, subject, target, rank, value, note FROM care_plan_item WHERE plan = ? ORDER BY fid",
                [name]
            ) { row in
                plan.items.append(
                    CarePlan.Item(
                        role: row.text(0), subject: row.text(1), target: row.text(2), rank: row.integer(3),
                        value: row.real(4), note: row.text(5)))
            }
            return plan
        }
    }

    /// What the items of a plan draw, one feature an item, in their order and in town metres.
    public func geometries(ofCarePlan name: String) throws -> Geometries {
        try read { db in
            var reader = GeometryBlobReader()
            try Rows.each(db, "SELECT geom FROM care_plan_item WHERE plan = ? ORDER BY fid", [name]) { row in
                row.withBlob(0) { reader.append($0) }
            }
            return reader.geometries
        }
    }

    /// 启用方案: makes a plan the one in force of its kind; the one before it becomes a draft again.
    public func adoptCarePlan(named name: String) throws {
        try write { db in
            guard
                let kind = try String.fetchOne(db, sql: "SELECT kind FROM care_plan WHERE name = ?", arguments: [name])
            else { throw Self.unknown(name) }
            try db.execute(sql: "UPDATE care_plan SET adopted = 0 WHERE kind = ?", arguments: [kind])
            try db.execute(sql: "UPDATE care_plan SET adopted = 1 WHERE name = ?", arguments: [name])
        }
    }

    /// Removes a plan that is not adopted.
    public func deleteCarePlan(named name: String) throws {
        try write { db in
            guard
                let adopted = try Bool.fetchOne(
                    db, sql: "SELECT adopted FROM care_plan WHERE name = ?", arguments: [name])
            else { throw Self.unknown(name) }
            guard !adopted else {
                throw GeoGridError(
                    .planName, Text(zh: "方案“\(name)”已启用，不能删除", en: "the plan “\(name)” is adopted and stays"),
                    remedy: Text(zh: "先启用同类的另一方案", en: "adopt another plan of its kind first"))
            }
            try db.execute(sql: "DELETE FROM care_plan WHERE name = ?", arguments: [name])
        }
    }

    private static func plan(_ row: Row) -> CarePlan? {
        guard let kind = CarePlan.Kind(rawValue: row[1]), let day = Day(row[2] as String) else { return nil }
        var plan = CarePlan(
            name: row[0], kind: kind, day: day, parameters: .string(row[3]), figures: .string(row[4]), items: [])
        plan.adopted = row[5]
        return plan
    }

    private static func taken(_ name: String) -> GeoGridError {
        GeoGridError(
            .planName, Text(zh: "已有名为“\(name)”的方案", en: "there is a plan named “\(name)” already"),
            remedy: Text(
                zh: "换一个名称，或加 --replace（已启用的方案不能替换）",
                en: "choose another name, or add --replace (an adopted plan cannot be replaced)"))
    }

    private static func unknown(_ name: String) -> GeoGridError {
        GeoGridError(
            .planName, Text(zh: "没有名为“\(name)”的方案", en: "there is no plan named “\(name)”"),
            remedy: Text(zh: "用 geogrid care-plans 查看已有方案", en: "geogrid care-plans lists the plans there are"))
    }
}
