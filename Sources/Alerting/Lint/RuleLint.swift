/// What works and is probably not meant. The raw values name the kind of warning for programs.
package enum RuleLint: String, CaseIterable, Sendable {
    /// A template in a label asks for the value.
    case valueInLabel = "value_in_label"
    /// There is no such series.
    case unknownSeries = "unknown_series"
    /// Series do not have that label.
    case unknownLabel = "unknown_label"
    /// No series has that value of a label: a model, feature, reference or measure.
    case unknownValue = "unknown_value"
    /// No model has such a window.
    case unknownWindow = "unknown_window"
    /// Conditions on a label exclude each other.
    case contradiction = "contradiction"
    /// A comparison that no value fulfils.
    case neverTrue = "never_true"
    /// A comparison that every value fulfils.
    case alwaysTrue = "always_true"
    /// `absent` of a series that is always there.
    case neverAbsent = "never_absent"
    /// `for` is shorter than the distance of evaluations or windows.
    case shortFor = "short_for"
    /// Every segment or version is judged by itself.
    case everySlice = "every_slice"
}
