/// A named destination of notifications, with its channels.
package struct Receiver: Hashable, Sendable {
    /// The name that routes use.
    package let name: String
    /// Its channels in the order of the settings; none means that nobody is told.
    package let channels: [ChannelSettings]

    /// A receiver of channels.
    package init(name: String, channels: [ChannelSettings]) {
        self.name = name
        self.channels = channels
    }

    /// The destinations of the channels, with the channel's place among those of its kind in their names.
    package var destinations: [(destination: Destination, channel: ChannelSettings)] {
        var counts: [String: Int] = [:]
        return channels.map { channel in
            let index = counts[channel.kind, default: 0]
            counts[channel.kind] = index + 1
            return (Destination(name: name, channel: "\(channel.kind)/\(index)"), channel)
        }
    }
}
