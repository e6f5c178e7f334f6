extension WindowSpec {
    /// The window ends between two times, both inclusive, at most `limit` of them from the first on.
    ///
    /// - Complexity: O(result).
    package func ends(from: Time, to: Time, limit: Int = 100_000) -> [Time] {
        var ends: [Time] = []
        var end = firstEnd(notBefore: from)
        while end <= to, ends.count < limit {
            ends.append(end)
            let next = end + step
            if next <= end { break }
            end = next
        }
        return ends
    }

    /// How many window ends lie between two times, both inclusive.
    package func endCount(from: Time, to: Time) -> Int64 {
        let first = firstEnd(notBefore: from)
        guard step > .zero, first <= to else { return 0 }
        return ((to - first).microseconds / step.microseconds).addingSaturating(1)
    }

    /// The first window end that is not before a time.
    package func firstEnd(notBefore time: Time) -> Time {
        time.ceil(toMultipleOf: step, offset: offset)
    }

    /// The last window end that is not after a time: of the newest complete window where that is the watermark.
    package func lastEnd(notAfter time: Time) -> Time {
        time.floor(toMultipleOf: step, offset: offset)
    }

    /// Whether a window of this kind ends then.
    package func isEnd(_ time: Time) -> Bool {
        lastEnd(notAfter: time) == time
    }

    /// The window that ends at `end`.
    package func window(endingAt end: Time) -> Window {
        Window(end: end, length: length)
    }

    /// The ends of all windows that hold an event time, from first to last: one a step of the length.
    package func ends(ofWindowsHolding time: Time) -> [Time] {
        let first = firstEnd(notBefore: Time(microseconds: time.microseconds.addingSaturating(1)))
        return ends(from: first, to: time + length, limit: Int(Self.mostSteps))
    }
}
