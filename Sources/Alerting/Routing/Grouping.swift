package import Query

/// Which labels make alerts one group.
///
/// `model` is always among them, written or not: the timers of a group run on the event clock of its model, and two models have two
/// clocks.
package enum Grouping: Hashable, Sendable {
    /// `group_by: ['...']`: all labels, so that every alert is a group of its own.
    case all
    /// The labels of these names, and `model`.
    case by([String])

    /// The part of an alert's labels that is its group's.
    package func labels(of labels: Labels) -> Labels {
        switch self {
        case .all: labels
        case .by(let names): labels.keeping(names + ["model"])
        }
    }
}
