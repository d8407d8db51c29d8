import Foundation
import Testing
import TestSupport

@Suite struct SourcesTests {
    /// Every issue code the sources raise stands in the catalogue, and the catalogue names no other.
    @Test func everyIssueCodeIsDocumented() throws {
        let code = /GG[1-7][0-9]{2}/
        func codes(in text: String) -> Set<String> { Set(text.matches(of: code).map { String($0.output) }) }

        let raised = try Repository.files(under: "Sources", ending: "swift").reduce(into: Set<String>()) {
            $0.formUnion(codes(in: try String(contentsOf: $1, encoding: .utf8)))
        }
        let catalogue = try String(contentsOf: Repository.url("docs/errors.md"), encoding: .utf8)
        let headings = catalogue.split(separator: "\n").filter { $0.hasPrefix("| GG") }
        let documented = codes(in: headings.map { String($0.dropFirst(2).prefix(5)) }.joined(separator: " "))
        #expect(raised.subtracting(documented).sorted() == [], "raised, not in docs/errors.md")
        #expect(documented.subtracting(raised).sorted() == [], "in docs/errors.md, never raised")
        #expect(headings.count == documented.count, "a code stands twice in docs/errors.md")
    }
}
