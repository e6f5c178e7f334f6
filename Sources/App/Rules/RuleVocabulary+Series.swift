package import Alerting
import Monitoring
import Query
import Statistics

extension RuleVocabulary {
    /// The series that this version of the service has; nothing is said of models.
    package static var own: Self {
        var series: [String: Series] = [:]
        for name in SeriesName.all {
            // `driftline_drifted` has one name for all measures.
            series[name.text] = Series(range: name.range, isAlwaysThere: name.isAlwaysThere)
        }
        let labels = SeriesReader.labelNames.filter { $0 != Labels.metricName }
        let measures = Set(SeriesName.all.compactMap(\.measureLabel)).sorted()
        var vocabulary = Self(series: series, labels: labels, measures: measures)
        vocabulary.ownSeries = Set(ServiceSeries.names)
        return vocabulary
    }

    /// The same with the models that there are.
    static func current(_ models: ModelCatalog) async -> Self {
        var vocabulary = own
        vocabulary.models = []
        for model in await models.all {
            let subject = await SeriesReader.Subject(model)
            let layout = ColumnLayout(model.schema)
            vocabulary.models?.append(
                Model(
                    name: model.name, windows: model.schema.windows,
                    features: (layout.numericNames + layout.categoricalNames).map(\.address),
                    references: subject.references, hasSegments: !subject.slices.segments.isEmpty,
                    hasVersions: !subject.slices.versions.isEmpty))
        }
        return vocabulary
    }
}

extension SeriesName {
    /// The values that the series can have.
    fileprivate var range: ClosedRange<Double> {
        switch aspect {
        case .value, .reference, .low, .high, .thresholdLow, .normalised: return measure.range
        case .threshold: return measure.range.lowerBound ... .infinity
        case .drifted, .trust: return 0...1
        case .error: return -1...1
        case .decay, .decayLow:
            let range = measure.range
            let width = range.upperBound - range.lowerBound
            return width.isFinite ? -width...width : -.infinity ... .infinity
        }
    }

    /// Whether also an empty window has a sample of it.
    fileprivate var isAlwaysThere: Bool {
        aspect == .value && measure.isCount && measure.scope == .volume
    }
}
