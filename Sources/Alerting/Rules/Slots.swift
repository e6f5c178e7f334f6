package import Monitoring

/// Evaluation times: multiples of a group's interval since 1970, and which of them may be skipped.
package enum Slots {
    /// The first slot after an instant.
    package static func next(after time: Time, every interval: PrometheusDuration) -> Time {
        time.floor(toMultipleOf: interval) + interval
    }

    /// How many slots lie after `last` and before `current`.
    package static func missed(between last: Time, and current: Time, every interval: PrometheusDuration) -> Int {
        guard interval.microseconds > 0, current > last else { return 0 }
        let first = next(after: last, every: interval)
        guard first < current else { return 0 }
        return Int((current - first).microseconds / interval.microseconds)
            + ((current - first).microseconds % interval.microseconds == 0 ? 0 : 1)
    }

    /// The next slot at which anything can differ from the last one, or nil if there is none up to a limit.
    ///
    /// Slots between are skipped: evaluating them would change nothing, because no input and no timer changed. A
    /// group whose expressions ask for the time (``RuleGroup/dependsOnTime``) cannot skip: give it every slot with
    /// ``next(after:every:)``.
    ///
    /// - Parameters:
    ///   - last: The last slot that was evaluated.
    ///   - interval: The distance of slots.
    ///   - changes: Ascending instants, each the first one at which some input is different; see
    ///     ``changes(ends:lookback:offsets:)``.
    ///   - timer: ``AlertBook/nextTimer``.
    ///   - limit: The last slot that may be evaluated, usually the watermark.
    /// - Returns: The slot to evaluate next.
    package static func next(
        after last: Time, every interval: PrometheusDuration, changes: [Time], timer: Time?, through limit: Time
    ) -> Time? {
        let change = changes.partitioningIndex { $0 > last }
        let candidates = [change < changes.count ? changes[change] : nil, timer].compactMap(\.self)
        guard let earliest = candidates.min() else { return nil }
        let slot = max(earliest.ceil(toMultipleOf: interval), next(after: last, every: interval))
        return slot <= limit ? slot : nil
    }

    /// The instants at which what selectors see can change: a sample comes into sight, and goes out of sight.
    ///
    /// - Parameters:
    ///   - ends: The times of the samples, that is window ends.
    ///   - lookback: How long a sample is seen, both ends included.
    ///   - offsets: The offsets of the selectors; zero for a selector without.
    /// - Returns: The instants in ascending order, without duplicates.
    package static func changes(
        ends: [Time], lookback: PrometheusDuration, offsets: [PrometheusDuration] = [.zero]
    ) -> [Time] {
        let instant = PrometheusDuration(microseconds: 1)
        var changes: Set<Time> = []
        for offset in offsets {
            for end in ends {
                changes.insert(end + offset)
                changes.insert(end + offset + lookback + instant)
            }
        }
        return changes.sorted()
    }
}

extension [Time] {
    /// The index of the first member that fulfils a condition which holds from some index on. Logarithmic.
    fileprivate func partitioningIndex(_ belongsToSecondPart: (Time) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongsToSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
