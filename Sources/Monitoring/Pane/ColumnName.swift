package import Statistics

/// Names one column of a model: a feature, the score, or the prediction.
package enum ColumnName: Hashable, Comparable, Sendable {
    /// An input.
    case feature(ByteText)

    /// The numeric output.
    case score

    /// What was predicted: a class or a number.
    case prediction

    /// Reads a `feature=` parameter: `score` and `prediction` are the outputs, `features.X` is the feature X whatever its name.
    package init(address: String) {
        let prefix = "features."
        if address.utf8.elementsEqual("score".utf8) {
            self = .score
        } else if address.utf8.elementsEqual("prediction".utf8) {
            self = .prediction
        } else if address.utf8.starts(with: prefix.utf8) {
            self = .feature(ByteText(String(decoding: address.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)))
        } else {
            self = .feature(ByteText(address))
        }
    }

    /// The text that ``init(address:)`` reads back; the value of the label `feature` of series.
    package var address: String {
        switch self {
        case .score: "score"
        case .prediction: "prediction"
        case .feature(let name): Self(address: name.string) == self ? name.string : "features." + name.string
        }
    }

    /// The feature's name, nil for an output.
    package var featureName: ByteText? {
        guard case .feature(let name) = self else { return nil }
        return name
    }
}
