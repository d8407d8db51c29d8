import CSimdjson

extension IssueCode {
    /// 不是 GeoJSON.
    public static let notGeoJSON = IssueCode("GG101")
    /// 文件不完整.
    public static let fileTruncated = IssueCode("GG102")
    /// 文字编码不对.
    public static let wrongEncoding = IssueCode("GG103")
    /// 超出上限.
    public static let beyondLimit = IssueCode("GG104")
    /// JSON 语法错误.
    public static let jsonSyntax = IssueCode("GG105")
    /// 不是要素.
    public static let notAFeature = IssueCode("GG106")
    /// 图形结构不对.
    public static let malformedGeometry = IssueCode("GG107")
    /// 坐标数值不对.
    public static let badCoordinate = IssueCode("GG108")
    /// 线或环太短.
    public static let tooFewPoints = IssueCode("GG109")
    /// 环没有闭合.
    public static let unclosedRing = IssueCode("GG110")
    /// 成员不合规定.
    public static let irregularMember = IssueCode("GG111")
    /// 图形集合.
    public static let geometryCollection = IssueCode("GG112")
    /// 与 RFC 7946 的习惯不同.
    public static let geoJSONHabit = IssueCode("GG113")
    /// 属性列过多.
    public static let tooManyColumns = IssueCode("GG114")
    /// 其余问题未列出.
    public static let issuesLeftOut = IssueCode("GG115")
    /// 声明的坐标系不认识.
    public static let unknownCRS = IssueCode("GG200")
}

/// What the decoder found wrong, on its way to becoming a finding.
struct GeoJSONIssue {
    let kind: gg_issue_kind
    let record: Int
    let line: Int
    let byte: Int
    let count: Int
    let coordinate: PlanarPoint?
    let id: String?
    let bytes: [UInt8]

    init(_ issue: gg_issue) {
        kind = gg_issue_kind(UInt32(issue.kind))
        record = Int(issue.record)
        line = Int(issue.line)
        byte = Int(issue.byte)
        count = Int(issue.count)
        coordinate = issue.has_coordinate ? PlanarPoint(x: issue.x, y: issue.y) : nil
        id = issue.id.count > 0 ? issue.id.string : nil
        bytes = Array(UnsafeRawBufferPointer(start: issue.detail.start, count: issue.detail.count))
    }

