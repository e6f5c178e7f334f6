package import Monitoring

/// The instant that `@` fixes for a selector or a subquery.
package enum TimeAnchor: Hashable, Sendable {
    /// A time in seconds since 1970.
    case time(Time)
    /// `start()`: where the evaluated stretch begins; the evaluated instant where there is but one.
    case start
    /// `end()`: where the evaluated stretch ends.
    case end
}
