public import Foundation

/// CSV 读取: a whole table of text columns; see `CSVStream` for what is understood.
public enum CSVReader {
    /// Throws as `CSVStream`.
    public static func read(
        _ url: URL, name: String? = nil, encoding: TextEncoding? = nil, delimiter: UInt8? = nil
    ) throws -> (table: FeatureTable, findings: [Finding]) {
        try read(ByteSource(url), name: name, encoding: encoding, delimiter: delimiter)
    }

    /// Reads a stream, such as standard input, to its end.
    public static func read(
        _ source: ByteSource, name: String? = nil, encoding: TextEncoding? = nil, delimiter: UInt8? = nil
    ) throws -> (table: FeatureTable, findings: [Finding]) {
        let stream = try CSVStream(source, name: name, encoding: encoding, delimiter: delimiter, batch: .max)
        guard let whole = try stream.next() else { preconditionFailure("a stream has at least one batch") }
        return whole
    }
}
