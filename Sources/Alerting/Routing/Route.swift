package import Query

/// A node of the tree that alerts go down to find who hears of them; what a node leaves out it has from its parent.
package struct Route: Hashable, Sendable {
    /// The matchers of this node and of its ancestors in Alertmanager's text, such as `{}/{severity="page"}`.
    package let key: String
    /// The name of the receiver.
    package let receiver: String
    /// Which labels make a group.
    package let grouping: Grouping
    /// When groups are told.
    package let timers: GroupTimers
    /// What an alert's labels must fulfil to come here; none at the root.
    package let matchers: [LabelMatcher]
    /// Whether an alert that came here also tries the nodes after this one.
    package let continues: Bool
    /// The children, tried in order.
    package let routes: [Route]
    /// When the groups of this node are told nothing; not inherited, as in Alertmanager.
    package let times: MuteTimes

    /// A node with all its parts, inherited ones resolved.
    package init(
        key: String, receiver: String, grouping: Grouping, timers: GroupTimers, matchers: [LabelMatcher] = [],
        continues: Bool = false, routes: [Route] = [], times: MuteTimes = .none
    ) {
        self.key = key
        self.receiver = receiver
        self.grouping = grouping
        self.timers = timers
        self.matchers = matchers
        self.continues = continues
        self.routes = routes
        self.times = times
    }

    /// The nodes that an alert ends at: depth first, from left to right, a node itself only where no child takes the alert.
    package func nodes(for labels: Labels) -> [Route] {
        guard matchers.allSatisfy({ $0.matches(labels) }) else { return [] }
        var found: [Route] = []
        for route in routes {
            let nodes = route.nodes(for: labels)
            found += nodes
            if !nodes.isEmpty, !route.continues { break }
        }
        return found.isEmpty ? [self] : found
    }

    /// The node of a key, this one or one below; nil where there is none.
    package func node(withKey key: String) -> Route? {
        if self.key.utf8.elementsEqual(key.utf8) { return self }
        for route in routes {
            if let found = route.node(withKey: key) { return found }
        }
        return nil
    }

    /// The group that an alert belongs to at this node.
    package func groupKey(for labels: Labels) -> GroupKey {
        GroupKey(route: key, labels: grouping.labels(of: labels))
    }

    /// Alertmanager's text of a node's matchers: sorted by name, value and operator.
    package static func text(of matchers: [LabelMatcher]) -> String {
        let sorted = matchers.sorted { left, right in
            let order = MatchOperator.allCases
            if !left.name.utf8.elementsEqual(right.name.utf8) {
                return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
            }
            if !left.value.utf8.elementsEqual(right.value.utf8) {
                return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
            }
            return order.firstIndex(of: left.operation) ?? 0 < order.firstIndex(of: right.operation) ?? 0
        }
        return "{" + sorted.map(\.description).joined(separator: ",") + "}"
    }
}
