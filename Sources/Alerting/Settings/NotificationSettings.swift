package import Addresses
package import Query
package import Statistics

/// Who hears of which alerts, and how: the content of `notifications.yaml`.
package struct NotificationSettings: Hashable, Sendable {
    /// The root of the routing tree.
    package let route: Route
    /// The receivers by name.
    package let receivers: [ByteText: Receiver]
    /// Which addresses may be called beside public ones.
    package let outgoing: AddressPolicy
    /// Which alerts make which others unneeded.
    package let inhibition: [InhibitRule]

    /// Settings whose routes name receivers that exist.
    package init(route: Route, receivers: [Receiver], outgoing: AddressPolicy, inhibition: [InhibitRule] = []) {
        self.route = route
        self.receivers = Dictionary(receivers.map { (ByteText($0.name), $0) }) { first, _ in first }
        self.outgoing = outgoing
        self.inhibition = inhibition
    }

    /// The settings of a service without `notifications.yaml`: nobody is told of anything.
    package static let silent = Self(
        route: Route(key: "{}", receiver: "nobody", grouping: .by([]), timers: .standard),
        receivers: [Receiver(name: "nobody", channels: [])], outgoing: .publicOnly)

    /// The channel of a destination, or nil where the settings no longer have it.
    package func channel(of destination: Destination) -> ChannelSettings? {
        receivers[ByteText(destination.name)]?.destinations.first { $0.destination == destination }?.channel
    }

    /// When the groups of a route are told nothing; none where the settings no longer have the route.
    package func muteTimes(ofRoute key: String) -> MuteTimes {
        route.node(withKey: key)?.times ?? .none
    }

    /// The groups that an alert enters: one for each channel of each receiver that its labels lead to, each once.
    package func groups(for labels: Labels, origin: AlertGroup.Origin = .rules) -> [AlertGroup] {
        var groups: [AlertGroup] = []
        for node in route.nodes(for: labels) {
            let key = node.groupKey(for: labels)
            for (destination, _) in receivers[ByteText(node.receiver)]?.destinations ?? []
            where !groups.contains(where: { $0.destination == destination && $0.key == key }) {
                groups.append(AlertGroup(key: key, destination: destination, timers: node.timers, origin: origin))
            }
        }
        return groups
    }
}
