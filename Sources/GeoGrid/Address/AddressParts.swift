/// 地址要素: an address taken apart; what it does not name is empty.
///
/// Names stand as written (after NFKC), numbers as digits without their unit word: 第三栋 and 3号楼 both give `3`.
public struct AddressParts: Hashable, Sendable {
    /// 省.
    public var province = ""
    /// 市.
    public var city = ""
    /// 县、区.
    public var county = ""
    /// 镇、街道.
    public var town = ""
    /// 社区、村.
    public var community = ""
    /// 村民组.
    public var group = ""
    /// 路、街、巷.
    public var street = ""
    /// 门牌号; a number below it after a dash: 12号附3 is `12-3`.
    public var streetNumber = ""
    /// 小区、院落.
    public var compound = ""
    /// 期、区.
    public var phase = ""
    /// 栋、幢、号楼.
    public var building = ""
    /// 单元.
    public var unit = ""
    /// 层.
    public var floor = ""
    /// 室.
    public var room = ""
    /// What was not understood, in order.
    public var rest = ""

    public init(town: String = "") {
        self.town = town
    }

    /// The parts in the official order with uniform unit words: one text for all variants of an address.
    public var canonical: String {
        func numbered(_ value: String, _ unit: String) -> String { value.isEmpty ? "" : value + unit }
        return province + city + county + town + community + numbered(group, "组") + street
            + numbered(streetNumber, "号") + compound + phase + numbered(building, "栋") + numbered(unit, "单元")
            + numbered(floor, "层") + numbered(room, room.hasSuffix("户") ? "" : "室") + rest
    }
}
