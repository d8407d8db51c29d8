public import GeoGrid

extension SheetSpecification {
    /// 全镇挂图: all grids of the town, with leads, microgrids and symbols.
    public static func town(_ town: DisclosedTown) -> SheetSpecification {
        SheetSpecification(
            title: Text(zh: "\(town.county)\(town.name)网格地图", en: "\(town.name), \(town.county): grids"),
            elements: [
                .microgrids, .unitLabels, .communityPlates, .streetNames, .placeNames, .careSymbols, .servicePoints,
                .summary,
            ])
    }

    /// 社区图: one community, its neighbours greyed.
    public static func community(_ code: String, of town: DisclosedTown) -> SheetSpecification {
        let name = town.communities.codes.firstIndex(of: code).map { town.communities.names[$0] } ?? code
        var sheet = SheetSpecification(
            title: Text(zh: "\(town.name)\(name)网格地图", en: "\(name): grids"),
            elements: [
                .microgrids, .unitLabels, .streetNames, .placeNames, .careSymbols, .memberSymbols, .servicePoints,
                .summary, .locator, .buildingNumbers,
            ])
        sheet.focus = .community(code)
        return sheet
    }

    /// 网格图: one grid with its microgrids, buildings and doors.
    public static func grid(_ code: String, of town: DisclosedTown) -> SheetSpecification {
        let i = town.grids.codes.firstIndex(of: code)
        let community = i.flatMap { town.communities.codes.firstIndex(of: town.grids.parentCodes[$0]) }
        let name = i.map { town.grids.names[$0] } ?? code
        let parent = community.map { town.communities.names[$0] } ?? ""
        let short = UnitNames.short(name, within: [town.county, town.name, parent])
        var sheet = SheetSpecification(
            title: Text(zh: "\(parent)\(short)", en: "\(parent) \(short)"),
            subtitle: Text(zh: "\(town.county)\(town.name)　编码 \(code)", en: "\(town.name), code \(code)"),
            elements: [
                .microgrids, .unitLabels, .streetNames, .placeNames, .careSymbols, .memberSymbols, .servicePoints,
                .summary, .locator, .buildingNumbers,
            ])
        sheet.focus = .grid(code)
        if town.microgrids.count > 0 {
            sheet.labelLevel = .microgrid
            sheet.fill = .colouring(.microgrid)
        }
        if let i { sheet.notes = [leadCard(town.gridFacts[i], town)] }
        return sheet
    }

    private static func leadCard(_ facts: DisclosedTown.Facts, _ town: DisclosedTown) -> Note {
        Note(
            title: Text(zh: "责任人", en: "Who answers"),
            lines: facts.leads.isEmpty ? [Text(zh: "岗位空缺", en: "vacant")] : [], leads: Array(facts.leads.prefix(6)))
    }
}
