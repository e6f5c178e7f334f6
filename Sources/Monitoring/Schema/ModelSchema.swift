package import Statistics

/// What a model is and how it is watched: the value behind `PUT /v1/models/{model}`.
///
/// Always valid: it is made and changed only by ``applying(_:)``, ``creating(from:)`` and ``fixing(features:)``, which refuse
/// what does not hold together.
package struct ModelSchema: Hashable, Sendable {
    /// What the model predicts.
    package internal(set) var task: Task

    /// The features in the order in which they were declared.
    package internal(set) var features: [Feature] = []

    /// Whether the features are decided; until then the first reference or the first rows decide them.
    package internal(set) var featuresFixed = false

    /// How many numeric positions were ever given out; also the number of numeric columns of a batch.
    package internal(set) var numericPositions = 0

    /// How many categorical positions were ever given out, texts included; also the number of categorical columns of a batch.
    package internal(set) var categoricalPositions = 0

    /// How many positions of embeddings were ever given out; also the number of embedding columns of a batch.
    package internal(set) var embeddingPositions = 0

    /// The declared classes as canonical text; empty where none were declared.
    package internal(set) var classes: [ByteText] = []

    /// The positive class as canonical text; nil where none was declared.
    package internal(set) var declaredPositiveClass: ByteText?

    /// From which score on the positive class is predicted where a row does not say.
    package internal(set) var threshold = 0.5

    /// Which quantile a regression predicts, for the pinball loss; the median unless told otherwise.
    package internal(set) var quantile = 0.5

    /// The windows.
    package internal(set) var windows = WindowSpec.defaults

    /// The definition of PSI that series, rules and dashboards use.
    package internal(set) var psiMethod = PSIMethod(closing: .right, zeroPolicy: .half)

    /// The combinations of categorical features that slices are kept for.
    package internal(set) var segments: [[ByteText]] = []

    /// Cut points for a numeric feature, 2 to 65,536.
    package internal(set) var gridPoints = 1024

    /// How thresholds are derived.
    package internal(set) var alerting = AlertingSpec()

    /// How far the watermark stays behind the newest event.
    package internal(set) var watermarkDelay = PrometheusDuration.zero

    /// How long after its end a window stays open to verdicts.
    package internal(set) var allowedLateness = PrometheusDuration.hours(1)

    /// How long after its prediction a label may reopen a verdict.
    package internal(set) var labelHorizon = PrometheusDuration.days(90)

    /// How long rows and panes are kept.
    package internal(set) var retention = Retention()

    /// A model of which nothing but the task is said.
    package init(task: Task) {
        self.task = task
    }

    /// The class that the score speaks for: the declared one, else `1`.
    package var positiveClass: ByteText { declaredPositiveClass ?? "1" }

    /// The class of a binary model that is not the positive one, where it is known: else `0`, or `false` beside `true`.
    package var negativeClass: ByteText {
        if let other = classes.first(where: { $0 != positiveClass }) { return other }
        return positiveClass == "true" ? "false" : positiveClass == "0" ? "1" : "0"
    }

    /// The numeric features in the order of their positions.
    package var numericFeatures: [Feature] { inOrder(.numeric) }

    /// The categorical features in the order of their positions.
    package var categoricalFeatures: [Feature] { inOrder(.categorical) }

    /// The embeddings in the order of their positions.
    package var embeddingFeatures: [Feature] { inOrder(.embedding) }

    /// The texts in the order of their positions, which they share with categorical features.
    package var textFeatures: [Feature] { inOrder(.text) }

    /// The feature of that name, compared by bytes.
    package func feature(named name: ByteText) -> Feature? {
        features.first { $0.name == name }
    }

    /// The greatest common divisor of all steps and offsets: the stretch of event time that is summarised at once.
    package var paneWidth: PrometheusDuration { Self.paneWidth(of: windows) }

    /// Whether panes folded under this schema would differ from those folded under another one from the same rows.
    package func foldsDifferently(from other: Self) -> Bool {
        task != other.task || features != other.features || classes != other.classes
            || positiveClass != other.positiveClass || threshold != other.threshold
            || paneWidth != other.paneWidth || segments != other.segments
    }

    /// Whether a text may be a model's name: `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`.
    package static func isModelName(_ text: String) -> Bool {
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        guard let first = text.utf8.first, text.utf8.count <= 128, isLetterOrDigit(first) else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }
    }

    static func paneWidth(of windows: [WindowSpec]) -> PrometheusDuration {
        var width: Int64 = 0
        for window in windows {
            width = greatestCommonDivisor(width, window.step.microseconds)
            width = greatestCommonDivisor(width, window.offset.microseconds)
        }
        return PrometheusDuration(microseconds: width)
    }

    private static func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
        var (greater, smaller) = (left, right)
        while smaller != 0 { (greater, smaller) = (smaller, greater % smaller) }
        return greater
    }

    private func inOrder(_ kind: FeatureType) -> [Feature] {
        features.filter { $0.kind == kind }.sorted { $0.position < $1.position }
    }
}
