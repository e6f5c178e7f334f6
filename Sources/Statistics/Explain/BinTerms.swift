#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What each bin or category adds to a measure of drift.
///
/// The terms are never below 0 (but for PSI and KL under `ZeroPolicy.floor`, whose shares need not add up) and their sum is the
/// measure or, where it is a root, its square: see `Measure.isSquared`. O(bins).
package struct BinTerms: Hashable, Sendable {
    /// The measures that are sums over bins.
    package enum Measure: Hashable, Sendable {
        /// `(q - p) ln(q / p)` after the zero policy.
        case psi(ZeroPolicy)
        /// `p ln(p / q) - p + q` after the zero policy, whose last parts add up to 0; reversed with p and q exchanged.
        case kullbackLeibler(ZeroPolicy, isReversed: Bool)
        /// `(p log2(p / m) + q log2(q / m)) / 2` with `m = (p + q) / 2`.
        case jensenShannon
        /// `(sqrt(q) - sqrt(p))^2 / 2`.
        case hellinger
        /// `|q - p| / 2`.
        case totalVariation
        /// `(observed - expected)^2 / expected` of both cells of a category.
        case chiSquared
        /// `2 (n p ln(p / r) + m q ln(q / r))` with r the share in both sides together.
        case logLikelihood

        /// Whether the value is the root of the sum of the terms.
        package var isSquared: Bool { self == .jensenShannon || self == .hellinger }
    }

    /// What is explained.
    package let measure: Measure
    /// The term of every bin, in the order of the counts.
    package let terms: [Double]
    /// For every bin what one unit of share more in the window adds at the given shares: terms are this times the
    /// difference of the shares, after the zero policy.
    package let slopes: [Double]

    /// Nil if a side is empty, or where PSI has no value; `sizes` are the effective ones of weighted rows.
    package init?(_ counts: PairedCounts, measure: Measure, sizes: SampleSizes? = nil) {
        guard !counts.hasEmptySide, sizes?.areUsable != false else { return nil }
        let sizes = sizes ?? counts.sizes
        self.measure = measure
        var terms: [Double] = []
        var slopes: [Double] = []
        for bin in counts.reference.indices {
            guard let (term, slope) = BinTerms.term(counts, bin, measure, sizes) else { return nil }
            terms.append(term)
            slopes.append(slope)
        }
        self.terms = terms
        self.slopes = slopes
    }

    /// The sum of the terms.
    package var sum: Double { terms.reduce(0, +) }

    /// The measure itself.
    package var value: Double { measure.isSquared ? max(sum, 0).squareRoot() : sum }

    private static func term(
        _ counts: PairedCounts, _ bin: Int, _ measure: Measure, _ sizes: SampleSizes
    ) -> (Double, Double)? {
        let (n, m) = (Double(counts.referenceTotal), Double(counts.windowTotal))
        let (p, q) = (Double(counts.reference[bin]) / n, Double(counts.window[bin]) / m)
        // The difference without the rounding of two shares.
        let gap = -counts.difference(at: bin).real / counts.denominator
        switch measure {
        case .psi(let policy):
            let (p, q) = counts.shares(at: bin, zeroPolicy: policy)
            if p == 0, q == 0 { return (0, 0) }
            guard p > 0, q > 0 else { return nil }
            let slope = log(q / p)
            return ((q - p) * slope, slope)
        case .kullbackLeibler(let policy, let isReversed):
            let (p, q) = counts.shares(at: bin, zeroPolicy: policy)
            let (from, to) = isReversed ? (q, p) : (p, q)
            guard from == 0 || to > 0 else { return nil }
            let whole = from > 0 ? from * log(from / to) : 0
            let term = policy == .floor ? whole : max(whole - from + to, 0)
            return (term, p == q ? 0 : term / (q - p))
        case .jensenShannon:
            guard p + q > 0 else { return (0, 0) }
            let term = entropy(p, q) + entropy(q, p)
            return (term, gap == 0 ? 0 : term / gap)
        case .hellinger:
            let roots = p.squareRoot() + q.squareRoot()
            guard roots > 0 else { return (0, 0) }
            let term = gap / roots * (gap / roots) / 2
            return (term, gap == 0 ? 0 : term / gap)
        case .totalVariation: return (gap.magnitude / 2, gap == 0 ? 0 : gap < 0 ? -0.5 : 0.5)
        case .chiSquared:
            let spread = p / sizes.window + q / sizes.reference
            guard spread > 0 else { return (0, 0) }
            return (gap * gap / spread, gap / spread)
        case .logLikelihood:
            guard p + q > 0 else { return (0, 0) }
            let (n, m) = (sizes.reference, sizes.window)
            let both = (n * p + m * q) / (n + m)
            let before = p > 0 ? n * p * log1p(-gap * m / (n + m) / both) : 0
            let after = q > 0 ? m * q * log1p(gap * n / (n + m) / both) : 0
            let term = max(2 * (before + after), 0)
            return (term, gap == 0 ? 0 : term / gap)
        }
    }

    /// `a log2(a / mean) / 2`.
    private static func entropy(_ a: Double, _ b: Double) -> Double {
        guard a > 0 else { return 0 }
        return a * log1p((a - b) / (a + b)) / log(2.0) / 2
    }
}
