import Statistics

/// The values of all drift measures of a column in one definition, worked out once.
struct DriftValues: Sendable {
    private let method: DriftMethod?
    private let values: [(measure: Measure, value: DriftValue?)]

    private static let statistics = Measure.allCases.compactMap { measure in
        measure.drift.flatMap { $0.isProbability ? nil : (measure: measure, drift: $0) }
    }

    /// None yet.
    init() {
        method = nil
        values = []
    }

    /// What is told of every statistic.
    init(_ method: DriftMethod, _ value: (DriftMeasure, Measure) -> DriftValue?) {
        self.method = method
        values = Self.statistics.map { ($0.measure, value($0.drift, $0.measure)) }
    }

    /// The value of a measure, itself nil where that is undefined; nil where it is not known here.
    func value(_ measure: Measure, _ method: DriftMethod) -> DriftValue?? {
        guard method == self.method, let known = values.first(where: { $0.measure == measure }) else { return nil }
        return .some(known.value)
    }
}
