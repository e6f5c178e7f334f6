/// What a reader of windows asks beside counts and distances, because keeping it up to date costs.
struct ReadingNeeds: Sendable, Hashable {
    /// Which distinct values there were.
    var distinct: Bool
    /// How many rows the weeks before had.
    var weeks: Bool
    /// Thresholds or verdicts of measures of ranks, whose laws need more of a reference than is quickly worked out.
    var rankLaws: Bool

    /// Whether another reader finds what it asks.
    func covers(_ other: Self) -> Bool {
        (distinct || !other.distinct) && (weeks || !other.weeks) && (rankLaws || !other.rankLaws)
    }

    /// Asks what another reader asks as well.
    mutating func formUnion(_ other: Self) {
        distinct = distinct || other.distinct
        weeks = weeks || other.weeks
        rankLaws = rankLaws || other.rankLaws
    }

    /// All of it.
    static let all = Self(distinct: true, weeks: true, rankLaws: true)
}
