import CPROJ

/// A way between two systems, as PROJ finds it, with a context of its own.
final class PROJOperation {
    private let context: OpaquePointer
    private let operation: OpaquePointer

    /// Throws `GG201` when a code is unknown or PROJ knows no way between the two.
    init(from source: CRS, to target: CRS) throws {
        context = PROJ.context()
        guard let found = proj_create_crs_to_crs(context, source.description, target.description, nil) else {
            let wrong = [source, target].first { !$0.exists } ?? target
            proj_context_destroy(context)
            throw PROJ.unusable(wrong, from: source, to: target)
        }
        defer { proj_destroy(found) }
        guard let normalized = proj_normalize_for_visualization(context, found) else {
            proj_context_destroy(context)
            throw PROJ.unusable(target, from: source, to: target)
        }
        operation = normalized
    }

    deinit {
        proj_destroy(operation)
        proj_context_destroy(context)
    }

    /// Interleaved coordinates, first axis first; those without an image become infinite.
    func run(_ xy: inout [Double], _ direction: PJ_DIRECTION) {
        let count = xy.count / 2
        let stride = 2 * MemoryLayout<Double>.stride
        xy.withUnsafeMutableBufferPointer { buffer in
            let x = buffer.baseAddress!
            _ = proj_trans_generic(
                operation, direction, x, stride, count, x + 1, stride, count, nil, 0, 0, nil, 0, 0)
        }
    }
}

/// What this folder shares of PROJ.
enum PROJ {
    static func context() -> OpaquePointer {
        let context = proj_context_create()!
        proj_context_set_enable_network(context, 0)
        _ = proj_log_level(context, PJ_LOG_NONE)
        return context
    }

    static func unusable(_ wrong: CRS, from source: CRS, to target: CRS) -> GeoGridError {
        guard wrong.exists else {
            return GeoGridError(
                .unusableCRS, Text(zh: "没有坐标系 \(wrong)", en: "There is no coordinate system \(wrong)"),
                remedy: Text(
                    zh: "请查对 EPSG 代码，例如 4326（WGS 84）、4490（CGCS2000）、4547（3° 带，中央经线 114°）",
                    en: "Check the EPSG code, such as 4326 (WGS 84), 4490 (CGCS2000), 4547 (3° zone, meridian 114°)"))
        }
        return GeoGridError(
            .unusableCRS,
            Text(zh: "PROJ 不能从 \(source) 转到 \(target)", en: "PROJ knows no way from \(source) to \(target)"),
            remedy: Text(zh: "请换一个平面坐标系，例如 EPSG:4547", en: "Choose another metre system, such as EPSG:4547"))
    }

    /// The version of the PROJ library that this program runs with.
    static var version: String { String(cString: proj_info().version) }
}
