import JSON

/// What an alert went through, as the service tells it.
struct AlertHistory: Sendable {
    /// One change of the verdict.
    struct Change: Sendable, Equatable {
        /// The slot of event time.
        let at: String

        /// The verdict from then on.
        let to: String
    }

    let alertname: String
    let fingerprint: String
    let changes: [Change]
    private let labels: [String: String]

    private init(_ document: JSONNode) throws {
        guard let alertname = document["alertname"]?.string, let fingerprint = document["fingerprint"]?.string,
            let history = document["history"]?.elements
        else { throw Unexpected(description: "no alert: \(document.text.prefix(300))") }
        self.alertname = alertname
        self.fingerprint = fingerprint
        var labels: [String: String] = [:]
        for label in document["labels"]?.members ?? [] { labels[label.name] = label.value.string }
        self.labels = labels
        changes = history.map { Change(at: $0["at"]?.string ?? "?", to: $0["to"]?.string ?? "?") }
    }

    /// All alerts that a model has or had.
    static func all(of model: String, on client: ServiceClient) async throws -> [Self] {
        var histories: [Self] = []
        for alert in try await client.call("GET", "/v1/alerts?model=\(model)")["alerts"]?.elements ?? [] {
            guard let fingerprint = alert["fingerprint"]?.string else {
                throw Unexpected(description: "an alert without fingerprint: \(alert.text.prefix(300))")
            }
            histories.append(try Self(try await client.call("GET", "/v1/alerts/\(fingerprint)")))
        }
        return histories
    }

    /// The value of a label, empty where there is none.
    func label(_ name: String) -> String { labels[name] ?? "" }

    /// The slots in which the alert was firing, of slots in order.
    func firingSlots(among slots: [String]) -> [String] {
        var rest = changes.filter { ["pending", "firing", "resolved", "inactive"].contains($0.to) }[...]
        var isFiring = false
        return slots.filter { slot in
            // Times are all written in UTC with whole seconds, so that texts are in order of time.
            while let change = rest.first, change.at <= slot {
                isFiring = change.to == "firing"
                rest.removeFirst()
            }
            return isFiring
        }
    }
}
