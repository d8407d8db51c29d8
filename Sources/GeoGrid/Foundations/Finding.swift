/// 问题代码: the stable code of an error or finding, explained in `docs/errors.md`.
///
/// GG1xx input, GG2xx coordinates, GG3xx topology, GG4xx planning, GG5xx town file, GG6xx maps, GG7xx server.
/// Each module names its codes in an extension beside the code that raises them.
public struct IssueCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }

    public static func < (a: IssueCode, b: IssueCode) -> Bool { a.description < b.description }
}

/// 检查结果: one thing wrong with the data, where it is, and what to do about it.
///
/// Bad data never throws; it becomes findings, so that one bad record does not hide the next.
public struct Finding: Hashable, Sendable {
    public enum Severity: String, Codable, Comparable, Sendable {
        /// 提示: worth knowing, nothing was lost.
        case note
        /// 警告: taken, but a person should look.
        case warning
        /// 错误: the record or rule it names does not hold.
        case error

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }

        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
    }

    public var code: IssueCode
    public var severity: Severity
    public var place: Place
    public var message: Text
    public var remedy: Text

    public init(
        _ code: IssueCode, _ severity: Severity = .error, at place: Place = Place(), _ message: Text, remedy: Text
    ) {
        self.code = code
        self.severity = severity
        self.place = place
        self.message = message
        self.remedy = remedy
    }
}

/// 位置: where a finding is: as much of file, layer, record, field and coordinate as is known.
public struct Place: Hashable, Sendable {
    public var file: String?
    public var layer: String?
    /// Number of the record or feature in its file, from 1.
    public var record: Int?
    /// The identifier or code the record bears.
    public var id: String?
    public var field: String?
    /// A coordinate in the CRS of the data it was found in.
    public var coordinate: PlanarPoint?

    public init(
        file: String? = nil, layer: String? = nil, record: Int? = nil, id: String? = nil, field: String? = nil,
        coordinate: PlanarPoint? = nil
    ) {
        self.file = file
        self.layer = layer
        self.record = record
        self.id = id
        self.field = field
        self.coordinate = coordinate
    }
}

/// 使用错误: the request itself cannot be met; thrown, with a stable code and what to do.
public struct GeoGridError: Error, Hashable, Sendable {
    public var code: IssueCode
    public var message: Text
    public var remedy: Text

    public init(_ code: IssueCode, _ message: Text, remedy: Text) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }
}
