import GeoGrid

/// 单元字段: which columns of a file of units hold their codes and their parents' codes.
enum UnitColumns {
    private static let aliases = HeaderAliases([
        "code": ["编码", "代码", "单元编码", "网格编码", "微网格编码", "社区编码", "编号"],
        "parent": ["上级", "上级编码", "所属", "所属单元", "所属社区", "所属网格", "parentcode"],
    ])

    /// The columns `code` and `parent`, as far as the header tells.
    static func guessed(in table: FeatureTable) -> [String: String] {
        aliases.match(table.columns.map(\.name)).mapValues { table.columns[$0].name }
    }
}
