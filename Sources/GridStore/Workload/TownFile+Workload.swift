import GRDB
public import Planner

extension TownFile {
    /// 工作量模型 of the town: its own where one was kept, else the standard one.
    public func workloadModel() throws -> WorkloadModel {
        try read { try WorkloadModel.stored(in: $0) }
    }

    /// Keeps a weights file with the town, after checking it; nil goes back to the standard model.
    public func keepWeights(_ yaml: String?, source: String) throws {
        if let yaml { _ = try WorkloadModel(yaml: yaml, source: source) }
        try write { try Settings.set(.weights, to: yaml, in: $0) }
    }
}
