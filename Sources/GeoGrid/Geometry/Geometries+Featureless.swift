extension Geometries {
    /// Features without geometry, as the rows of a list are.
    public init(featureless count: Int) {
        self.init(
            kinds: Array(repeating: .none, count: count), featureOffsets: Array(repeating: 0, count: count + 1),
            partOffsets: [0], pathOffsets: [0], xy: [])
    }
}
