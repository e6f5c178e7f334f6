/// Which of many tests stand out, with the expected share of wrong ones among them held down.
///
/// The step-up procedure of Benjamini and Hochberg, Controlling the False Discovery Rate, JRSS B 57, 1995. It holds for
/// independent tests and for those that depend positively on each other (Benjamini and Yekutieli 2001), as slices that overlap
/// do. O(tests log tests).
package enum FalseDiscovery {
    /// The adjusted p-values in the order given: a test stands at rate q if its is at most q.
    ///
    /// Formula: `min over j >= i of p(j) * k / j` over the ascending p-values, as
    /// `scipy.stats.false_discovery_control(method="bh")`.
    package static func adjusted(_ pValues: [Double]) -> [Double] {
        let order = pValues.indices.sorted { pValues[$0] > pValues[$1] }
        var result = pValues
        var least = 1.0
        for (place, index) in order.enumerated() {
            let rank = pValues.count - place
            least = min(least, pValues[index] * Double(pValues.count) / Double(rank))
            result[index] = least
        }
        return result
    }

    /// The greatest p-value that stands at a rate; nil if none does. What has no p-value is left out and does not count.
    package static func greatest(of pValues: [Double], rate: Double) -> Double? {
        let sorted = pValues.sorted()
        let count = Double(sorted.count)
        return sorted.enumerated().last { $0.element <= rate * Double($0.offset + 1) / count }?.element
    }
}
