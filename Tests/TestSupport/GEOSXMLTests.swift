public import Foundation

#if canImport(FoundationXML)
    internal import FoundationXML
#endif

/// The cases of GEOS's own XML test files: geometries A and B as text, and the operations asked of them.
public struct GEOSXMLCase: Sendable {
    public struct Operation: Sendable {
        public var name: String
        public var argument: String
        public var expected: String
    }

    public var file: String
    /// Well-known text or hexadecimal well-known binary.
    public var a = ""
    public var b = ""
    public var operations: [Operation] = []

    /// All cases of all files below a folder, in order of paths.
    public static func cases(in folder: URL) throws -> [GEOSXMLCase] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let files = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "xml" }
        return try files.sorted { $0.path < $1.path }.flatMap { file in
            let reader = Reader(file: file.lastPathComponent)
            let parser = XMLParser(data: try Data(contentsOf: file))
            parser.delegate = reader
            parser.parse()
            return reader.cases
        }
    }

    private final class Reader: NSObject, XMLParserDelegate {
        let file: String
        var cases: [GEOSXMLCase] = []
        private var current: GEOSXMLCase?
        private var text = ""

        init(file: String) {
            self.file = file
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            text = ""
            switch name {
            case "case": current = GEOSXMLCase(file: file)
            case "op":
                current?.operations.append(
                    Operation(
                        name: (attributes["name"] ?? "").lowercased(),
                        argument: (attributes["arg1"] ?? "").lowercased(),
                        expected: ""))
            default: break
            }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            let content = text.trimmingCharacters(in: .whitespacesAndNewlines)
            switch name {
            case "a": current?.a = content
            case "b": current?.b = content
            case "op":
                if let count = current?.operations.count, count > 0 {
                    current?.operations[count - 1].expected = content.lowercased()
                }
            case "case":
                if let current { cases.append(current) }
                current = nil
            default: break
            }
            text = ""
        }
    }
}
