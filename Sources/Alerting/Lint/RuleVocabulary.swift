package import Monitoring

/// What rules can be about: the series that there are, and where it is known, the models.
package struct RuleVocabulary: Sendable {
    /// What is known of the series of one name.
    package struct Series: Sendable {
        /// The values that it can have.
        package let range: ClosedRange<Double>
        /// Whether there is a sample at every window's end, also of an empty window.
        package let isAlwaysThere: Bool

        /// A series.
        package init(range: ClosedRange<Double>, isAlwaysThere: Bool = false) {
            self.range = range
            self.isAlwaysThere = isAlwaysThere
        }
    }

    /// What is known of one model.
    package struct Model: Sendable {
        package let name: String
        package let windows: [WindowSpec]
        /// The addresses of its features and outputs.
        package let features: [String]
        /// The names of its references.
        package let references: [String]
        /// Whether rows are also counted by segment, and by version.
        package let hasSegments: Bool
        package let hasVersions: Bool

        /// A model.
        package init(
            name: String, windows: [WindowSpec], features: [String], references: [String], hasSegments: Bool,
            hasVersions: Bool
        ) {
            self.name = name
            self.windows = windows
            self.features = features
            self.references = references
            self.hasSegments = hasSegments
            self.hasVersions = hasVersions
        }
    }

    /// How the names of all our series begin.
    static let prefix = "driftline_"

    /// The models' series by their names.
    package let series: [String: Series]
    /// The labels that models' series have, the metric's name left out.
    package let labels: [String]
    /// The values of the label `measure`.
    package let measures: [String]
    /// The names of the service's own series, which only rules in `self/` read.
    package var ownSeries: Set<String> = []
    /// The models; nil where nothing is known of them.
    package var models: [Model]?
    /// The names under which rules record, in all files that are checked together.
    package var recorded: Set<String> = []

    /// The series of models.
    package init(series: [String: Series], labels: [String], measures: [String]) {
        self.series = series
        self.labels = labels
        self.measures = measures
    }
}
