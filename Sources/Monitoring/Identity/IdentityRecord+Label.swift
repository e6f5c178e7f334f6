extension IdentityRecord {
    /// One label of an id.
    package struct Label: Hashable, Comparable, Sendable {
        /// When it became known.
        package var time: Time

        /// What it says: a class or a number.
        package var actual: Outcome

        /// A label as it was accepted.
        package init(time: Time, actual: Outcome) {
            self.time = time
            self.actual = actual
        }

        /// By time; at equal times by the bytes of the truth's text, so that order of arrival decides nothing.
        package static func < (left: Self, right: Self) -> Bool {
            if left.time != right.time { return left.time < right.time }
            return left.actual.text < right.actual.text
        }
    }
}
