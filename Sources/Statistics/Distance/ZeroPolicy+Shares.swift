extension PairedCounts {
    /// The shares of one bin after a zero policy. No side may be empty.
    func shares(at bin: Int, zeroPolicy: ZeroPolicy) -> (reference: Double, window: Double) {
        zeroPolicy.shares(
            (Double(reference[bin]), Double(window[bin])), totals: (Double(referenceTotal), Double(windowTotal)),
            halves: halves, bins: Double(reference.count))
    }
}

extension ZeroPolicy {
    /// The share that stands for none under `floor`.
    static let least = 1e-4

    /// The shares of one of so many bins, from the counts of reference and window in it.
    func shares(
        _ counts: (reference: Double, window: Double), totals: (reference: Double, window: Double),
        halves: HalfRows, bins: Double
    ) -> (reference: Double, window: Double) {
        let (p, q) = (counts.reference / totals.reference, counts.window / totals.window)
        switch self {
        case .half:
            return (
                (counts.reference + halves.reference) / (totals.reference + halves.reference * bins),
                (counts.window + halves.window) / (totals.window + halves.window * bins)
            )
        case .floor: return (counts.reference == 0 ? Self.least : p, counts.window == 0 ? Self.least : q)
        case .none: return (p, q)
        }
    }
}
