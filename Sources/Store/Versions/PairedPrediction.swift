package import Monitoring
package import Statistics

/// What two versions of a model said about one prediction id.
package struct PairedPrediction: Sendable {
    /// What one version said.
    package struct Side: Sendable {
        /// The predicted class or number.
        package let predicted: Outcome
        /// The score; NaN for none.
        package let score: Double
    }

    package let id: ByteText
    package let first: Side
    package let second: Side
    /// How much the row counts; of two weights the lighter one.
    package let weight: RowWeight
}
