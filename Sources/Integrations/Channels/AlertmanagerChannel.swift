internal import Alerting
internal import Monitoring
internal import Query

/// The alerts themselves, posted to `/api/v2/alerts` of an Alertmanager that routes, groups and tells by itself.
///
/// A firing alert ends, as far as Alertmanager knows, some time after each attempt, and it is told again long before. The stored
/// body has a line for each alert: `F` or `R`, and the alert in JSON without the end of one that fires.
struct AlertmanagerChannel: Channel {
    let target: HTTPTarget
    let settings: AlertmanagerSettings
    let identity: SenderIdentity

    static func body(of notification: Alerting.Notification) -> [UInt8] {
        notification.alerts.flatMap { alert in
            var json = EscapedJSON()
            json.object { json in
                if let end = alert.endsAt { json.member("endsAt", end.rfc3339) }
                json.member("labels", alert.labels.pairs)
                json.member("annotations", alert.annotations)
                json.member("startsAt", alert.startsAt.rfc3339)
                if !alert.generatorURL.isEmpty { json.member("generatorURL", alert.generatorURL) }
            }
            json.endLine()
            return [UInt8(ascii: alert.isResolved ? "R" : "F")] + json.bytes
        }
    }

    func message(for delivery: Delivery, at time: Time) -> OutboundMessage {
        var json = EscapedJSON()
        json.list { json in
            for line in delivery.payload.split(separator: UInt8(ascii: "\n")) {
                if line.first == UInt8(ascii: "F") {
                    let end = "{\"endsAt\":\"\((time + settings.expiry).rfc3339)\","
                    json.raw(Array(end.utf8) + line.dropFirst(2))
                } else {
                    json.raw(line.dropFirst())
                }
            }
        }
        let headers = [
            OutboundHeader("Content-Type", "application/json"), OutboundHeader("webhook-id", delivery.id),
        ]
        return .http(
            target.post(
                json.bytes, to: target.address("/api/v2/alerts"), headers: headers, identity: identity,
                timeout: settings.timeout))
    }
}
