/// The value of a drift measure with all that belongs to it.
package struct DriftValue: Hashable, Sendable {
    /// The distance or statistic.
    package var value: Double

    /// The probability of a value at least as great without drift, of tests.
    package var pValue: Double?

    /// The same from the exact law of small samples, of the Kolmogorov-Smirnov test.
    package var exactPValue: Double?

    /// Whether the p-value is an end of a table, beyond which it truly lies, of the Anderson-Darling test.
    package var isPValueClipped = false

    /// Degrees of freedom, of the tests of categories.
    package var degreesOfFreedom: Int?

    /// The distance in standard deviations of the reference, of the Wasserstein distance.
    package var normalised: Double?

    /// How much of the value comes from ties alone, of the statistic of Cramer and von Mises.
    package var tieShift: Double?

    /// How far the true value may be from it; nil where it is exact by definition.
    package var errorBound: Double?

    /// Which definition was used, where there are several.
    package var method: String?

    /// A value by itself.
    package init(
        _ value: Double, pValue: Double? = nil, degreesOfFreedom: Int? = nil, normalised: Double? = nil,
        errorBound: Double? = nil, method: String? = nil
    ) {
        self.value = value
        self.pValue = pValue
        self.degreesOfFreedom = degreesOfFreedom
        self.normalised = normalised
        self.errorBound = errorBound
        self.method = method
    }
}
