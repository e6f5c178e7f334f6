import Monitoring
import Statistics

/// The name of a model's series: a measure of a window, or what belongs to one.
struct SeriesName: Hashable, Sendable {
    /// What of a measure the series tells.
    enum Aspect: Hashable, Sendable, CaseIterable {
        /// Its value.
        case value
        /// The reference's own value.
        case reference
        /// What the value is held against.
        case threshold
        /// Below what it tells of a difference as well, of measures that are tested on both sides.
        case thresholdLow
        /// The same distance in standard deviations of the reference.
        case normalised
        /// The lower end of its interval.
        case low
        /// The upper end of its interval.
        case high
        /// How much worse it is than in the reference.
        case decay
        /// The least loss that the data agree with; above 0 where there is no doubt of one.
        case decayLow
        /// How far an expected value was from what labels say of the same rows: expected minus true.
        case error
        /// Whether the true value lies in the interval that was expected, 1 or 0.
        case trust
        /// Whether it tells of drift, 1 or 0; the label `measure` says which.
        case drifted

        /// Whether more of the outcomes is needed than for the value.
        var needsIntervals: Bool {
            switch self {
            case .low, .high, .decay, .decayLow: true
            case .value, .reference, .threshold, .thresholdLow, .normalised, .drifted, .error, .trust: false
            }
        }

        /// Whether it is told from the window's verdicts.
        var needsVerdicts: Bool { self == .threshold || self == .thresholdLow || self == .drifted }
    }

    /// What is measured.
    let measure: Measure
    /// What of it is told.
    let aspect: Aspect

    /// What all names begin with.
    static let prefix = "driftline_"
    private static let drifted = "drifted"

    init(_ measure: Measure, _ aspect: Aspect = .value) {
        self.measure = measure
        self.aspect = aspect
    }

    /// Reads a name such as `driftline_psi`, `driftline_mean_reference` or `driftline_ks_threshold`; nil for any other.
    ///
    /// `driftline_drifted` alone does not say of which measure.
    init?(_ text: String) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { return nil }
        let rest = text.utf8.dropFirst(Self.prefix.utf8.count)
        for aspect in Aspect.allCases where aspect != .drifted {
            let suffix = Self.suffix(of: aspect)
            guard rest.count > suffix.utf8.count, rest.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else {
                continue
            }
            let core = String(decoding: rest.dropLast(suffix.utf8.count), as: UTF8.self)
            guard let measure = Measure(rawValue: core), measure.has(aspect) else { continue }
            self.init(measure, aspect)
            return
        }
        return nil
    }

    /// Reads the name of a measure, or of how an expected one did on labelled rows, without the prefix.
    static func valueOrTrial(_ text: String) -> Self? {
        if let measure = Measure(rawValue: text) { return Self(measure) }
        guard let name = Self(prefix + text), name.aspect == .error || name.aspect == .trust else { return nil }
        return name
    }

    /// The name as rules and dashboards write it.
    var text: String {
        Self.prefix + (aspect == .drifted ? Self.drifted : measure.rawValue + Self.suffix(of: aspect))
    }

    /// The value of the label `measure`; nil where the name says it.
    var measureLabel: String? { aspect == .drifted ? measure.rawValue : nil }

    /// Whether a name is that of models' series.
    static func isModelSeries(_ text: String) -> Bool {
        SeriesName(text) != nil || text.utf8.elementsEqual((prefix + drifted).utf8)
    }

    /// Whether the value is the reference's own.
    var isReference: Bool { aspect == .reference }

    private static func suffix(of aspect: Aspect) -> String {
        switch aspect {
        case .value, .drifted: ""
        case .reference: "_reference"
        case .threshold: "_threshold"
        case .thresholdLow: "_threshold_low"
        case .normalised: "_normalised"
        case .low: "_low"
        case .high: "_high"
        case .decay: "_decay"
        case .decayLow: "_decay_low"
        case .error: "_error"
        case .trust: "_trust"
        }
    }

    /// Whether its series say which reference the value compares with; `..._reference` has the labels of the measure itself.
    var namesReference: Bool { measure.scope == .drift || measure == .duplicateRatioPValue }

    /// The values of the label `reference` among those that are chosen; nil for a series that does not have it.
    ///
    /// A reference's own values have the labels of the measure itself where they are those of `training`, and name any other.
    func comparedReferences(_ chosen: [String], allowsNone: Bool) -> [String?] {
        if namesReference { return chosen }
        let standard: [String?] = allowsNone ? [nil] : []
        guard isReference || aspect == .decay || aspect == .decayLow else { return standard }
        return standard + chosen.filter { !$0.utf8.elementsEqual(SeriesReader.standardReference.utf8) }
    }

    /// Every name that a series can have.
    static let all: [Self] = Measure.allCases.flatMap { measure in
        Aspect.allCases.filter(measure.has).map { Self(measure, $0) }
    }
}

extension Measure {
    /// Whether there are such series of the measure.
    func has(_ aspect: SeriesName.Aspect) -> Bool {
        switch aspect {
        case .value: true
        case .reference: isKeptOfReferences
        case .threshold, .drifted: isJudged
        case .thresholdLow: QualityMeasure(ratio: self)?.isTwoSided ?? false
        case .normalised: self == .wasserstein
        case .low, .high: hasInterval
        case .decay, .decayLow: direction != nil
        case .error, .trust: expects != nil
        }
    }

    /// Whether a reference by itself has a value of the measure.
    var isKeptOfReferences: Bool {
        switch self {
        case .unseen, .unseenRatio: false
        case .duplicateRatio: true
        default: scope == .quality || scope == .performance
        }
    }

    /// Whether a column of that kind can have a value of the measure.
    func isDefined(for kind: FeatureKind) -> Bool {
        switch self {
        case .mean, .std, .min, .max, .outOfRange, .outOfRangeRatio: kind == .numeric
        case .unseen, .unseenRatio: kind == .categorical
        case .missingRatioPValue, .typeErrorRatioPValue: true
        case .outOfRangeRatioPValue: kind == .numeric
        case .unseenRatioPValue: kind == .categorical
        case .count, .distinct, .missing, .missingRatio, .typeErrors, .typeErrorRatio: true
        default: (kind == .numeric ? drift?.isNumeric : drift?.isCategorical) ?? false
        }
    }

    /// Whether a model of that task can have a value of the measure.
    func isDefined(for task: ModelSchema.Task) -> Bool {
        guard scope == .performance || scope == .estimate || scope == .fairness else { return true }
        return switch self {
        case .fairnessMeanResidualParity: task == .regression
        case _ where scope == .fairness: task == .binary
        case .labelLagP50, .labelLagP90, .labelMaturity: task != .unlabelled
        case .mae, .rmse, .r2, .bias, .rmsle, .mape, .pinball: task == .regression
        case .precision, .recall, .f1, .rocAUC, .specificity, .fpr, .fnr, .positiveRate, .prevalence, .prAUC,
            .estimatedPrecision, .estimatedRecall, .estimatedF1, .estimatedSpecificity, .estimatedROCAUC,
            .estimatedPRAUC:
            task == .binary
        case _ where placesCounted != nil || classArea != nil || isOfClasses: task == .multiclass
        default: task.isClassification
        }
    }
}
