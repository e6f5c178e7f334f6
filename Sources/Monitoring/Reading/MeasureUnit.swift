/// What the number of a measure is.
package enum MeasureUnit: String, Sendable {
    /// A number of rows.
    case count

    /// A share between 0 and 1.
    case ratio

    /// A statistic without a unit.
    case statistic

    /// The unit of the feature or of the predicted number.
    case same

    /// A number of seconds.
    case seconds

    /// A p-value.
    case probability
}
