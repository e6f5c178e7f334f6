internal import Alerting
internal import Monitoring

/// A notification as an event of CloudEvents 1.0; its data is the version-4 body.
///
/// The id is the delivery's, so that `webhook-id` and `ce-id` are the same. `sequence` is the extension of that name: it rises
/// within a group, and its texts sort as its numbers do.
struct CloudEvent {
    private let attributes: [(name: String, value: String)]
    private let data: [UInt8]

    /// The event of a notification.
    init(of text: NotificationText, id: String) {
        let notification = text.notification
        let digits = String(max(notification.sequence, 0))
        var attributes = [
            ("specversion", "1.0"), ("id", id),
            ("source", text.identity.externalURL.isEmpty ? "/driftline" : text.identity.externalURL),
            ("type", notification.isFiring ? "driftline.alert.firing" : "driftline.alert.resolved"),
        ]
        if let model = notification.model { attributes.append(("subject", "model/\(model)")) }
        attributes.append(("time", notification.eventTime.rfc3339))
        attributes.append(("sequence", String(repeating: "0", count: max(20 - digits.utf8.count, 0)) + digits))
        self.attributes = attributes
        data = VersionFourBody.bytes(of: text)
    }

    /// The event in one JSON document.
    var structured: [UInt8] {
        var json = EscapedJSON()
        json.object { json in
            for attribute in attributes { json.member(attribute.name, attribute.value) }
            json.member("datacontenttype", "application/json")
            json.key("data")
            json.raw(data.dropLast())
        }
        return json.bytes
    }

    /// The attributes as headers, for a body that is the data alone.
    var headers: [OutboundHeader] {
        [OutboundHeader("Content-Type", "application/json")]
            + attributes.map { OutboundHeader("ce-\($0.name)", Self.encoded($0.value)) }
    }

    /// A value of a header: spaces, double quotes, percent signs and all beyond printable ASCII as percent and two digits
    /// (HTTP binding 1.0.2, section 3.1.3.2).
    private static func encoded(_ value: String) -> String {
        value.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "%"), 0...0x20, 0x7F...0xFF:
                "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            default: String(UnicodeScalar(byte))
            }
        }.joined()
    }
}