    /// What stood there, in one printable line.
    var detail: String {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .filter { !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
    }

    func finding(file: String) -> Finding {
        let entry = entry
        let place = Place(file: file, record: record > 0 ? record : nil, id: id, coordinate: coordinate)
        let times =
            count > 1
            ? Text(zh: "（共 \(count) 处，这是第一处）", en: " (\(count) times; this is the first)") : Text(zh: "", en: "")
        return Finding(
            entry.code, entry.severity, at: place,
            Text(
                zh: "第 \(line) 行：\(entry.message.zh)\(times.zh)", en: "line \(line): \(entry.message.en)\(times.en)"),
            remedy: entry.remedy)
    }

    private typealias Entry = (code: IssueCode, severity: Finding.Severity, message: Text, remedy: Text)

    private var entry: Entry { lost ?? taken ?? habit }

    /// Faults that lose the feature.
    private var lost: Entry? {
        let redraw = Text(
            zh: "请在绘图软件里改好这个要素后重新导出", en: "Mend this feature in the program it was drawn with and export again")
        switch kind {
        case GG_ISSUE_SYNTAX:
            return (
                .jsonSyntax, .error, Text(zh: "JSON 语法错误，在“\(detail)”处", en: "JSON syntax error near “\(detail)”"),
                Text(
                    zh: "多半是手工改动所致：请检查此处的逗号、引号和括号",
                    en: "Check the commas, quotes and brackets here; hand editing often breaks them")
            )
        case GG_ISSUE_ENCODING:
            return (
                .wrongEncoding, .error, Text(zh: "这个要素里有不是 UTF-8 的字节", en: "Bytes in this feature are not UTF-8"),
                Text(zh: "请把文件另存为 UTF-8", en: "Save the file as UTF-8")
            )
        case GG_ISSUE_NOT_AN_OBJECT:
            return (
                .notAFeature, .error,
                Text(zh: "要素应是 { … }，这里是“\(detail)”", en: "A feature must be { … }; here stands “\(detail)”"),
                Text(zh: "请删去它，或换成完整的要素", en: "Remove it or put a whole feature in its place")
            )
        case GG_ISSUE_NO_TYPE:
            return (
                .notAFeature, .error, Text(zh: "缺少 \"type\"，或它不是文字", en: "The member \"type\" is missing or no text"),
                Text(
                    zh: "请写 \"type\": \"Feature\" 或图形类型", en: "Write \"type\": \"Feature\", or the type of the geometry"
                )
            )
        case GG_ISSUE_UNKNOWN_TYPE:
            return (
                .notAFeature, .error,
                Text(zh: "这里不能是类型“\(detail)”（区分大小写）", en: "The type “\(detail)” cannot stand here (capitals matter)"),
                Text(
                    zh: "要素写 Feature；图形写 Point、LineString、Polygon、Multi… 或 GeometryCollection",
                    en: "Features are Feature; geometries Point, LineString, Polygon, Multi… or GeometryCollection")
            )
        case GG_ISSUE_NO_COORDINATES:
            return (
                .malformedGeometry, .error,
                Text(zh: "图形缺少列表 \"\(detail)\"", en: "The geometry has no list \"\(detail)\""), redraw
            )
        case GG_ISSUE_NOT_A_GEOMETRY:
            return (
                .malformedGeometry, .error, Text(zh: "图形应是 { … } 或 null", en: "A geometry must be { … } or null"),
                redraw
            )
        case GG_ISSUE_NESTING:
            return (
                .malformedGeometry, .error,
                Text(
                    zh: "坐标的方括号层数与图形类型不符", en: "The coordinates are nested otherwise than the type of the geometry says"
                ),
                Text(
                    zh: "面是 [[[经, 纬], …]]，多面再加一层；请核对类型和括号",
                    en: "A Polygon is [[[lon, lat], …]], a MultiPolygon one level more; check type and brackets")
            )
        case GG_ISSUE_NOT_A_NUMBER:
            return (
                .badCoordinate, .error, Text(zh: "坐标不是数：\(detail)", en: "A coordinate is no number: \(detail)"),
                Text(zh: "坐标只能是数，不加引号，也不能是 NaN 或 null", en: "Coordinates are plain numbers: no quotes, no NaN, no null")
            )
        case GG_ISSUE_SHORT_POSITION:
            return (
                .badCoordinate, .error, Text(zh: "一个坐标少于两个数", en: "A position has fewer than two numbers"), redraw
            )
        case GG_ISSUE_ABSURD_NUMBER:
            return (
                .badCoordinate, .error,
                Text(zh: "坐标大得离谱：\(detail)", en: "A coordinate is beyond all measure: \(detail)"), redraw
            )
        case GG_ISSUE_SHORT_LINE:
            return (
                .tooFewPoints, .error,
                Text(zh: "线至少要两个点，这里有 \(detail) 个", en: "A line needs two points; this has \(detail)"),
                redraw
            )
        case GG_ISSUE_SHORT_RING:
            return (
                .tooFewPoints, .error,
                Text(
                    zh: "面的环至少要三个不同的点，这里共写了 \(detail) 个点",
                    en: "A ring needs three different points; this lists \(detail)"), redraw
            )
        case GG_ISSUE_TOO_DEEP:
            return (
                .beyondLimit, .error, Text(zh: "括号套得太深", en: "Nested too deeply"),
                Text(zh: "请简化这个要素的属性或图形集合", en: "Simplify its properties or its collection of geometries")
            )
        case GG_ISSUE_TOO_LARGE:
            return (.beyondLimit, .error, Text(zh: "要素太大，内存不够", en: "The feature is too large for the memory"), redraw)
        case GG_ISSUE_REST_UNREADABLE:
            return (
                .jsonSyntax, .error,
                Text(zh: "括号不配对，此后找不到完整的要素", en: "Brackets do not match, and no whole feature follows"),
                Text(zh: "请检查上一个要素的括号，或重新导出", en: "Check the brackets of the feature before, or export again")
            )
        default: return nil
        }
    }

    /// Faults with which the feature is taken.
    private var taken: Entry? {
        let check = Text(zh: "请核对这个要素", en: "Check this feature")
        switch kind {
        case GG_ISSUE_UNCLOSED_RING:
            return (
                .unclosedRing, .warning,
                Text(zh: "环没有闭合，已用第一个点补上", en: "The ring is not closed; its first point was added at the end"),
                Text(zh: "请看一看这条边界是否画完", en: "See whether this boundary was drawn to its end")
            )
        case GG_ISSUE_DUPLICATE_KEY:
            return (
                .irregularMember, .warning,
                Text(zh: "“\(detail)”出现两次，取第一个", en: "“\(detail)” stands twice; the first is taken"),
                check
            )
        case GG_ISSUE_BAD_ID:
            return (
                .irregularMember, .warning,
                Text(zh: "id 应是文字或数，这里是“\(detail)”，不予采用", en: "An id is a text or a number; “\(detail)” is not taken"),
                check
            )
        case GG_ISSUE_BAD_BBOX:
            return (
                .irregularMember, .warning,
                Text(
                    zh: "bbox 应是 4 或 6 个数，这里是“\(detail)”，不予采用",
                    en: "A bbox has 4 or 6 numbers; “\(detail)” is not taken"), check
            )
        case GG_ISSUE_BAD_PROPERTIES:
            return (
                .irregularMember, .warning,
                Text(
                    zh: "properties 应是 { … }，这里是“\(detail)”，按没有属性处理",
                    en: "Properties must be { … }; “\(detail)” is taken as none"), check
            )
        case GG_ISSUE_NO_PROPERTIES:
            return (
                .irregularMember, .warning, Text(zh: "要素缺少 properties", en: "The feature has no properties member"),
                Text(zh: "没有属性时写 \"properties\": null", en: "Write \"properties\": null where there are none")
            )
        case GG_ISSUE_NO_GEOMETRY:
            return (
                .irregularMember, .warning,
                Text(zh: "要素缺少 geometry，按没有图形处理", en: "The feature has no geometry member; taken as none"),
                check
            )
        case GG_ISSUE_MISPLACED_MEMBER:
            return (
                .irregularMember, .warning,
                Text(zh: "“\(detail)”不该出现在这里，不予采用", en: "“\(detail)” does not belong here and is not taken"),
                check
            )
        case GG_ISSUE_NAN_PROPERTY:
            return (
                .irregularMember, .warning,
                Text(
                    zh: "属性里的 NaN 或 Infinity 不是 JSON，按空值处理",
                    en: "NaN or Infinity in the properties is no JSON; taken as null"),
                Text(zh: "空值请写 null", en: "Write null for a missing value")
            )
        case GG_ISSUE_DROPPED_PARTS:
            return (
                .geometryCollection, .warning,
                Text(
                    zh: "图形集合里混有点、线、面，只取最高维的，略去 \(detail) 件",
                    en: "The collection mixes points, lines and areas; \(detail) of lower dimension were left out"),
                Text(zh: "请把不同类型的图形分成几个要素", en: "Put geometries of different kinds into features of their own")
            )
        case GG_ISSUE_NESTED_COLLECTION:
            return (
                .geometryCollection, .warning,
                Text(zh: "图形集合里又套图形集合，已拆开", en: "A collection stands within a collection; it was taken apart"), check
            )
        case GG_ISSUE_TOO_MANY_COLUMNS:
            return (
                .tooManyColumns, .warning,
                Text(
                    zh: "属性名超过 2000 个，“\(detail)”等不再读入",
                    en: "More than 2000 property names; “\(detail)” and others are left out"),
                Text(zh: "请删去用不到的属性", en: "Remove properties that are not needed")
            )
        case GG_ISSUE_NO_ROOT_TYPE:
            return (
                .irregularMember, .warning,
                Text(
                    zh: "文件没有写明类型 FeatureCollection，按它读取",
                    en: "The file does not say it is a FeatureCollection; read as one"),
                Text(zh: "请写 \"type\": \"FeatureCollection\"", en: "Write \"type\": \"FeatureCollection\"")
            )
        default: return nil
        }
    }

    /// Habits of the program that wrote the file; nothing is lost.
    private var habit: Entry {
        let nothing = Text(zh: "不影响使用", en: "Nothing needs to be done")
        switch kind {
        case GG_ISSUE_COMMAS:
            return (
                .geoJSONHabit, .warning,
                Text(zh: "要素之间的逗号多了或少了", en: "A comma between features is missing or too many"), nothing
            )
        case GG_ISSUE_WINDING:
            return (
                .geoJSONHabit, .note,
                Text(zh: "环的方向与 RFC 7946 相反（外环应逆时针）", en: "Rings run against RFC 7946 (shells counter-clockwise)"),
                nothing
            )
        case GG_ISSUE_PRECISION:
            return (.geoJSONHabit, .note, Text(zh: "坐标的小数多于 9 位", en: "Coordinates have more than 9 decimals"), nothing)
        case GG_ISSUE_EXTRA_NUMBERS:
            return (
                .geoJSONHabit, .warning,
                Text(zh: "一个坐标有 \(detail) 个数，只取前两个", en: "A position has \(detail) numbers; two are taken"), nothing
            )
        case GG_ISSUE_MIXED_DIMENSIONS:
            return (
                .geoJSONHabit, .warning,
                Text(zh: "同一条线里有的点带高程，有的不带", en: "Some points of a path have a height, some not"), nothing
            )
        case GG_ISSUE_LONE_COLLECTION:
            return (
                .geometryCollection, .note,
                Text(zh: "图形集合里只有一个图形，直接写它更好", en: "A collection of one geometry; the geometry alone would do"), nothing
            )
        default:
            return (.geoJSONHabit, .note, Text(zh: "写法少见", en: "Unusual"), nothing)
        }
    }
}

extension Finding {
    static func leftOut(_ count: Int, file: String) -> Finding {
        Finding(
            .issuesLeftOut, .error, at: Place(file: file),
            Text(zh: "另有 \(count) 个问题没有列出", en: "\(count) more issues are not listed"),
            remedy: Text(zh: "先改好列出的，再检查一次", en: "Mend those listed and check again"))
    }

    static func unknownCRS(_ name: String, file: String) -> Finding {
        let upper = name.uppercased()
        let isShifted = upper.contains("GCJ") || upper.contains("BD09") || upper.contains("BD-09")
        return Finding(
            .unknownCRS, .warning, at: Place(file: file),
            Text(
                zh: "文件声明的坐标系“\(name)”不认识，按没有声明处理",
                en: "The coordinate system “\(name)” that the file declares is not known; taken as undeclared"),
            remedy: isShifted
                ? Text(zh: "请用 --datum gcj02 或 --datum bd09 说明", en: "Say so with --datum gcj02 or --datum bd09")
                : Text(zh: "请用 EPSG 代码说明，例如 EPSG:4490", en: "Name it by its EPSG code, such as EPSG:4490"))
    }
}
