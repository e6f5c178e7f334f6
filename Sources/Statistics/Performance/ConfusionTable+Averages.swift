extension ConfusionTable {
    /// Which ratio of a class is averaged.
    package enum Ratio: Sendable {
        /// The share of true rows among those predicted.
        case precision
        /// The share of predicted rows among those that are true.
        case recall
        /// The harmonic mean of both.
        case f1
    }

    /// A class's ratio with its slopes; nil where the denominator is 0.
    private struct Part {
        /// The value.
        let value: Double
        /// What one more row does to it that is predicted so, true so, and both.
        let predicted: Double
        let actual: Double
        let hit: Double
    }

    private func part(_ ratio: Ratio, _ number: Int) -> Part? {
        let (hits, predicted, actual) = (hits[number], predicted[number], actual[number])
        switch ratio {
        case .precision:
            guard predicted > 0 else { return nil }
            return Part(
                value: hits / predicted, predicted: -hits / (predicted * predicted), actual: 0, hit: 1 / predicted)
        case .recall:
            guard actual > 0 else { return nil }
            return Part(value: hits / actual, predicted: 0, actual: -hits / (actual * actual), hit: 1 / actual)
        case .f1:
            let sum = predicted + actual
            guard sum > 0 else { return nil }
            let slope = -2 * hits / (sum * sum)
            return Part(value: 2 * hits / sum, predicted: slope, actual: slope, hit: 2 / sum)
        }
    }

    /// The mean of a ratio over the classes that have it, each once, and its variance.
    func macro(_ ratio: Ratio) -> (value: Double, variance: Double)? {
        let parts = classes.indices.map { part(ratio, $0) }
        let count = Double(parts.count { $0 != nil })
        guard count > 0 else { return nil }
        let value = parts.reduce(0) { $0 + ($1?.value ?? 0) } / count
        let spread = variance { cell in
            let (left, right) = (parts[cell.predicted], parts[cell.actual])
            let hit = cell.predicted == cell.actual ? left?.hit ?? 0 : 0
            return ((left?.predicted ?? 0) + (right?.actual ?? 0) + hit) / count
        }
        return (value, spread)
    }

    /// The mean of a ratio over the classes that have it, weighted by how often each is true, and its variance.
    func weighted(_ ratio: Ratio) -> (value: Double, variance: Double)? {
        let parts = classes.indices.map { part(ratio, $0) }
        var (sum, weight) = (0.0, 0.0)
        for (number, part) in parts.enumerated() {
            guard let part else { continue }
            sum += part.value * actual[number]
            weight += actual[number]
        }
        guard weight > 0 else { return nil }
        let value = sum / weight
        let spread = variance { cell in
            let (left, right) = (parts[cell.predicted], parts[cell.actual])
            var slope = actual[cell.predicted] * (left?.predicted ?? 0)
            if let right {
                slope += right.value - value + actual[cell.actual] * right.actual
                if cell.predicted == cell.actual { slope += actual[cell.actual] * right.hit }
            }
            return slope / weight
        }
        return (value, spread)
    }

    /// The recall of every class that occurs, with its interval.
    var recalls: [(value: Double, interval: Interval)] {
        classes.indices.compactMap { number in
            guard actual[number] > 0, let interval = Interval.share(hits: hits[number], of: actual[number]) else {
                return nil
            }
            return (hits[number] / actual[number], interval)
        }
    }
}
