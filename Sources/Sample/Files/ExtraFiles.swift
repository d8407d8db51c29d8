import GeoGrid

/// 规划文件: merger, other zonings, helpers, danger zone, parcels, events and hand-over, as files.
struct ExtraFiles {
    let sample: SampleExtras
    let town: Town
    let projection: GaussKrueger

    var all: [SampleFile] {
        var out = [
            merger, zonings, zonePeople, zonePosts, helpers, helped, visitors, handOver, appointments, regrading,
            parcels, events, inspections, projects, planted,
        ]
        out.append(points(sample.services.closing, "closing-centres"))
        out.append(points(sample.services.partners, "partners"))
        if let danger = sample.danger { out.append(file(danger)) }
        return out
    }

    private func degrees(_ p: PlanarPoint?) -> [String] {
        guard let p else { return ["", ""] }
        let s = projection.sevenths(p)
        return [FixedDecimals.sevenths(s.longitude), FixedDecimals.sevenths(s.latitude)]
    }

    private var merger: SampleFile {
        var out = CSVText(["old_code", "old_name", "grid", "new_code", "new_name"])
        for row in sample.merger.rows { out.add([row.oldCode, row.oldName, row.gridCode, row.newCode, row.newName]) }
        return SampleFile("plans/merger.csv", out.text)
    }

    private var zonings: SampleFile {
        var out = GeoJSONText(projection: projection)
        for zoning in sample.zonings {
            for zone in zoning.zones {
                out.polygon(
                    zone.area,
                    [
                        ("zoning", .text(zoning.name)), ("code", .text(zone.code)), ("name", .text(zone.name)),
                        ("kind", .text(zoning.isOverlay ? "overlay" : "base")),
                    ])
            }
        }
        return SampleFile("plans/zonings.geojson", out.text)
    }

    private var helpers: SampleFile {
        var out = CSVText(["id", "name", "phone", "capacity", "skills", "lon", "lat"])
        for helper in sample.helpers.members {
            let person = helper.person
            out.add(
                [person.id, person.name, person.phone, String(helper.capacity), person.skills.joined(separator: ";")]
                    + degrees(person.home))
        }
        return SampleFile("plans/helpers.csv", out.text)
    }

    private var helped: SampleFile {
        var out = CSVText(["household", "helper"])
        for (household, helper) in sample.helpers.households { out.add([household, helper]) }
        return SampleFile("plans/helped.csv", out.text)
    }

    private var visitors: SampleFile {
        var out = CSVText(["id", "name", "phone", "lon", "lat"])
        for person in sample.helpers.visitors {
            out.add([person.id, person.name, person.phone] + degrees(person.home))
        }
        return SampleFile("plans/visitors.csv", out.text)
    }

    private func points(_ points: [ServicePoint], _ name: String) -> SampleFile {
        var out = GeoJSONText(projection: projection)
        for point in points {
            var properties: [(String, GeoJSONText.Value)] = [
                ("id", .text(point.id)), ("name", .text(point.name)), ("kind", .text(point.kind)),
            ]
            if let capacity = point.capacity { properties.append(("capacity", .number(capacity))) }
            out.point(point.location, properties)
        }
        return SampleFile("plans/\(name).geojson", out.text)
    }

    private var handOver: SampleFile {
        var out = CSVText(["post", "role", "unit", "from_person", "to_person"])
        for row in sample.handOver.rows {
            out.add([row.post.id, row.post.role, row.post.unitCode, row.post.personID ?? "", row.successor])
        }
        return SampleFile("plans/hand-over-\(sample.handOver.day).csv", out.text)
    }

    private var appointments: SampleFile {
        var out = CSVText(["role", "unit", "to_person"])
        for row in sample.appointments.rows { out.add([row.role, row.unit, row.person]) }
        return SampleFile("plans/hand-over-\(sample.appointments.day).csv", out.text)
    }

    private var zonePeople: SampleFile { SampleFile("plans/zone-people.csv", lists.list(sample.zonePosts.people)) }
    private var zonePosts: SampleFile { SampleFile("plans/zone-posts.csv", lists.list(sample.zonePosts.posts)) }
    private var lists: TownFiles { TownFiles(town, counts: [:], projection: projection) }

    private var regrading: SampleFile {
        var out = CSVText(["编号", "类型", "风险颜色"])
        for row in sample.regrading.rows { out.add([row.id, Commerce.label(row.kind), row.risk?.rawValue ?? ""]) }
        return SampleFile("plans/premises-\(sample.regrading.day).csv", out.text)
    }

    private var inspections: SampleFile {
        var out = CSVText(["记录编号", "对象编号", "日期", "结果"])
        for (i, visit) in sample.visits.visits.enumerated() {
            out.add(["V" + padded(i + 1, 5), visit.object, visit.day.description, visit.result])
        }
        return SampleFile("town/inspections.csv", out.text)
    }

    private var projects: SampleFile {
        var out = CSVText(["项目编号", "名称", "类型", "状态", "开工日期", "完工日期", "经度", "纬度"])
        for project in sample.projects {
            out.add(
                [
                    project.id, project.name, project.kind, project.status, project.started?.description ?? "",
                    project.finished?.description ?? "",
                ] + degrees(project.location))
        }
        return SampleFile("town/projects.csv", out.text)
    }

    private var parcels: SampleFile {
        var out = GeoJSONText(projection: projection)
        for parcel in sample.parcels {
            let hundredths = Int((parcel.mu * 100).rounded())
            out.polygon(
                [[parcel.ring]],
                [
                    ("id", .text(parcel.id)), ("name", .text(parcel.name)),
                    ("mu", .text("\(hundredths / 100).\(padded(hundredths % 100, 2))")),
                ])
        }
        return SampleFile("plans/parcels.geojson", out.text)
    }

    private var events: SampleFile {
        var out = CSVText(["编号", "日期", "类型", "事由", "地址", "办结日期", "经度", "纬度"])
        for event in sample.events {
            out.add(
                [
                    event.id, event.day.description, event.kind, event.subject, event.address,
                    event.closed?.description ?? "",
                ] + degrees(event.location))
        }
        return SampleFile("town/events.csv", out.text)
    }

    private var planted: SampleFile {
        var out = CSVText(["kind", "id"])
        for id in sample.vacantPosts { out.add(["vacant post", id]) }
        for id in sample.doubleHolders { out.add(["person with two posts", id]) }
        for address in sample.repeatAddresses { out.add(["address with three events or more", address]) }
        for id in sample.visits.overdue { out.add(["overdue visit", id]) }
        for id in sample.danger?.householdIDs ?? [] { out.add(["household in the danger zone", id]) }
        return SampleFile("planted.csv", out.text)
    }

    private func file(_ danger: Danger) -> SampleFile {
        var out = GeoJSONText(projection: projection)
        out.polygon(
            [[danger.ring]], [("name", .text(danger.name)), ("households", .number(danger.householdIDs.count))])
        return SampleFile("plans/danger.geojson", out.text)
    }
}
