import Monitoring
import Statistics

/// The name of a model's series: a measure of a window, or the reference's own value of it.
struct SeriesName: Hashable, Sendable {
    /// What is measured.
    let measure: Measure
    /// Whether the value is the reference's own.
    let isReference: Bool

    /// What all names begin with.
    static let prefix = "driftline_"
    private static let suffix = "_reference"

    init(_ measure: Measure, isReference: Bool = false) {
        self.measure = measure
        self.isReference = isReference
    }

    /// Reads a name such as `driftline_psi` or `driftline_mean_reference`; nil for any other.
    init?(_ text: String) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { return nil }
        let rest = text.utf8.dropFirst(Self.prefix.utf8.count)
        if let measure = Measure(rawValue: String(decoding: rest, as: UTF8.self)) {
            self.init(measure)
            return
        }
        guard rest.count > Self.suffix.utf8.count, rest.suffix(Self.suffix.utf8.count).elementsEqual(Self.suffix.utf8)
        else { return nil }
        let core = String(decoding: rest.dropLast(Self.suffix.utf8.count), as: UTF8.self)
        guard let measure = Measure(rawValue: core), measure.isKeptOfReferences else { return nil }
        self.init(measure, isReference: true)
    }

    /// The name as rules and dashboards write it.
    var text: String { Self.prefix + measure.rawValue + (isReference ? Self.suffix : "") }

    /// Whether its series say which reference the value compares with; `..._reference` has the labels of the measure itself.
    var namesReference: Bool { measure.scope == .drift }

    /// The values of the label `reference` among those that are chosen; nil for a series that does not have it.
    ///
    /// A reference's own values have the labels of the measure itself where they are those of `training`, and name any other.
    func comparedReferences(_ chosen: [String], allowsNone: Bool) -> [String?] {
        if namesReference { return chosen }
        let standard: [String?] = allowsNone ? [nil] : []
        guard isReference else { return standard }
        return standard + chosen.filter { !$0.utf8.elementsEqual(SeriesReader.standardReference.utf8) }
    }

    /// Every name that a series can have.
    static let all: [Self] = Measure.allCases.flatMap { measure in
        measure.isKeptOfReferences ? [Self(measure), Self(measure, isReference: true)] : [Self(measure)]
    }
}

extension Measure {
    /// Whether a reference by itself has a value of the measure.
    var isKeptOfReferences: Bool {
        switch self {
        case .unseen, .unseenRatio: false
        default: scope == .quality || scope == .performance
        }
    }

    /// Whether a column of that kind can have a value of the measure.
    func isDefined(for kind: FeatureKind) -> Bool {
        switch self {
        case .mean, .std, .min, .max, .outOfRange, .outOfRangeRatio: kind == .numeric
        case .unseen, .unseenRatio: kind == .categorical
        case .count, .missing, .missingRatio, .typeErrors, .typeErrorRatio: true
        default: (kind == .numeric ? drift?.isNumeric : drift?.isCategorical) ?? false
        }
    }

    /// Whether a model of that task can have a value of the measure.
    func isDefined(for task: ModelSchema.Task) -> Bool {
        guard scope == .performance else { return true }
        return switch self {
        case .mae, .rmse, .r2, .bias: task == .regression
        case .precision, .recall, .f1, .rocAUC, .logLoss, .brier: task == .binary
        default: task.isClassification
        }
    }
}
