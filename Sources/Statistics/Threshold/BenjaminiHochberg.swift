/// The tests that are told when the share of false ones among them is to stay below a rate.
///
/// The step-up procedure of Benjamini and Hochberg, Controlling the False Discovery Rate, JRSS B 57, 1995. It holds for
/// independent tests and for those that depend positively on each other (Benjamini and Yekutieli 2001). O(tests log tests).
package enum BenjaminiHochberg {
    /// The greatest p-value that is told; nil if none is. What has no p-value is left out and does not count.
    package static func greatest(of pValues: [Double], rate: Double) -> Double? {
        let sorted = pValues.sorted()
        let count = Double(sorted.count)
        return sorted.enumerated().last { $0.element <= rate * Double($0.offset + 1) / count }?.element
    }
}
