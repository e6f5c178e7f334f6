/// What a JSON value is.
package enum JSONKind: String, CaseIterable, Sendable {
    /// Members in the order in which they were written.
    case object

    /// Values in order.
    case array

    /// Text.
    case string

    /// A number within the range of a double.
    case number

    /// A number that is written correctly and lies outside the range of a double, such as `1e309`.
    case hugeNumber

    /// `true` or `false`.
    case bool

    /// `null`.
    case null
}
