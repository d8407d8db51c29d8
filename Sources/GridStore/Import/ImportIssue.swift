import GeoGrid

extension IssueCode {
    static let missingValue = IssueCode("GG154")
    static let wrongValue = IssueCode("GG155")
    static let noLocation = IssueCode("GG156")
    static let doubledKey = IssueCode("GG157")
    static let coordinateRange = IssueCode("GG158")
    static let unknownPerson = IssueCode("GG159")
    static let unknownCategory = IssueCode("GG160")
    static let borrowedLocation = IssueCode("GG161")
    static let leftOut = IssueCode("GG162")
    static let unknownBuilding = IssueCode("GG163")
    static let nothingEnded = IssueCode("GG167")
    static let stillInPost = IssueCode("GG168")
    static let parentByName = IssueCode("GG170")
    static let distant = IssueCode("GG171")
    static let ownSystem = IssueCode("GG172")
    static let fullWidthIdentifier = IssueCode("GG577")
}

/// What can be wrong with one record; the place is added where it is found.
enum ImportIssue {
    static func missingValue(_ place: Place, _ field: Layer.Field) -> Finding {
        Finding(
            .missingValue, at: place, Text(zh: "缺少\(field.title.zh)", en: "the \(field.title.en) is missing"),
            remedy: Text(zh: "补上后重新导入", en: "Fill it in and import again"))
    }

    static func wrongValue(_ place: Place, _ field: Layer.Field, _ value: String) -> Finding {
        var remedy = Text(zh: "改正后重新导入", en: "Correct it and import again")
        if case .choice(let choices) = field.kind {
            let words = choices.map(\.value).joined(separator: ", ")
            remedy = Text(zh: "可用：\(words)", en: "One of: \(words)")
        }
        return Finding(
            .wrongValue, field.required ? .error : .warning, at: place,
            Text(
                zh: "\(field.title.zh)“\(value)”不能识别" + (field.required ? "" : "，未采用"),
                en: "“\(value)” is no \(field.title.en)" + (field.required ? "" : "; not used")),
            remedy: remedy)
    }

    static func noLocation(_ place: Place, _ layer: Layer, _ kind: GeometryKind) -> Finding {
        let wanted =
            switch layer.geometry {
            case .polygons: Text(zh: "面", en: "an area")
            case .lines: Text(zh: "线", en: "a line")
            case .point: Text(zh: "点", en: "a point")
            default: Text(zh: "图形", en: "a shape")
            }
        let message =
            kind == .none
            ? Text(zh: "没有坐标或图形", en: "it has no coordinates or shape")
            : Text(zh: "图形不是\(wanted.zh)", en: "its shape is not \(wanted.en)")
        return Finding(
            .noLocation, at: place, message,
            remedy: Text(zh: "补上\(wanted.zh)的坐标", en: "Give it the coordinates of \(wanted.en)"))
    }

    /// A file that names its own system, and another that was asked for.
    static func ownSystem(_ file: Place, _ own: CRS, asked: CRS) -> Finding {
        Finding(
            .ownSystem, .warning, at: file,
            Text(
                zh: "文件写明坐标系 \(own)，按它读入，没有用 --crs \(asked)",
                en: "the file says \(own); that was used, and not --crs \(asked)"),
            remedy: Text(
                zh: "若文件写错，删去它的 crs 成员或 .prj，再导入", en: "If the file is wrong, take its crs member or .prj out"))
    }

    static func doubledKey(_ place: Place, _ first: Int) -> Finding {
        Finding(
            .doubledKey, at: place,
            Text(zh: "编号与第 \(first) 条相同", en: "its identifier is that of record \(first)"),
            remedy: Text(zh: "两条中留下正确的一条，或改正编号", en: "Keep the right one of the two, or correct the identifier"))
    }

    static func coordinateRange(_ place: Place, _ x: String, _ y: String) -> Finding {
        Finding(
            .coordinateRange, at: place,
            Text(zh: "坐标 \(x), \(y) 不是经纬度", en: "\(x), \(y) is no longitude and latitude"),
            remedy: Text(
                zh: "检查经纬度是否写反；平面坐标用 --crs 说明", en: "Check whether the two are swapped; name a metre system with --crs")
        )
    }

    static func unknownPerson(_ place: Place, _ person: String) -> Finding {
        Finding(
            .unknownPerson, at: place, Text(zh: "没有人员 \(person)", en: "there is no person \(person)"),
            remedy: Text(zh: "先导入人员名单，或改正人员编号", en: "Import the list of people first, or correct the identifier"))
    }

