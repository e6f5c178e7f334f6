/// What one segment adds to a change of drift between reference and window: because it has another share of the rows, and
/// because its own rows are distributed otherwise.
///
/// The change of a bin's share is `q - p = sum over segments of (v q_s - w p_s)`, with v and w the segment's share of the
/// rows and q_s, p_s the bin's share within it. Each part splits evenly (Kitagawa 1955):
/// `mix = (v - w)(q_s + p_s) / 2`, `within = (v + w)(q_s - p_s) / 2`. A measure that is a sum over bins weighs the bins
/// by `BinTerms.slopes`, so that mix and within of all segments and of the rows outside of all add up to it, up to what
/// the zero policy adds. A segment without rows on one side is all mix. Mix is told relative to the mean over all rows,
/// which changes no sum. Of measures that are no sums over bins the same is done with the means of a `DriftPotential`. O(bins).
package struct SegmentChange: Hashable, Sendable {
    /// What follows from the segment's share of the rows.
    package let mix: Double
    /// What follows from how the segment's own rows are distributed.
    package let within: Double

    /// Mix and within together.
    package var total: Double { mix + within }

    /// Splits what a segment adds; `segment` and `all` are counted over the same bins.
    package init(segment: PairedCounts, all: PairedCounts, slopes: [Double]) {
        precondition(segment.reference.count == all.reference.count, "a segment is counted over the bins of all rows")
        precondition(slopes.count == all.reference.count, "every bin has a slope")
        let (n, m) = (Double(all.referenceTotal), Double(all.windowTotal))
        guard n > 0, m > 0 else {
            (mix, within) = (0, 0)
            return
        }
        let (w, v) = (Double(segment.referenceTotal) / n, Double(segment.windowTotal) / m)
        var (mix, within, centre) = (0.0, 0.0, 0.0)
        for bin in slopes.indices {
            centre += slopes[bin] * (Double(all.reference[bin]) / n + Double(all.window[bin]) / m) / 2
            let p = segment.referenceTotal > 0 ? Double(segment.reference[bin]) / (n * w) : nil
            let q = segment.windowTotal > 0 ? Double(segment.window[bin]) / (m * v) : nil
            guard let expected = p ?? q, let found = q ?? p else { continue }
            mix += slopes[bin] * (v - w) * (found + expected) / 2
            within += slopes[bin] * (v + w) * (found - expected) / 2
        }
        self.mix = mix - centre * (v - w)
        self.within = within
    }

    /// The same of a measure that is a difference of means: `means` are the segment's, nil for a side without rows, `shares` its
    /// shares of the rows, and `potential` has the means of all rows.
    package init(
        shares: (reference: Double, window: Double), means: (reference: Double?, window: Double?),
        potential: DriftPotential
    ) {
        let (w, v) = shares
        guard let expected = means.reference ?? means.window, let found = means.window ?? means.reference else {
            (mix, within) = (0, 0)
            return
        }
        mix = (v - w) * ((found + expected) / 2 - (potential.reference + potential.window) / 2)
        within = (v + w) * (found - expected) / 2
    }
}
