import Query

/// Which series had samples at one evaluation; built selector by selector when it is asked for.
struct SamplePresence {
    private let samples: [[Sample]]
    private let selectors: [VectorSelector]
    private var series: [Int: Set<Labels>] = [:]

    init(_ samples: [[Sample]], selectors: [VectorSelector]) {
        self.samples = samples
        self.selectors = selectors
    }

    /// The first contributing series that has no sample now, or nil.
    ///
    /// A source that the rule's selectors can no longer choose, because the rule was changed, does not count.
    mutating func firstMissing(of sources: SampleSources) -> Labels? {
        for source in sources.elements {
            guard source.selector < selectors.count, source.selector < samples.count,
                selectors[source.selector].matches(source.labels)
            else { continue }
            if !present(source.selector).contains(source.labels) { return source.labels }
        }
        return nil
    }

    private mutating func present(_ selector: Int) -> Set<Labels> {
        if let known = series[selector] { return known }
        let found = Set(samples[selector].map(\.labels))
        series[selector] = found
        return found
    }
}
