extension RoleCatalogue {
    /// The default, with remarks; `geogrid staff roles` prints it.
    public static let standardYAML = """
        # 岗位设置：每一级有哪些岗位、每个单元至少几人、各岗位承担哪些职责。按本镇实际修改，
        # 用 geogrid staff roles TOWN --set FILE 存入镇文件。
        # Posts of each level, how many a unit needs, and the duties their holders cover.
        #
        # name      岗位名称            name of the post
        # level     town / community / grid / microgrid
        # per_unit  每个单元至少几人     holders a unit needs at least; 0 or left out: optional
        # also      视同本岗位的叫法     other names that count as this post
        # duties    承担的职责           duties covered in every grid of the unit
        roles:
          - name: 社区党委书记
            level: community
            per_unit: 1
            also: [村党支部书记, 社区党支部书记]
            duties: [党建引领, 矛盾调解]
          - name: 社区居委会主任
            level: community
            per_unit: 1
            also: [村委会主任]
            duties: [民生代办, 政策宣传]
          - name: 社区民警
            level: community
            also: [民警, 驻村辅警]
            duties: [平安巡查]
          - name: 社区律师
            level: community
            also: [律师, 法律顾问]
            duties: [矛盾调解]
          - name: 网格长
            level: grid
            per_unit: 1
            also: [网格党支部书记]
            duties: [走访登记, 平安巡查, 安全隐患, 环境卫生]
          - name: 网格员
            level: grid
            also: [专职网格员, 兼职网格员]
            duties: [走访登记, 平安巡查]
          - name: 专属网格长
            level: grid
            also: [责任网格长]
            duties: [走访登记]
          - name: 微网格长
            level: microgrid
            per_unit: 1
            also: [巷道长, 街巷长, 胡同长, 红袖章, 楼院长, 楼栋长, 组长]
            duties: [走访登记]
          - name: 单元长
            level: microgrid
            duties: [走访登记]

        # 多格合一：每个网格都必须有人承担的职责 / duties every grid must have somebody for
        duties: [党建引领, 走访登记, 平安巡查, 矛盾调解, 安全隐患, 环境卫生, 民生代办, 政策宣传]
        """
}
