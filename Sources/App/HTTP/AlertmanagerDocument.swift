import Alerting
import JSON
import Monitoring
import Query

/// Alerts and status in the JSON of Alertmanager's interface.
enum AlertmanagerDocument {
    /// Writes an alert.
    static func write(_ entry: AlertmanagerRoutes.Entry, to object: inout JSONWriter) {
        let alert = entry.alert
        object.object("annotations") { $0.members(alert.annotations) }
        object.member("endsAt", (alert.endsAt ?? entry.updatedAt + ExternalAlertDocument.resolveTimeout).rfc3339)
        object.member("fingerprint", alert.fingerprint.description)
        object.array("receivers") { array in
            for name in entry.receivers { array.object { $0.member("name", name) } }
        }
        object.member("startsAt", alert.startsAt.rfc3339)
        object.object("status") { status in
            var (silencedBy, inhibitedBy, mutedBy): ([String], [String], [String]) = ([], [], [])
            for suppression in entry.suppressions {
                switch suppression {
                case .silenced(let ids): silencedBy += ids
                case .inhibited(let labels): inhibitedBy.append(Fingerprint(labels).description)
                case .muted(let names): mutedBy += names
                }
            }
            status.member("inhibitedBy", inhibitedBy)
            status.member("mutedBy", mutedBy)
            status.member("silencedBy", silencedBy)
            status.member("state", entry.suppressions.isEmpty ? "active" : "suppressed")
        }
        object.member("updatedAt", entry.updatedAt.rfc3339)
        object.member("generatorURL", alert.generatorURL)
        object.object("labels") { $0.members(alert.labels.pairs) }
    }

    /// Writes a group of alerts.
    static func write(
        _ labels: Labels, _ receiver: String, _ entries: [AlertmanagerRoutes.Entry], to object: inout JSONWriter
    ) {
        object.array("alerts") { array in
            for entry in entries { array.object { write(entry, to: &$0) } }
        }
        object.object("labels") { $0.members(labels.pairs) }
        object.object("receiver") { $0.member("name", receiver) }
    }

    /// Writes what Alertmanager tells of itself.
    static func writeStatus(config: String, startedAt: Time, to object: inout JSONWriter) {
        object.object("cluster") { cluster in
            cluster.array("peers") { _ in }
            cluster.member("status", "disabled")
        }
        object.object("config") { $0.member("original", config) }
        object.member("uptime", startedAt.rfc3339)
        object.object("versionInfo") { version in
            for name in ["branch", "buildDate", "buildUser", "goVersion"] { version.member(name, "") }
            version.member("revision", "driftline \(Version.current)")
            version.member("version", "0.25.0")
        }
    }
}
