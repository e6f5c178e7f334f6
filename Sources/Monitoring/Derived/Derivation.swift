import Statistics

/// What a derived column holds: one number a row that is computed of an embedding, of a text, or of all numeric features.
///
/// The raw value is the last part of the column's address and the key in documents.
package enum Derivation: String, CaseIterable, Comparable, Sendable {
    /// Euclidean distance of an embedding to the mean of the reference's; 0 or more.
    case centroidDistance = "centroid_distance"
    /// One minus the cosine of the angle between an embedding and the mean of the reference's, 0 to 2; null for a zero vector.
    case cosineDistance = "cosine_distance"
    /// Euclidean length of an embedding; needs no reference.
    case norm
    /// The first of four random directions of an embedding; see `EmbeddingProjection`.
    case projection1 = "projection_1"
    /// The second random direction.
    case projection2 = "projection_2"
    /// The third random direction.
    case projection3 = "projection_3"
    /// The fourth random direction.
    case projection4 = "projection_4"

    /// Unicode scalars of a text.
    case length
    /// Runs of scalars of a text that are not white space.
    case words
    /// ASCII digits by scalars of a text; null for an empty one.
    case digitRatio = "digit_ratio"
    /// Upper case letters by scalars of a text; null for an empty one.
    case uppercaseRatio = "uppercase_ratio"
    /// Scalars beyond U+007F by scalars of a text; null for an empty one.
    case nonASCIIRatio = "non_ascii_ratio"

    /// What principal components leave unexplained of a row's numeric features; see `MultivariateProjection`.
    case reconstructionError = "reconstruction_error"
    /// The distance of a row's numeric features to their mean in the reference's covariance, not squared.
    case mahalanobis

    /// Those of an embedding, in order.
    package static let ofEmbedding: [Self] = [
        .centroidDistance, .cosineDistance, .norm, .projection1, .projection2, .projection3, .projection4,
    ]

    /// Those of a text, in order.
    package static let ofText: [Self] = [.length, .words, .digitRatio, .uppercaseRatio, .nonASCIIRatio]

    /// Those of all numeric features together, in order.
    package static let ofRow: [Self] = [.reconstructionError, .mahalanobis]

    /// By declaration.
    package static func < (left: Self, right: Self) -> Bool {
        left.place < right.place
    }

    /// The derivation of that name, compared by bytes.
    package init?(named name: some Collection<UInt8>) {
        guard let found = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name) }) else { return nil }
        self = found
    }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
