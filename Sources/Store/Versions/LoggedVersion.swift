package import Monitoring
package import Statistics

/// One trained state of a model, as the log knows it.
package struct LoggedVersion: Sendable {
    /// The version; empty for rows that name none.
    package let version: ByteText
    /// The event time of its first row.
    package let first: Time
    /// The event time of its last row.
    package let last: Time
    /// How many rows it has.
    package let predictions: Int64
    /// How many of them have a label.
    package let labels: Int64
}