    static func unknownCategory(_ place: Place, _ word: String, count: Int) -> Finding {
        Finding(
            .unknownCategory, .warning, at: place,
            Text(
                zh: "类别“\(word)”不在工作量模型中（\(count) 条），按普通计算",
                en: "the category “\(word)” is not in the workload model (\(count) records); counted as an ordinary one"
            ),
            remedy: Text(
                zh: "改用模型中的类别，或在权重文件中加上它", en: "Use a category of the model, or add it to the weights file"))
    }

    static func fullWidth(_ first: Place, count: Int) -> Finding {
        Finding(
            .fullWidthIdentifier, .note, at: first,
            Text(
                zh: "\(count) 处编号含全角字符，按半角存入，这是第一处",
                en: "\(count) identifiers have full-width signs and were kept half-width; this is the first"),
            remedy: Text(zh: "无须处理", en: "Nothing to be done"))
    }

    static func borrowedLocation(_ place: Place, from: Text, count: Int) -> Finding {
        Finding(
            .borrowedLocation, .note, at: place,
            Text(
                zh: "\(count) 条没有坐标，使用了\(from.zh)的位置",
                en: "\(count) records have no coordinates and took those of \(from.en)"),
            remedy: Text(zh: "有准确坐标时再次导入即可", en: "Import again once exact coordinates are known"))
    }

    static func unknownBuilding(_ place: Place, _ building: String) -> Finding {
        Finding(
            .unknownBuilding, .warning, at: place,
            Text(zh: "没有楼栋 \(building)", en: "no building is \(building)"),
            remedy: Text(zh: "改正楼栋编号，或先导入楼栋", en: "Correct the building's id, or import the buildings first"))
    }

    static func nothingEnded(_ place: Place, nameless: Int) -> Finding {
        Finding(
            .nothingEnded, .warning, at: place,
            nameless > 0
                ? Text(
                    zh: "有 \(nameless) 条记录认不出编号，所以没有终止任何记录",
                    en: "\(nameless) records cannot be told by an identifier, so nothing was ended")
                : Text(zh: "清单里没有可用的记录，所以没有终止任何记录", en: "the list has no record to take, so nothing was ended"),
            remedy: Text(zh: "改正后带 --complete 重新导入", en: "Correct the list and import it again with --complete"))
    }

    static func stillInPost(_ place: Place) -> Finding {
        Finding(
            .stillInPost, .warning, at: place,
            Text(zh: "清单中没有此人，但仍有岗位，没有删除", en: "the list lacks this person, who holds a post and was kept"),
            remedy: Text(
                zh: "先用 geogrid staff hand-over 交接岗位", en: "Hand the post over first, with geogrid staff hand-over"))
    }

    static func distant(_ place: Place, count: Int) -> Finding {
        Finding(
            .distant, .warning, at: place,
            Text(
                zh: "离网格 10 公里以外（共 \(count) 处，这是第一处）",
                en: "more than 10 km from the units (the first of \(count))"),
            remedy: Text(zh: "核对坐标，经纬度是否写反", en: "Check the coordinates, and whether the axes are swapped"))
    }

    static func parentByName(_ place: Place, count: Int) -> Finding {
        Finding(
            .parentByName, .note, at: place,
            Text(
                zh: "\(count) 条的上级写的是名称，已换成编码",
                en: "\(count) records named their parent by its name; its code was taken"),
            remedy: Text(zh: "不必处理", en: "Nothing to do"))
    }

    static func reversedDates(_ place: Place, _ from: String, _ to: String) -> Finding {
        Finding(
            .reversedDates, at: place,
            Text(zh: "离任 \(to) 不晚于任职 \(from)", en: "ends on \(to), not after it began on \(from)"),
            remedy: Text(zh: "核对两个日期", en: "check both dates"))
    }

    static func unknownUnit(_ place: Place, _ unit: String) -> Finding {
        Finding(
            .unknownPostUnit, .warning, at: place,
            Text(zh: "没有编码为 \(unit) 的单元", en: "no unit has the code \(unit)"),
            remedy: Text(zh: "核对单元编码和层级，或先导入单元", en: "check code and level, or import the units first"))
    }

    static func leftOut(_ place: Place, otherwise: Int, far: Int, margin: Double) -> Finding {
        Finding(
            .leftOut, .note, at: place,
            Text(
                zh: "\(otherwise) 个要素不是道路、水系、楼栋或地名（或地名重复），\(far) 个离网格 \(Int(margin)) 米以外，没有导入",
                en:
                    "\(otherwise) features are no road, water, building or place (or a place named before), \(far) lie more than "
                    + "\(Int(margin)) m from the units; they were left out"),
            remedy: Text(zh: "通常不必处理", en: "Usually nothing to do"))
    }
}
