package import Query

/// An alert that makes others unneeded: while a source fires, targets with the same values of some labels are not told.
package struct InhibitRule: Hashable, Sendable {
    /// What the labels of the alert that inhibits fulfil.
    package let source: [LabelMatcher]
    /// What the labels of the alerts that are inhibited fulfil.
    package let target: [LabelMatcher]
    /// The labels that both must have in common; a missing label equals an empty one.
    package let equal: [String]

    /// A rule of these parts.
    package init(source: [LabelMatcher], target: [LabelMatcher], equal: [String]) {
        self.source = source
        self.target = target
        self.equal = equal
    }

    /// The first of the firing alerts that inhibits an alert; nil where none does.
    ///
    /// An alert that is a source and a target itself is not inhibited by another such alert, as in Alertmanager.
    package func source(inhibiting labels: Labels, among firing: [Labels]) -> Labels? {
        guard Self.match(target, labels) else { return nil }
        let isBoth = Self.match(source, labels)
        return firing.first { candidate in
            Self.match(source, candidate) && !(isBoth && Self.match(target, candidate))
                && equal.allSatisfy { candidate[$0].utf8.elementsEqual(labels[$0].utf8) }
        }
    }

    private static func match(_ matchers: [LabelMatcher], _ labels: Labels) -> Bool {
        matchers.allSatisfy { $0.matches(labels) }
    }
}
