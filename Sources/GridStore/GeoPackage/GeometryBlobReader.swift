package import GeoGrid

/// Reads binary geometries, one after another, into flat arrays. Reads what other programs write as well: either
/// byte order, Z and M (dropped), collections of one kind.
package struct GeometryBlobReader {
    private var kinds: [GeometryKind] = []
    private var featureOffsets: [Int] = [0]
    private var partOffsets: [Int] = [0]
    private var pathOffsets: [Int] = [0]
    private var xy: [Double] = []

    package init() {}

    /// What was read, in order.
    package var geometries: Geometries {
        Geometries(
            kinds: kinds, featureOffsets: featureOffsets, partOffsets: partOffsets, pathOffsets: pathOffsets, xy: xy)
    }

    /// Appends one feature; one without geometry for an empty or unreadable blob.
    package mutating func append(_ blob: UnsafeRawBufferPointer) {
        let coordinates = xy.count
        let parts = partOffsets.count
        let paths = pathOffsets.count
        var cursor = Cursor(bytes: blob)
        var kind = GeometryKind.none
        if let wkb = GeometryBlobReader.wkbOffset(in: blob) {
            cursor.offset = wkb
            kind = geometry(&cursor) ?? .none
        }
        if cursor.failed || kind == .none {
            kind = .none
            xy.removeLast(xy.count - coordinates)
            partOffsets.removeLast(partOffsets.count - parts)
            pathOffsets.removeLast(pathOffsets.count - paths)
        }
        featureOffsets.append(partOffsets.count - 1)
        kinds.append(kind)
    }

    /// The point of a point blob.
    package static func point(_ blob: UnsafeRawBufferPointer) -> PlanarPoint? {
        guard let offset = wkbOffset(in: blob) else { return nil }
        var cursor = Cursor(bytes: blob)
        cursor.offset = offset
        guard let type = cursor.header(), type.base == 1 else { return nil }
        let point = PlanarPoint(x: cursor.double(), y: cursor.double())
        return cursor.failed || !point.x.isFinite || !point.y.isFinite ? nil : point
    }

    /// The box of a blob: its envelope where it has one, else that of its coordinates; nil when empty.
    package static func box(_ blob: UnsafeRawBufferPointer) -> Box? {
        guard wkbOffset(in: blob) != nil else { return nil }
        if blob[3] >> 1 & 7 >= 1 {
            var cursor = Cursor(bytes: blob)
            cursor.little = blob[3] & 1 == 1
            cursor.offset = 8
            let minX = cursor.double()
            let maxX = cursor.double()
            let minY = cursor.double()
            let maxY = cursor.double()
            return minX <= maxX ? Box(minX: minX, minY: minY, maxX: maxX, maxY: maxY) : nil
        }
        if let point = point(blob) { return Box(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y) }
        var reader = GeometryBlobReader()
        reader.append(blob)
        let box = reader.geometries.box
        return box.isEmpty ? nil : box
    }

    private static func wkbOffset(in blob: UnsafeRawBufferPointer) -> Int? {
        guard blob.count >= 8, blob[0] == 0x47, blob[1] == 0x50, blob[3] & 0x10 == 0 else { return nil }
        switch blob[3] >> 1 & 7 {
        case 0: return 8
        case 1: return 40
        case 2, 3: return 56
        case 4: return 72
        default: return nil
        }
    }

    private mutating func geometry(_ cursor: inout Cursor) -> GeometryKind? {
        guard let type = cursor.header() else { return nil }
        switch type.base {
        case 1:
            path(count: 1, type.dimensions, &cursor)
            partOffsets.append(pathOffsets.count - 1)
            return .point
        case 2:
            path(count: cursor.count(), type.dimensions, &cursor)
            partOffsets.append(pathOffsets.count - 1)
            return .lineString
        case 3:
            for _ in 0..<cursor.count() where !cursor.failed { path(count: cursor.count(), type.dimensions, &cursor) }
            partOffsets.append(pathOffsets.count - 1)
            return .polygon
        case 4...7:
            var member: GeometryKind?
            var count = 0
            for _ in 0..<cursor.count() where !cursor.failed {
                guard let kind = geometry(&cursor), member == nil || member == kind else { return nil }
                member = kind
                count += 1
            }
            switch member {
            case .point: return type.base == 4 || count > 1 ? .multiPoint : .point
            case .lineString: return type.base == 5 || count > 1 ? .multiLineString : .lineString
            case .polygon: return type.base == 6 || count > 1 ? .multiPolygon : .polygon
            default: return member
            }
        default: return nil
        }
    }

    private mutating func path(count: Int, _ dimensions: Int, _ cursor: inout Cursor) {
        for _ in 0..<count where !cursor.failed {
            xy.append(cursor.double())
            xy.append(cursor.double())
            for _ in 2..<dimensions { _ = cursor.double() }
        }
        pathOffsets.append(xy.count / 2)
    }
}

/// A place in a blob; reading past its end yields zeros and sets `failed`.
private struct Cursor {
    let bytes: UnsafeRawBufferPointer
    var offset = 0
    var little = true
    var failed = false

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func header() -> (base: Int, dimensions: Int)? {
        guard offset < bytes.count else {
            failed = true
            return nil
        }
        little = bytes[offset] == 1
        offset += 1
        let code = Int(uint32())
        // ISO adds 1000 for Z, 2000 for M; the older form sets the two top bits.
        let plain = code & 0x0FFF_FFFF
        let old = (code & 0x8000_0000 != 0 ? 1 : 0) + (code & 0x4000_0000 != 0 ? 1 : 0)
        let iso = plain / 1000 == 3 ? 2 : plain / 1000 > 0 ? 1 : 0
        return (plain % 1000, 2 + old + iso)
    }

    /// A count that the rest of the blob can hold.
    mutating func count() -> Int {
        let n = Int(uint32())
        if n > bytes.count { failed = true }
        return failed ? 0 : n
    }

    mutating func uint32() -> UInt32 {
        guard offset + 4 <= bytes.count else {
            failed = true
            return 0
        }
        let raw = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        offset += 4
        return little ? UInt32(littleEndian: raw) : UInt32(bigEndian: raw)
    }

    mutating func double() -> Double {
        guard offset + 8 <= bytes.count else {
            failed = true
            return 0
        }
        let raw = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        offset += 8
        return Double(bitPattern: little ? UInt64(littleEndian: raw) : UInt64(bigEndian: raw))
    }
}
