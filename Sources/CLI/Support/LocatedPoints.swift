import Foundation
import GeoGrid
import GridStore

/// 批量定位: a list of points with what was found for each line behind it.
struct LocatedPoints {
    let table: FeatureTable
    let points: [PlanarPoint?]
    let batch: LocateBatch

    var columns: [String] { table.columns.map(\.name) + batch.columns }

    /// Writes the lines one by one, so that a list of millions needs no second copy of itself.
    func writeCSV(sink: @escaping ([UInt8]) throws -> Void) throws {
        var writer = try CSVWriter(header: columns, sink: sink)
        for row in 0..<table.count { try writer.write(table, row: row, then: batch.cells(at: points[row])) }
        try writer.finish()
    }

    var sheet: SheetTable {
        SheetTable(
            name: "定位", columns: columns,
            rows: (0..<table.count).map { row in
                table.columns.map { SheetTable.Cell($0.text(row: row)) }
                    + batch.cells(at: points[row]).map { SheetTable.Cell($0) }
            })
    }
}
