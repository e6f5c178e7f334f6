import Alerting
import JSON
import Monitoring
import Query
import Store

/// "Why was I (not) notified", as JSON.
enum AlertAudienceDocument {
    /// The most deliveries that are listed.
    private static let most = 50

    /// Writes what is known of one receiver.
    static func write(_ audience: AlertAudience, to object: inout JSONWriter) {
        let timers = audience.route.timers
        object.member("receiver", audience.destination.name)
        object.member("channel", audience.destination.channel)
        object.member("state", audience.state)
        object.member("next", audience.next)
        object.member("route", audience.route.key)
        object.member("group_key", audience.key.text)
        object.member("group_wait", timers.wait.text)
        object.member("group_interval", timers.interval.text)
        object.member("repeat_interval", timers.repetition.text)
        object.member("told_at", audience.group?.told?.at.rfc3339)
        object.member("next_at", audience.group?.nextFlush?.rfc3339)
        object.array("held_by") { array in
            for suppression in audience.suppressions { array.object { write(suppression, to: &$0) } }
        }
        object.member("held_until", audience.quietUntil?.rfc3339)
        object.array("deliveries") { array in
            for delivery in audience.deliveries.prefix(most) { array.object { write(delivery, to: &$0) } }
        }
    }

    private static func write(_ suppression: Suppression, to object: inout JSONWriter) {
        switch suppression {
        case .silenced(let ids):
            object.member("kind", "silence")
            object.member("ids", ids)
        case .inhibited(let labels):
            object.member("kind", "inhibition")
            object.object("labels") { $0.members(labels.pairs) }
        case .muted(let names):
            object.member("kind", "time_interval")
            object.member("ids", names)
        }
        object.member("reason", suppression.description)
    }

    private static func write(_ told: AlertDelivery, to object: inout JSONWriter) {
        let record = told.record
        object.member("id", record.delivery.id)
        object.member("status", told.status)
        object.member("event_time", record.delivery.eventTime.rfc3339)
        object.member("created_at", record.delivery.createdAt.rfc3339)
        object.member("state", record.state)
        object.member("attempts", record.attempts)
        object.member("last_status", record.lastStatus)
        object.member("last_error", record.lastError)
        object.member("next_at", record.state == "ready" ? record.nextAt.rfc3339 : nil)
        object.member("settled_at", record.settledAt?.rfc3339)
    }
}
