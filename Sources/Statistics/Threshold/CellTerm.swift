#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What one category adds to a measure of both sides, in real numbers of rows.
///
/// The measures themselves are added up from whole numbers in their own files; these terms add up to the same.
struct CellTerm {
    private let measure: DriftMeasure
    private let zeroPolicy: ZeroPolicy
    private let reference: Double
    private let window: Double
    private let categories: Double
    private let halves: HalfRows

    /// Nil for a measure that is no sum over categories, or that may have no value.
    init?(_ measure: DriftMeasure, zeroPolicy: ZeroPolicy, counts: PairedCounts) {
        switch measure {
        case .chi2, .g, .jsDistance, .hellinger, .totalVariation: break
        case .psi, .kl, .klReverse: guard zeroPolicy != .none else { return nil }
        default: return nil
        }
        self.measure = measure
        self.zeroPolicy = zeroPolicy
        reference = Double(counts.referenceTotal)
        window = Double(counts.windowTotal)
        categories = Double(counts.reference.count)
        halves = counts.halves
    }

    /// Whether the measure is the root of the sum.
    var isRoot: Bool { measure == .jsDistance || measure == .hellinger }

    /// What a category of `total` rows adds of which the window has so many.
    func value(_ total: Double, window count: Double) -> Double {
        let rest = max(total - count, 0)
        let (p, q) = (rest / reference, count / window)
        switch measure {
        case .psi, .kl, .klReverse: return divergence(rest, count)
        case .chi2:
            let step = p - q
            return step * step * reference * window / total
        case .g:
            let share = total / (reference + window)
            return 2 * (reference * Self.entropy(p, share) + window * Self.entropy(q, share))
        case .jsDistance:
            let middle = (p + q) / 2
            return (Self.entropy(p, middle) + Self.entropy(q, middle)) / (2 * log(2))
        case .hellinger:
            let step = p.squareRoot() - q.squareRoot()
            return step * step / 2
        default: return (p - q).magnitude / 2
        }
    }

    /// How much two terms that go with the squares of normal numbers vary together, given the square of these numbers' correlation,
    /// for a covariance of 1 with each square in units of its variance.
    func evenPart(_ square: Double) -> Double {
        guard measure == .totalVariation, square > 0.01 else { return square / 2 }
        // Of magnitudes (Nabeya 1951).
        let correlation = square.squareRoot()
        return (1 - square).squareRoot() + correlation * asin(correlation) - 1
    }

    private func divergence(_ rest: Double, _ count: Double) -> Double {
        let (p, q) = zeroPolicy.shares(
            (rest, count), totals: (reference, window), halves: halves, bins: categories)
        let growth = log(q / p)
        // What the shares that add up to 1 on both sides differ by is nothing in all.
        let drop = zeroPolicy == .half ? p - q : 0
        return switch measure {
        case .kl: -p * growth - drop
        case .klReverse: q * growth + drop
        default: (q - p) * growth
        }
    }

    private static func entropy(_ share: Double, _ other: Double) -> Double {
        share > 0 ? share * log(share / other) : 0
    }
}
