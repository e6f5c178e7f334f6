import Statistics

extension PairedCounts {
    /// A third of the rows of some categories, drawn without replacement, as the window; the rest as the reference.
    static func drawn(_ totals: [Int], _ numbers: inout SeededNumbers) -> PairedCounts {
        var rows = totals.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
        var window = totals.map { _ in 0 }
        for place in 0..<(rows.count / 3) {
            let other = place + Int(numbers.uniform() * Double(rows.count - place))
            rows.swapAt(place, other)
            window[rows[place]] += 1
        }
        return PairedCounts(reference: zip(totals, window).map(-), window: window)
    }
}
