package import Statistics

/// Names one column of a model: a feature, the score, the prediction, or something derived from features.
package enum ColumnName: Hashable, Comparable, Sendable {
    /// An input.
    case feature(ByteText)

    /// The numeric output.
    case score

    /// What was predicted: a class or a number.
    case prediction

    /// A number that is derived from an embedding or a text.
    case derived(ByteText, Derivation)

    /// A number that is derived from all numeric features together.
    case multivariate(Derivation)

    private static let featurePrefix = "features."
    private static let derivedPrefix = "derived."
    private static let multivariatePrefix = "multivariate."

    /// Reads a `feature=` parameter: `score` and `prediction` are the outputs, `derived.X.norm` is a number derived from X,
    /// `multivariate.mahalanobis` one of all numeric features, and `features.X` is the feature X whatever its name.
    package init(address: String) {
        let bytes = address.utf8
        if bytes.elementsEqual("score".utf8) {
            self = .score
        } else if bytes.elementsEqual("prediction".utf8) {
            self = .prediction
        } else if bytes.starts(with: Self.featurePrefix.utf8) {
            self = .feature(ByteText(Self.text(bytes.dropFirst(Self.featurePrefix.utf8.count))))
        } else {
            self = Self.derived(address: bytes) ?? .feature(ByteText(address))
        }
    }

    private static func derived(address: String.UTF8View) -> Self? {
        if address.starts(with: multivariatePrefix.utf8) {
            let name = address.dropFirst(multivariatePrefix.utf8.count)
            return Derivation(named: name).flatMap { Derivation.ofRow.contains($0) ? .multivariate($0) : nil }
        }
        guard address.starts(with: derivedPrefix.utf8) else { return nil }
        let rest = address.dropFirst(derivedPrefix.utf8.count)
        guard let dot = rest.lastIndex(of: UInt8(ascii: ".")), dot > rest.startIndex,
            let derivation = Derivation(named: rest[rest.index(after: dot)...]), !Derivation.ofRow.contains(derivation)
        else { return nil }
        return .derived(ByteText(text(rest[..<dot])), derivation)
    }

    private static func text(_ bytes: Substring.UTF8View) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// The text that ``init(address:)`` reads back; the value of the label `feature` of series.
    package var address: String {
        switch self {
        case .score: "score"
        case .prediction: "prediction"
        case .feature(let name): Self(address: name.string) == self ? name.string : Self.featurePrefix + name.string
        case .derived(let name, let derivation): "\(Self.derivedPrefix)\(name.string).\(derivation.rawValue)"
        case .multivariate(let derivation): Self.multivariatePrefix + derivation.rawValue
        }
    }

    /// The feature's name; nil for an output and for what is derived.
    package var featureName: ByteText? {
        guard case .feature(let name) = self else { return nil }
        return name
    }

    /// Whether the column is an output of the model.
    package var isOutput: Bool { self == .score || self == .prediction }

    /// How the column is computed of features, nil for a feature and an output.
    package var derivation: Derivation? {
        switch self {
        case .derived(_, let derivation), .multivariate(let derivation): derivation
        case .feature, .score, .prediction: nil
        }
    }

    /// Whether the column is computed of all numeric features together.
    package var isMultivariate: Bool {
        if case .multivariate = self { true } else { false }
    }

    /// Whether the column is computed of features.
    package var isDerived: Bool { derivation != nil }
}
