public import GeoGrid
import Yams

extension IssueCode {
    static let badRoles = IssueCode("GG566")
}

/// 岗位设置: which posts each level has, how many a unit needs, and who covers which duty.
public struct RoleCatalogue: Hashable, Sendable {
    /// 岗位.
    public struct Role: Hashable, Sendable {
        public var name: String
        public var level: Level
        /// 每单元人数: holders a unit of the level needs at least; 0 where the post is optional.
        public var perUnit = 0
        /// Other names that count as this post: 巷道长 and 楼院长 are leads of microgrids.
        public var also: [String] = []
        /// 职责 its holders cover in the grids of their unit.
        public var duties: [String] = []
    }

    public var roles: [Role] = []
    /// 多格合一: duties every grid must have somebody for.
    public var duties: [String] = []

    public func role(named name: String) -> Role? {
        roles.first { $0.name == name } ?? roles.first { $0.also.contains(name) }
    }

    /// Reads a file such as `standardYAML`. Throws GG566 with what is not understood.
    public init(yaml: String, source: String) throws {
        func fail(_ zh: String, _ en: String) -> GeoGridError {
            GeoGridError(
                .badRoles, Text(zh: "\(source)：\(zh)", en: "\(source): \(en)"),
                remedy: Text(zh: "照 geogrid staff roles 打印的样子改", en: "write it as geogrid staff roles prints it"))
        }
        let root: Node?
        do { root = try Yams.compose(yaml: yaml) } catch { throw fail("不是 YAML：\(error)", "no YAML: \(error)") }
        guard let members = root?.mapping else { throw fail("缺 roles 和 duties", "roles and duties are missing") }
        func texts(_ node: Node) throws -> [String] {
            guard let items = node.sequence else { throw fail("应为列表", "a list is expected") }
            return items.compactMap(\.string)
        }
        for (key, value) in members {
            switch key.string {
            case "duties": duties = try texts(value)
            case "roles":
                guard let list = value.sequence else { throw fail("roles 应为列表", "roles must be a list") }
                for item in list {
                    guard let fields = item.mapping else { throw fail("岗位应为若干项", "a role must have members") }
                    var role = Role(name: "", level: .grid)
                    for (name, field) in fields {
                        switch name.string {
                        case "name": role.name = field.string ?? ""
                        case "level":
                            guard let level = Level(rawValue: field.string ?? "") else {
                                throw fail("没有层级“\(field.string ?? "")”", "no level “\(field.string ?? "")”")
                            }
                            role.level = level
                        case "per_unit":
                            guard let count = field.int, count >= 0 else {
                                throw fail("per_unit 应为数", "per_unit must be a number")
                            }
                            role.perUnit = count
                        case "also": role.also = try texts(field)
                        case "duties": role.duties = try texts(field)
                        default: throw fail("不认识“\(name.string ?? "")”", "“\(name.string ?? "")” is not known")
                        }
                    }
                    guard !role.name.isEmpty else { throw fail("岗位没有 name", "a role has no name") }
                    roles.append(role)
                }
            default: throw fail("不认识“\(key.string ?? "")”", "“\(key.string ?? "")” is not known")
            }
        }
        let named = roles.flatMap { [$0.name] + $0.also }
        if let twice = named.first(where: { name in named.filter { $0 == name }.count > 1 }) {
            throw fail("“\(twice)”写了两次", "“\(twice)” stands twice")
        }
    }

    private init() {}

    /// What `standardYAML` says.
    public static let standard: RoleCatalogue =
        (try? RoleCatalogue(yaml: standardYAML, source: "standard")) ?? RoleCatalogue()
}
