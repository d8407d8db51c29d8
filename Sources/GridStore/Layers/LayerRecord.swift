import GeoGrid

/// 待写记录: a record on its way into a layer.
package struct LayerRecord: Sendable {
    /// The key; of a scoped layer `scope/key`.
    package var key: String
    /// One value a field of the layer, the key first; what `LayerMerge.provided` leaves out is not looked at.
    package var values: [FieldValue]
    /// Binary geometry; nil leaves what is stored.
    package var geometry: [UInt8]?
    /// Fields whose value could not be read: what is stored stays.
    package var kept: [Int] = []

    package init(key: String, values: [FieldValue], geometry: [UInt8]?) {
        self.key = key
        self.values = values
        self.geometry = geometry
    }
}

/// 合并结果: what a merge did, by record.
package struct MergeCounts: Hashable, Sendable {
    package var new = 0
    package var changed = 0
    package var unchanged = 0
    package var removed = 0
}
