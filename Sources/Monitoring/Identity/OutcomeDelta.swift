package import Statistics

/// One addition to, or subtraction from, the outcomes of the pane of a prediction's event time.
///
/// Final totals are the sum of all deltas; the totals that were known at a time are the sum of those with `knownAt` not after it.
package struct OutcomeDelta: Hashable, Sendable {
    /// The event time of the prediction, which decides the pane.
    package let eventTime: Time

    /// The model version of the prediction.
    package let version: ByteText

    /// The slices of the prediction besides the pooled one and its version's.
    package let segments: [ByteText]

    /// What was predicted.
    package let predicted: Outcome

    /// The score, NaN for none.
    package let score: Double

    /// What the label says.
    package let actual: Outcome

    /// From when on the delta was known.
    package let knownAt: Time

    /// 1 to add the pair of prediction and label, -1 to take it away.
    package let sign: Int64

    /// Whether the delta is the half of a correction that takes the replaced label away (or undoes that).
    ///
    /// Such a delta of sign -1 counts one correction, of sign 1 one less.
    package let isReplacement: Bool

    /// How much the row counts.
    package let weight: RowWeight

    /// The place of the true class among the row's class scores, 1 being the most probable.
    ///
    /// Nil where the row has no class scores; ``ClassRanking/beyond`` where they do not name the class among the kept ones.
    package let actualRank: Int?

    /// The probability that the row's class scores give the true class; nil where that is not known.
    package let actualProbability: Double?

    /// The sum over all classes of (probability - truth)^2 of the row's class scores; nil where that is not known.
    package let squaredDistance: Double?

    /// The row's ranked class scores; nil where it has none, or was logged by a version that did not keep them here.
    package let ranking: ClassRanking?

    /// One addition or subtraction.
    package init(
        eventTime: Time, version: ByteText, segments: [ByteText], predicted: Outcome, score: Double, actual: Outcome,
        knownAt: Time, sign: Int64, isReplacement: Bool, weight: RowWeight = .one, actualRank: Int? = nil,
        actualProbability: Double? = nil, squaredDistance: Double? = nil, ranking: ClassRanking? = nil
    ) {
        self.eventTime = eventTime
        self.version = version
        self.segments = segments
        self.predicted = predicted
        self.score = score
        self.actual = actual
        self.knownAt = knownAt
        self.sign = sign
        self.isReplacement = isReplacement
        self.weight = weight
        self.actualRank = actualRank
        self.actualProbability = actualProbability
        self.squaredDistance = squaredDistance
        self.ranking = ranking
    }

    /// How many corrections the delta adds.
    package var corrections: Int64 { isReplacement ? -sign : 0 }

    /// The same delta the other way round, as a row leaves the statistics.
    package var negated: Self {
        Self(
            eventTime: eventTime, version: version, segments: segments, predicted: predicted, score: score,
            actual: actual, knownAt: knownAt, sign: -sign, isReplacement: isReplacement, weight: weight,
            actualRank: actualRank, actualProbability: actualProbability, squaredDistance: squaredDistance,
            ranking: ranking)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.eventTime == right.eventTime && left.version == right.version && left.segments == right.segments
            && left.predicted == right.predicted && left.score.bitPattern == right.score.bitPattern
            && left.actual == right.actual && left.knownAt == right.knownAt && left.sign == right.sign
            && left.isReplacement == right.isReplacement && left.weight == right.weight
            && left.actualRank == right.actualRank && left.actualProbability == right.actualProbability
            && left.squaredDistance == right.squaredDistance && left.ranking == right.ranking
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(eventTime)
        hasher.combine(version)
        hasher.combine(score.bitPattern)
        hasher.combine(actual)
        hasher.combine(knownAt)
        hasher.combine(sign)
    }
}
