/// How well one class was told from the rest, or several classes on average.
///
/// A ratio whose denominator is 0 is nil, where scikit-learn warns and gives 0.
package struct ClassQuality: Hashable, Sendable {
    /// The share of true ones among those predicted.
    package let precision: Double?
    /// The share of predicted ones among those that are true.
    package let recall: Double?
    /// The harmonic mean of both, `2 tp / (2 tp + fp + fn)`.
    package let f1: Double?

    package init(precision: Double?, recall: Double?, f1: Double?) {
        self.precision = precision
        self.recall = recall
        self.f1 = f1
    }

    /// The quality of one class.
    ///
    /// - Parameters:
    ///   - hits: how often it was predicted and true.
    ///   - predicted: how often it was predicted.
    ///   - actual: how often it was true.
    init(hits: Int, predicted: Int, actual: Int) {
        precision = predicted > 0 ? Double(hits) / Double(predicted) : nil
        recall = actual > 0 ? Double(hits) / Double(actual) : nil
        f1 = predicted &+ actual > 0 ? 2 * Double(hits) / Double(predicted &+ actual) : nil
    }

    /// The weighted mean over several classes; classes for which a ratio is nil do not take part in its mean, as in
    /// scikit-learn with `zero_division=nan`.
    init(mean parts: [(quality: ClassQuality, weight: Int)]) {
        precision = ClassQuality.mean(parts.map { ($0.quality.precision, $0.weight) })
        recall = ClassQuality.mean(parts.map { ($0.quality.recall, $0.weight) })
        f1 = ClassQuality.mean(parts.map { ($0.quality.f1, $0.weight) })
    }

    private static func mean(_ parts: [(value: Double?, weight: Int)]) -> Double? {
        var sum = 0.0
        var weight = 0
        for part in parts {
            guard let value = part.value else { continue }
            sum += value * Double(part.weight)
            weight &+= part.weight
        }
        return weight > 0 ? sum / Double(weight) : nil
    }
}
