import ArgumentParser
import enum Cartography.Edition
import GridStore

/// 版本选项: for whose eyes an answer is.
struct EditionOption: ParsableArguments {
    @Option(
        help: "版本 public、office、operational / edition.", completion: .list(Edition.allCases.map(\.rawValue)),
        transform: { word in
            guard let edition = Edition(rawValue: word) else {
                throw ValidationError("--edition: public, office, operational")
            }
            return edition
        })
    var edition: Edition = .public

    /// What of the town file the edition may see.
    var privacy: Layer.Field.Privacy {
        switch edition {
        case .public: .public
        case .office: .office
        case .operational: .operational
        }
    }
}
