/// Which of many tests stand out, with the expected share of wrong ones among them held down.
package enum FalseDiscovery {
    /// The adjusted p-values of Benjamini and Hochberg (1995), in the order given: a test stands at rate q if its is at most q.
    ///
    /// Formula: `min over j >= i of p(j) * k / j` over the ascending p-values, as
    /// `scipy.stats.false_discovery_control(method="bh")`. Sound for independent tests and for those that depend
    /// positively, as slices that overlap do. O(k log k).
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
}
