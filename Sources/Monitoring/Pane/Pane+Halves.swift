import Statistics

/// The two halves of a pane as they are saved: labels change the small one only, and they come to panes of weeks.
extension Pane {
    /// The outcomes with the pane's revision, as a pane without rows; nil where both halves are saved as one, because weights
    /// lie across them.
    package var outcomeHalf: Pane? {
        guard weights.isEmpty else { return nil }
        var half = Pane()
        half.outcomes = outcomes
        half.revision = revision
        return half
    }

    /// The pane without its outcomes.
    package var rowHalf: Pane {
        var half = self
        half.outcomes = Outcomes()
        return half
    }

    /// Puts in the half that ``outcomeHalf`` gave, in the place of what the pane has of it.
    package mutating func take(outcomeHalf half: Pane) {
        outcomes = half.outcomes
        revision = half.revision
    }
}
