import Foundation
import GeoGrid

/// 控制台: how a command speaks: answers to standard output, remarks, errors and progress to standard error.
struct Console: Sendable {
    let language: Language
    let format: OutputFormat
    let quiet: Bool

    /// The text in the reader's language.
    func callAsFunction(_ text: Text) -> String { text[language] }

    /// Gives the answer: `text` writes lines, `json` makes one value; only the asked form is computed.
    func answer(json: @autoclosure () throws -> JSONValue, text: (inout Lines) throws -> Void) rethrows {
        switch format {
        case .json:
            Console.put(try json().serialized(indented: true) + "\n")
        case .text:
            var lines = Lines(language: language)
            try text(&lines)
            Console.put(lines.text)
        }
    }

    /// A remark beside the answer, such as where a file was written; not in `--quiet` nor in JSON.
    func remark(_ text: Text) {
        guard !quiet, format == .text else { return }
        Console.putError(text[language] + "\n")
    }

    static func put(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func putError(_ text: String) { write(text, to: STDERR_FILENO) }

    /// All of the text at once; what a closed pipe does not take is dropped. A full disk ends the program.
    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { buffer in
            var rest = UnsafeRawBufferPointer(buffer)
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    if descriptor == STDOUT_FILENO, errno != EPIPE {
                        let error = AtomicFile.failure("-", reason: errno)
                        Failure(error, arguments: CommandLine.arguments).report()
                    }
                    return
                }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
        }
    }
}

/// The lines of an answer in text form, in one language.
struct Lines {
    let language: Language
    private(set) var text = ""

    init(language: Language) {
        self.language = language
    }

    /// One line, or an empty one.
    mutating func add(_ line: Text = Text(zh: "", en: "")) {
        add(verbatim: line[language])
    }

    mutating func add(verbatim line: String) {
        text += line + "\n"
    }

    mutating func add(_ table: TextTable) {
        text += table.rendered(in: language)
    }
}
