import Monitoring
import Query

/// Turns windows into the series that rules and queries read: what a selector sees at an instant of event time.
///
/// Every series has one sample for each window end up to the watermark at which its measure has a value.
enum SeriesReader {
    /// The reference of measures that name none.
    static let standardReference = "training"

    /// How long a sample is seen at least, as in Prometheus.
    static let shortLookback = PrometheusDuration(microseconds: 300_000_000)

    /// The most windows of one length that an expression reads.
    static let mostEnds = 1_000_000

    /// How long a sample of a window is seen: from its end on, until this has passed.
    static func lookback(of window: WindowSpec) -> PrometheusDuration {
        max(shortLookback, window.step)
    }

    /// The samples that a selector sees in one model at an instant, from which its offset is already taken.
    ///
    /// Windows that were read for the same slot are taken from the cache.
    static func samples(
        of selector: VectorSelector, model: Model, at time: Time, from perspective: Perspective = .now,
        cache: inout [String: WindowReading]
    ) async throws -> [Sample] {
        let subject = await Subject(model, perspective)
        let selection = Selection(selector.matchers, of: subject)
        var samples: [Sample] = []
        for group in selection.groups {
            var unseen = group.series
            if let combination = group.combination {
                for end in subject.ends(of: group.window, seenAt: time) where !unseen.isEmpty {
                    let found = try await model.windows.fairness(
                        of: combination, length: group.window.length, ends: [end])
                    guard let reading = found.first?.reading else { continue }
                    unseen.removeAll { series in
                        guard let value = series.value(of: reading) else { return false }
                        samples.append(Sample(labels: series.labels, value: value))
                        return true
                    }
                }
                continue
            }
            for end in subject.ends(of: group.window, seenAt: time) {
                guard let summary = try await summary(of: group, endingAt: end, in: model, perspective, &cache) else {
                    continue
                }
                var view = View(of: summary, from: perspective)
                unseen.removeAll { series in
                    guard let value = series.value(in: &view) else { return false }
                    samples.append(Sample(labels: series.labels, value: value))
                    return true
                }
                if unseen.isEmpty { break }
            }
        }
        return samples
    }

    private static func summary(
        of group: Group, endingAt end: Time, in model: Model, _ perspective: Perspective,
        _ cache: inout [String: WindowReading]
    ) async throws -> WindowSummary? {
        let key = group.cacheKey(endingAt: end)
        var needs = group.needs
        if let known = cache[key] {
            guard !known.needs.covers(needs) else { return known.summary }
            needs.formUnion(known.needs)
        }
        let reading = try await model.windows.reading(
            of: group.window.window(endingAt: end), slice: group.slice, reference: group.reference,
            withHistory: perspective.time != nil, needs: needs, reader: perspective.reader)
        cache[key] = reading
        return reading?.summary
    }
}
