import Alerting
import Hummingbird
import JSON
import Monitoring
import Store

/// Who is told, how that goes, and what receivers check our signatures with.
struct ReceiverRoutes {
    let settings: ActiveSettings
    let store: Store

    func add(to router: Router<APIContext>) {
        router.get("v1/receivers") { _, _ in try await list() }
        router.get("v1/webhook-keys") { _, _ in keys() }
    }

    private func list() async throws -> Response {
        let receivers = settings.current.notifications.receivers.values.sorted {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        let policies = settings.current.retraining.policies
        let health = try await store.receiverHealth()
        let waiting = try await store.waiting()
        return Answer.json { writer in
            writer.object { object in
                object.array("receivers") { array in
                    for receiver in receivers {
                        array.object { entry in
                            entry.member("name", receiver.name)
                            entry.array("channels") { channels in
                                for (destination, channel) in receiver.destinations {
                                    channels.object {
                                        $0.member("channel", destination.channel)
                                        $0.member("kind", channel.kind)
                                        Self.write(health[destination], waiting[destination], to: &$0)
                                    }
                                }
                            }
                        }
                    }
                }
                object.array("launchers") { array in
                    for policy in policies {
                        array.object {
                            $0.member("policy", policy.name)
                            $0.member("model", policy.model)
                            $0.member("channel", policy.destination.channel)
                            $0.member("kind", policy.launcher.kind)
                            Self.write(health[policy.destination], waiting[policy.destination], to: &$0)
                        }
                    }
                }
            }
        }
    }

    private static func write(
        _ health: ReceiverHealth?, _ outbox: (waiting: Int64, dead: Int64)?, to object: inout JSONWriter
    ) {
        object.member("state", health == nil ? "active" : health?.pausedAt == nil ? "failing" : "paused")
        object.member("failures", health?.failures ?? 0)
        object.member("failing_since", health?.failingSince.rfc3339)
        object.member("paused_at", health?.pausedAt?.rfc3339)
        object.member("probe_at", health?.probeAt?.rfc3339)
        object.member("last_error", health?.lastError)
        object.member("waiting", outbox?.waiting ?? 0)
        object.member("dead", outbox?.dead ?? 0)
    }

    private func keys() -> Response {
        let keys = settings.directory.publicKeys().sorted {
            ($0.destination.name, $0.destination.channel) < ($1.destination.name, $1.destination.channel)
        }
        return Answer.json { writer in
            writer.object { object in
                object.array("keys") { array in
                    for (destination, texts) in keys {
                        array.object { entry in
                            entry.member("receiver", destination.name)
                            entry.member("channel", destination.channel)
                            entry.array("public_keys") { list in for text in texts { list.value(text) } }
                        }
                    }
                }
            }
        }
    }
}
