/// A summary of rows that can be united with another one but not taken out of it again, such as extremes.
///
/// Laws: merging is associative, commutative and idempotent.
package protocol OverlappingSummary: Sendable {
    /// Takes in everything that another summary saw.
    mutating func merge(_ other: Self)
}

extension Extremes: OverlappingSummary {}
