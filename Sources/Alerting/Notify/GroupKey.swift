package import Query

/// What makes alerts one group: the route that they took and the labels that they share.
package struct GroupKey: Hashable, Sendable {
    /// The matchers of the route and of its ancestors, from the root, such as `{}/{severity="page"}`.
    package let route: String
    /// The labels that all alerts of the group have in common by definition.
    package let labels: Labels

    /// A key of a route's key and group labels.
    package init(route: String, labels: Labels) {
        self.route = route
        self.labels = labels
    }

    /// Alertmanager's text, such as `{}/{severity="page"}:{alertname="A", model="m"}`; no two keys share it.
    package var text: String { "\(route):\(Self.text(of: labels))" }

    package static func == (left: Self, right: Self) -> Bool {
        left.labels == right.labels && left.route.utf8.elementsEqual(right.route.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in route.utf8 { hasher.combine(byte) }
        hasher.combine(labels)
    }

    private static func text(of labels: Labels) -> String {
        "{" + labels.pairs.map { "\($0.name)=\($0.value.quoted)" }.joined(separator: ", ") + "}"
    }
}
