public import GeoGrid

/// 版本: for whose eyes a sheet is made.
public enum Edition: String, CaseIterable, Codable, Sendable {
    /// 公开版: boundaries, leads and counts; small counts hidden.
    case `public`
    /// 办公版: care symbols by building, coded by category; no names of residents.
    case office
    /// 工作版: names of residents; asked for by name, marked on every page, logged.
    case operational

    public var name: Text {
        switch self {
        case .public: Text(zh: "公开版", en: "public edition")
        case .office: Text(zh: "办公版", en: "office edition")
        case .operational: Text(zh: "工作版", en: "operational edition")
        }
    }

    /// 密级标志 that stands on every page; nil where the page may hang in the street.
    public var mark: Text? {
        switch self {
        case .public: nil
        case .office: Text(zh: "内部资料 注意保管", en: "internal, keep safe")
        case .operational: Text(zh: "内部资料 含个人信息 严禁外传", en: "internal, personal data, do not pass on")
        }
    }
}
