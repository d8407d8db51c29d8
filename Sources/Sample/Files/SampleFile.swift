/// 样例文件: one file of the made-up town, as bytes.
public struct SampleFile: Hashable, Sendable {
    /// Path below the folder the sample is written to, such as `town/grids.geojson`.
    public let path: String
    public let bytes: [UInt8]

    init(_ path: String, _ text: String) {
        self.init(path, Array(text.utf8))
    }

    init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
