/// What a reader of windows asks beside counts and distances, because keeping it up to date costs.
struct ReadingNeeds: Sendable, Hashable {
    /// Which distinct values there were.
    var distinct: Bool
    /// How many rows the weeks before had.
    var weeks: Bool
    /// Thresholds or verdicts.
    var verdicts: Bool

    /// Whether another reader finds what it asks.
    func covers(_ other: Self) -> Bool {
        (distinct || !other.distinct) && (weeks || !other.weeks) && (verdicts || !other.verdicts)
    }

    /// Asks what another reader asks as well.
    mutating func formUnion(_ other: Self) {
        distinct = distinct || other.distinct
        weeks = weeks || other.weeks
        verdicts = verdicts || other.verdicts
    }

    /// All of it.
    static let all = Self(distinct: true, weeks: true, verdicts: true)
}
