/// Something that is added up over the cells of two sides in ascending order.
protocol CellAccumulator {
    /// Takes the next occupied index pair.
    mutating func add(_ step: CellStep)
}

extension CellAccumulator {
    /// Takes all index pairs of two sides with values; one pass, O(occupied cells).
    @inline(__always)
    mutating func run(_ reference: GridCounts, _ window: GridCounts) {
        let product = reference.count.multipliedReportingOverflow(by: window.count)
        // Gaps inside of a cell are at most twice the product.
        if !product.overflow, product.partialValue.magnitude < 1 << 60 {
            run(reference, window, gaps: Int.self)
        } else {
            run(reference, window, gaps: Int128.self)
        }
    }

    @inline(__always)
    private mutating func run<Gap: FixedWidthInteger & SignedInteger>(
        _ reference: GridCounts, _ window: GridCounts, gaps: Gap.Type
    ) {
        let (n, m) = (Gap(truncatingIfNeeded: reference.count), Gap(truncatingIfNeeded: window.count))
        let product = Double(reference.count) * Double(window.count)
        var gap: Gap = 0
        var share = 0.0
        var (below, behind) = (0, 0)
        PairedCells.visit(reference, window) { index, first, second in
            let before = gap
            let rise = Gap(truncatingIfNeeded: first.open) &* m
            let fall = Gap(truncatingIfNeeded: second.open) &* n
            let between = before &+ rise &- fall
            gap =
                between &+ Gap(truncatingIfNeeded: first.point) &* m
                &- Gap(truncatingIfNeeded: second.point) &* n
            let last = share
            let next = Double(between) / product
            share = first.point == 0 && second.point == 0 ? next : Double(gap) / product
            add(
                CellStep(
                    index: index, reference: first, window: second, referenceBelow: below, windowBelow: behind,
                    before: Double(before), between: Double(between), after: Double(gap),
                    highest: Double(before &+ rise), lowest: Double(before &- fall),
                    shares: (last, next, share), product: product))
            below &+= first.open &+ first.point
            behind &+= second.open &+ second.point
        }
    }
}
