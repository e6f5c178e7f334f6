internal import Statistics

/// Where deliveries go: a named receiver or policy, and which of its ways.
package struct Destination: Hashable, Sendable {
    /// The name of the receiver or of the retraining policy.
    package let name: String
    /// Which of a receiver's channels, such as `webhook/0`, or a policy's `launcher`.
    package let channel: String

    /// A destination by the names that the settings use.
    package init(name: String, channel: String) {
        self.name = name
        self.channel = channel
    }

    package static func == (left: Self, right: Self) -> Bool {
        ByteText(left.name) == ByteText(right.name) && ByteText(left.channel) == ByteText(right.channel)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ByteText(name))
        hasher.combine(ByteText(channel))
    }
}
