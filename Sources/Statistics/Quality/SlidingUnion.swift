/// The union of summaries over a sliding row of panes: a queue made of two stacks, because they cannot be subtracted.
///
/// Pushing and popping cost O(1) on average, whatever the length of the window.
package struct SlidingUnion<Part: OverlappingSummary>: Sendable {
    /// What nothing is summarised as.
    @usableFromInline let empty: Part
    /// The older panes, the oldest last, each with the union of itself and all younger ones in this stack.
    @usableFromInline var front: [(pane: Part, joint: Part)] = []
    /// The younger panes, the youngest last.
    @usableFromInline var back: [Part] = []
    /// The union of all of `back`.
    @usableFromInline var backJoint: Part

    /// No panes yet.
    @inlinable
    package init(empty: Part) {
        self.empty = empty
        backJoint = empty
    }

    /// How many panes there are.
    @inlinable package var count: Int { front.count + back.count }

    var frontCount: Int { front.count }
    var backCount: Int { back.count }

    /// The union of all panes.
    @inlinable package var current: Part {
        var joint = front.last?.joint ?? empty
        joint.merge(backJoint)
        return joint
    }

    /// Adds the newest pane.
    @inlinable
    package mutating func push(_ pane: Part) {
        back.append(pane)
        backJoint.merge(pane)
    }

    /// Drops the oldest pane, if there is one.
    @inlinable
    package mutating func popFirst() {
        if front.isEmpty {
            var joint = empty
            for pane in back.reversed() {
                joint.merge(pane)
                front.append((pane, joint))
            }
            back = []
            backJoint = empty
        }
        if !front.isEmpty { front.removeLast() }
    }

    /// Takes late values into the pane at an offset from the oldest. O(panes).
    package mutating func widen(at offset: Int, by values: Part) {
        precondition((0..<count).contains(offset), "only a pane that is in the window can be widened")
        guard offset < front.count else {
            back[offset - front.count].merge(values)
            backJoint.merge(values)
            return
        }
        let position = front.count - 1 - offset
        front[position].pane.merge(values)
        for index in position..<front.count { front[index].joint.merge(values) }
    }
}

extension SlidingUnion<Extremes> {
    /// Adds panes, the newest last; where the kind of summary is known no time goes into finding it out.
    package mutating func push(contentsOf panes: [Extremes]) {
        back += panes
        for pane in panes { backJoint.merge(pane) }
    }
}
