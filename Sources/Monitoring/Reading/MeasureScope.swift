/// What a measure is a measure of.
package enum MeasureScope: Sendable {
    /// One feature or output against the reference.
    case drift

    /// One feature or output by itself.
    case quality

    /// The number of predictions and labels of the whole slice.
    case volume

    /// Predictions against labels of the whole slice.
    case performance

    /// What is made of labels and scores together: how far labels can be trusted, and what is expected without them.
    case estimate

    /// How unlike the groups are that a declared combination of features makes.
    case fairness

    /// Whether the measure needs a feature.
    package var isPerFeature: Bool { self == .drift || self == .quality }
}
