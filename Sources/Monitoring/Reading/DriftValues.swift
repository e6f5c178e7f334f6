import Statistics

/// The values of all drift measures of a column in one definition, worked out once.
struct DriftValues: Sendable {
    private let method: DriftMethod
    /// In the order of `measures`.
    private let values: [DriftValue?]

    private static let statistics = Measure.allCases.compactMap { measure in
        measure.drift.flatMap { $0.isProbability ? nil : (measure: measure, drift: $0) }
    }
    /// By themselves, so that a search passes over nothing else.
    private static let measures = statistics.map(\.measure)

    /// What is told of every statistic.
    init(_ method: DriftMethod, _ value: (DriftMeasure, Measure) -> DriftValue?) {
        self.method = method
        values = Self.statistics.map { value($0.drift, $0.measure) }
    }

    /// The value of a measure, itself nil where that is undefined; nil where it is not known here.
    func value(_ measure: Measure, _ method: DriftMethod) -> DriftValue?? {
        guard method == self.method, let place = Self.measures.firstIndex(of: measure) else { return nil }
        return .some(values[place])
    }
}
