/// The samples that a result was made of, without duplicates, at most ``limit`` of them.
package struct SampleSources: Hashable, Sendable {
    /// How many are remembered at most.
    package static let limit = 1000

    /// The samples, in the order in which the evaluation met them.
    package let elements: [SampleSource]
    /// Whether there were more than ``limit``.
    package let isTruncated: Bool

    /// No samples: a constant, or `absent`.
    package static let none = Self([])

    /// These samples, the first ``limit`` of them.
    package init(_ sources: some Sequence<SampleSource>, isTruncated: Bool = false) {
        var kept: [SampleSource] = []
        var seen: Set<SampleSource> = []
        var overflow = false
        for source in sources where seen.insert(source).inserted {
            if kept.count == Self.limit {
                overflow = true
                break
            }
            kept.append(source)
        }
        elements = kept
        self.isTruncated = isTruncated || overflow
    }

    init(_ source: SampleSource) {
        elements = [source]
        isTruncated = false
    }

    /// Whether nothing contributed.
    package var isEmpty: Bool { elements.isEmpty }

    /// All samples of several results.
    static func union(_ parts: [SampleSources]) -> Self {
        let filled = parts.filter { !$0.isEmpty }
        guard let first = filled.first else { return .none }
        guard filled.count > 1 else { return first }
        return Self(filled.lazy.flatMap(\.elements), isTruncated: filled.contains(where: \.isTruncated))
    }
}
