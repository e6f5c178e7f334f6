import Monitoring
import Query

/// What the recording rules of a group recorded, as far back as rules look.
///
/// A slot that was passed over, because nothing could have changed, counts as if it had been evaluated.
struct RecordedSeries: Sendable {
    private var points: [Labels: [SelectedSeries.Point]] = [:]
    /// For every rule its last slot and what it recorded then.
    private var newest: [String: (slot: Time, samples: [Sample])] = [:]

    /// The series that a selector chooses.
    func chosen(by selector: VectorSelector) -> [SelectedSeries] {
        points.filter { selector.matches($0.key) }.map { entry in
            SelectedSeries(labels: entry.key, lookback: SeriesReader.shortLookback, points: entry.value)
        }
    }

    /// Keeps what a rule recorded at a slot; what is older than `oldest` is forgotten.
    ///
    /// - Complexity: O(samples x slots that were passed over since the last one and are still looked at).
    mutating func keep(
        _ samples: [Sample], by rule: String, at slot: Time, every interval: PrometheusDuration, since oldest: Time
    ) {
        if let before = newest[rule], before.slot < slot {
            var passed = max(before.slot + interval, oldest.ceil(toMultipleOf: interval))
            passed = max(passed, slot - interval * Subquery.mostSteps)
            while passed < slot {
                for sample in before.samples { append(sample, at: passed) }
                passed = passed + interval
            }
        }
        newest[rule] = (slot, samples)
        for sample in samples { append(sample, at: slot) }
        for labels in Array(points.keys) {
            guard let first = points[labels]?.first, first.time < oldest else { continue }
            points[labels]?.removeAll { $0.time < oldest }
            if points[labels]?.isEmpty ?? false { points[labels] = nil }
        }
    }

    private mutating func append(_ sample: Sample, at slot: Time) {
        if let last = points[sample.labels]?.last, last.time >= slot {
            points[sample.labels]?.removeAll { $0.time >= slot }
        }
        points[sample.labels, default: []].append(SelectedSeries.Point(time: slot, value: sample.value))
        if let count = points[sample.labels]?.count, count > 2 * Subquery.mostSteps {
            points[sample.labels]?.removeFirst(count - Subquery.mostSteps)
        }
    }
}
