import GeoGrid
import GridStore
import Planner
import Testing

@Suite struct WeightsTests {
    @Test func theStandardFileIsTheStandardModel() throws {
        #expect(try WorkloadModel(yaml: WorkloadModel.standardYAML, source: "standard") == .standard)
        #expect(try WorkloadModel(yaml: "", source: "empty") == .standard)
    }

    @Test func aFileChangesWhatItNames() throws {
        let model = try WorkloadModel(yaml: "patrol: {minutes: 45}\nrisk: {red: 3}\n", source: "w.yaml")
        #expect(model.patrolMinutes == 45 && model.patrolsPerMonth == 22)
        #expect(model.riskFactors[.red] == 3 && model.riskFactors[.orange] == 1.5)
    }

    @Test(arguments: [
        "patrol: {minutes: -1}", "patrol: {minutes: many}", "colour: {}", "care: 3", "care: [{zh: x}]", "a: [",
        "walk: {kmh: 0}",
        "risk: {green: 1}", "- 1",
    ])
    func whatIsNotUnderstoodIsNamed(yaml: String) {
        let error = #expect(throws: GeoGridError.self) { try WorkloadModel(yaml: yaml, source: "w.yaml") }
        #expect(error?.code == IssueCode("GG" + "430"))
        #expect(error?.message.en.contains("w.yaml") == true)
    }
}
