extension PairedCounts {
    /// The shares of one bin after a zero policy. No side may be empty.
    func shares(at bin: Int, zeroPolicy: ZeroPolicy) -> (reference: Double, window: Double) {
        let (expected, found) = (Double(reference[bin]), Double(window[bin]))
        let (n, m) = (Double(referenceTotal), Double(windowTotal))
        switch zeroPolicy {
        case .half:
            let half = 0.5 * Double(unit)
            let all = half * Double(reference.count)
            return ((expected + half) / (n + all), (found + half) / (m + all))
        case .floor:
            return (expected == 0 ? ZeroPolicy.least : expected / n, found == 0 ? ZeroPolicy.least : found / m)
        case .none: return (expected / n, found / m)
        }
    }
}

extension ZeroPolicy {
    /// The share that stands for none under `floor`.
    static let least = 1e-4
}
