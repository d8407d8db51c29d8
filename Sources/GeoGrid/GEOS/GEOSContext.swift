internal import CGEOS

/// GEOS 环境: the handle that every GEOS call goes through; cheap (34 ns), so make one for each task.
///
/// Not `Sendable`: GEOS forbids two threads in one context. Geometries keep their context alive.
public final class GEOSContext {
    let handle: GEOSContextHandle_t
    private(set) var lastMessage = ""

    public init() {
        handle = GEOS_init_r()
        GEOSContext_setErrorMessageHandler_r(
            handle,
            { message, context in
                guard let message, let context else { return }
                Unmanaged<GEOSContext>.fromOpaque(context).takeUnretainedValue().lastMessage = String(cString: message)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        GEOS_finish_r(handle)
    }

    /// Version of the installed library, such as `3.11.1-CAPI-1.17.1`.
    public static var version: String { String(cString: GEOSversion()) }

    /// The error for a call that GEOS has just refused.
    func failure(_ operation: String) -> GeoGridError {
        let detail = lastMessage.isEmpty ? "GEOS" : lastMessage
        return GeoGridError(
            .geometryRefused,
            Text(zh: "图形运算“\(operation)”失败：\(detail)", en: "The geometry operation \(operation) failed: \(detail)"),
            remedy: Text(
                zh: "先用 geogrid audit 检查图形，修复后再试", en: "Run geogrid audit on the geometry, mend it and try again"))
    }
}

extension IssueCode {
    static let geometryRefused = IssueCode("GG300")
}
