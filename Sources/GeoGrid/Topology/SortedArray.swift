/// 有序数组: a sorted array in place of a set or a dictionary, where it is filled once.
extension Array where Element: Comparable {
    mutating func sortAndRemoveDuplicates() {
        sort()
        var kept = 0
        for i in indices where kept == 0 || self[kept - 1] != self[i] {
            self[kept] = self[i]
            kept += 1
        }
        removeLast(count - kept)
    }

    /// Position of the first element not below one, in a sorted array. O(log n).
    func lowerBound(of element: Element) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
