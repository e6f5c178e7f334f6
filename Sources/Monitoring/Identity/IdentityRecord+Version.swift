package import Statistics

extension IdentityRecord {
    /// What is kept of one prediction of an id.
    package struct Version: Sendable {
        /// The model version; empty where none was given.
        package var version: ByteText

        /// The event time.
        package var eventTime: Time

        /// The hash of the row's content.
        package var digest: ContentDigest

        /// What was predicted: a class, a number, or nothing.
        package var predicted: Outcome

        /// The score, NaN for none.
        package var score: Double

        /// The segments that the row belongs to, besides the pooled slice and its version's.
        package var segments: [ByteText]

        /// How much the row counts.
        package var weight: RowWeight

        /// The ranked class scores of a multiclass row; nil where it has none.
        package var ranking: ClassRanking?

        /// A prediction as it was accepted.
        package init(
            version: ByteText, eventTime: Time, digest: ContentDigest, predicted: Outcome, score: Double = .nan,
            segments: [ByteText] = [], weight: RowWeight = .one, ranking: ClassRanking? = nil
        ) {
            self.version = version
            self.eventTime = eventTime
            self.digest = digest
            self.predicted = predicted
            self.score = score
            self.segments = segments
            self.weight = weight
            self.ranking = ranking
        }

        func delta(_ label: Label, at time: Time, sign: Int64, isReplacement: Bool) -> OutcomeDelta {
            OutcomeDelta(
                eventTime: eventTime, version: version, segments: segments, predicted: predicted, score: score,
                actual: label.actual, knownAt: time, sign: sign, isReplacement: isReplacement, weight: weight,
                actualRank: ranking?.rank(of: label.actual), actualProbability: ranking?.probability(of: label.actual),
                squaredDistance: ranking?.squaredDistance(of: label.actual), ranking: ranking)
        }
    }
}
