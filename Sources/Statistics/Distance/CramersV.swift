/// Cramer's V between side and category, corrected for bias: how strongly the category tells reference and window apart.
///
/// Formula: with `phi2 = chi2 / N` and k categories, `max(0, phi2 - (k - 1)/(N - 1))` over `min(k', r') - 1`, the root of it,
/// where `k' = k - (k - 1)^2/(N - 1)` and `r' = 2 - 1/(N - 1)` (Bergsma 2013). From 0 to 1; 0 while the difference is
/// within what chance gives. Smallest sound sample: expected counts of five. O(categories).
package enum CramersV {
    /// The association; nil if a side is empty or there are too few rows for the correction.
    package static func value(of counts: PairedCounts, sizes: SampleSizes? = nil) -> Double? {
        guard let test = ChiSquared(counts, sizes: sizes) else { return nil }
        let rows = sizes ?? counts.sizes
        let others = rows.reference + rows.window - 1
        guard others > 1 else { return nil }
        guard test.degreesOfFreedom > 0 else { return 0 }
        let spare = Double(test.degreesOfFreedom)
        let association = max(test.statistic / (others + 1) - spare / others, 0)
        let smaller = min(spare - spare * spare / others, 1 - 1 / others)
        guard smaller > 0 else { return nil }
        return min((association / smaller).squareRoot(), 1)
    }
}
