import Alerting
import Hummingbird
import Integrations
import JSON
import Monitoring
import Query
import Statistics
import Store

/// Alertmanager's interface, version 2, so that `amtool` and its relatives work: silences, alerts, receivers, status.
struct AlertmanagerRoutes {
    let settings: ActiveSettings
    let store: Store
    let startedAt: Time
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        router.get("api/v2/silences") { request, _ in try await answer { try await silences(request) } }
        router.post("api/v2/silences") { request, _ in try await answer { try await postSilence(request) } }
        router.get("api/v2/silence/:id") { _, context in try await answer { try await showSilence(context) } }
        router.delete("api/v2/silence/:id") { _, context in try await answer { try await expire(context) } }
        router.get("api/v2/alerts") { request, _ in try await answer { try await alerts(request) } }
        router.post("api/v2/alerts") { request, _ in try await answer { try await postAlerts(request) } }
        router.get("api/v2/alerts/groups") { request, _ in try await answer { try await groups(request) } }
        router.get("api/v2/receivers") { _, _ in receivers() }
        router.get("api/v2/status") { _, _ in status() }
    }

    private func answer(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let failure as AlertmanagerFailure {
            return failure.response
        }
    }

    // MARK: Silences

    private func allSilences() async throws -> [Silence] {
        try await store.silences(endingAfter: Time(microseconds: 0)).compactMap(SilenceDocument.silence)
    }

    private func silences(_ request: Request) async throws -> Response {
        let filter = try Self.filter(request)
        let time = now()
        let found = try await allSilences().filter { silence in
            filter.allSatisfy { wanted in
                silence.matchers.contains {
                    $0.name.utf8.elementsEqual(wanted.name.utf8) && wanted.matches(value: $0.value)
                }
            }
        }
        return Answer.json { writer in
            writer.array { array in
                for silence in found { array.object { SilenceDocument.write(silence, at: time, to: &$0) } }
            }
        }
    }

    private func postSilence(_ request: Request) async throws -> Response {
        let document = try await request.document(limit: 1 << 20)
        let time = now()
        let known = document["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        let asked = try SilenceDocument.read(document, id: known ?? Self.uuid(), at: time)
        var id = asked.id
        if let known {
            guard let old = try await allSilences().first(where: { $0.id.utf8.elementsEqual(known.utf8) }) else {
                throw Problem.unknown("silence")
            }
            // Other matchers or another past make it another silence; the old one ends.
            let isSame =
                old.matchers == asked.matchers && old.state(at: time) != .expired
                && (old.startsAt == asked.startsAt || old.state(at: time) == .pending)
            if !isSame {
                if old.state(at: time) != .expired {
                    try await store.put(SilenceDocument.stored(old.ended(at: time, changedAt: time)))
                }
                id = Self.uuid()
            }
        } else if try await store.silenceCount(endingAfter: time) >= Store.mostSilences {
            throw AlertmanagerFailure.invalid("there are \(Store.mostSilences) silences already; expire some")
        }
        let silence = Silence(
            id: id, matchers: asked.matchers, startsAt: asked.startsAt, endsAt: asked.endsAt,
            createdBy: asked.createdBy, comment: asked.comment, updatedAt: time)
        try await store.put(SilenceDocument.stored(silence))
        settings.isPosted = true
        return Answer.json { writer in writer.object { $0.member("silenceID", id) } }
    }

    private func silence(_ context: APIContext) async throws -> Silence {
        let id = try context.parameters.require("id")
        guard let silence = try await allSilences().first(where: { $0.id.utf8.elementsEqual(id.utf8) }) else {
            throw Problem.unknown("silence")
        }
        return silence
    }

    private func showSilence(_ context: APIContext) async throws -> Response {
        let (silence, time) = (try await silence(context), now())
        return Answer.json { writer in writer.object { SilenceDocument.write(silence, at: time, to: &$0) } }
    }

    private func expire(_ context: APIContext) async throws -> Response {
        let (silence, time) = (try await silence(context), now())
        guard silence.state(at: time) != .expired else {
            throw AlertmanagerFailure.invalid("silence \(silence.id) already expired")
        }
        try await store.put(SilenceDocument.stored(silence.ended(at: time, changedAt: time)))
        settings.isPosted = true
        return Answer.bytes(.ok, type: "application/json", [])
    }

    static func uuid() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let cuts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16]
        return cuts.map { digits[$0].joined() }.joined(separator: "-")
    }

    // MARK: Alerts

    private func postAlerts(_ request: Request) async throws -> Response {
        guard request.mediaType == "application/json" else {
            throw Problem.unsupportedMediaType("send application/json")
        }
        guard let list = try await request.document(limit: 16 << 20).elements else {
            throw AlertmanagerFailure.invalid("send an array of alerts")
        }
        guard list.count <= Store.mostExternalAlerts else {
            throw AlertmanagerFailure.invalid("send at most \(Store.mostExternalAlerts) alerts")
        }
        let time = now()
        var good: [StoredExternalAlert] = []
        var mistakes: [String] = []
        for node in list {
            do throws(AlertmanagerFailure) {
                good.append(try ExternalAlertDocument.read(node, at: time))
            } catch {
                mistakes.append(error.message)
            }
        }
        let known = try await store.externalAlerts().map(\.fingerprint)
        guard Set(known).union(good.map(\.fingerprint)).count <= Store.mostExternalAlerts else {
            throw Problem.unavailable("there are \(Store.mostExternalAlerts) alerts of others already", seconds: 60)
        }
        if !good.isEmpty {
            try await store.put(good)
            settings.isPosted = true
        }
        // As Alertmanager does: what is valid is taken, the rest is told.
        if let first = mistakes.first { throw AlertmanagerFailure.invalid(first) }
        return Answer.bytes(.ok, type: "application/json", [])
    }

    /// An alert that fires, with when it was changed.
    struct Entry {
        let alert: NotifiedAlert
        let updatedAt: Time
        let suppressions: [Suppression]
        let receivers: [String]
    }

    private func entries(_ request: Request) async throws -> [Entry] {
        let filter = try Self.filter(request)
        let (time, snapshot) = (now(), settings.current)
        var found: [(NotifiedAlert, Time)] = []
        for record in try await store.alertRecords(verdict: "firing") {
            guard let alert = AlertDocument.alert(of: record.alert.state),
                let told = NotifiedAlert(
                    alert, generatorURL: "\(settings.identity.externalURL)/v1/models/\(record.modelName)")
            else { continue }
            found.append((told, record.updatedAt))
        }
        for stored in try await store.externalAlerts() where stored.endsAt > time {
            guard let alert = ExternalAlertDocument.alert(of: stored, at: time) else { continue }
            found.append((alert, stored.updatedAt))
        }
        let firing = found.map(\.0.labels)
        let silences = try await allSilences()
        return found.filter { entry in filter.allSatisfy { $0.matches(entry.0.labels) } }.map {
            alert, updatedAt in
            let nodes = snapshot.notifications.route.nodes(for: alert.labels)
            var suppressions: [Suppression] = []
            for quiet in [
                Quiet(silences: silences), Quiet(rules: snapshot.notifications.inhibition, firing: firing),
            ] { if let reason = quiet.suppression(of: alert.labels, at: time) { suppressions.append(reason) } }
            if !nodes.isEmpty, nodes.allSatisfy({ $0.times.muting(at: time) != nil }) {
                suppressions.append(.muted(nodes.flatMap { $0.times.muting(at: time) ?? [] }))
            }
            return Entry(
                alert: alert, updatedAt: updatedAt, suppressions: suppressions,
                receivers: nodes.map(\.receiver))
        }
    }

    private func alerts(_ request: Request) async throws -> Response {
        let entries = try await entries(request).filter { Self.isAsked($0, request) }
        let pattern = try Self.receiver(request)
        return Answer.json { writer in
            writer.array { array in
                for entry in entries.sorted(by: { $0.alert.fingerprint < $1.alert.fingerprint })
                where pattern.map({ entry.receivers.contains(where: $0.matchesWhole) }) ?? true {
                    array.object { AlertmanagerDocument.write(entry, to: &$0) }
                }
            }
        }
    }

    private func groups(_ request: Request) async throws -> Response {
        let entries = try await entries(request).filter { Self.isAsked($0, request) }
        let tree = settings.current.notifications.route
        var groups: [String: (labels: Labels, receiver: String, entries: [Entry])] = [:]
        for entry in entries {
            for node in tree.nodes(for: entry.alert.labels) {
                let key = node.groupKey(for: entry.alert.labels)
                groups[node.receiver + "\u{0}" + key.text, default: (key.labels, node.receiver, [])].entries.append(
                    entry)
            }
        }
        return Answer.json { writer in
            writer.array { array in
                for (_, group) in groups.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                    array.object { AlertmanagerDocument.write(group.labels, group.receiver, group.entries, to: &$0) }
                }
            }
        }
    }

    private static func isAsked(_ entry: Entry, _ request: Request) -> Bool {
        func allows(_ name: String) -> Bool { request.parameter(name) != "false" }
        let isSilenced = entry.suppressions.contains { if case .silenced = $0 { true } else { false } }
        let isInhibited = entry.suppressions.contains { if case .inhibited = $0 { true } else { false } }
        return (allows("active") || !entry.suppressions.isEmpty) && (allows("silenced") || !isSilenced)
            && (allows("inhibited") || !isInhibited)
    }

    // MARK: Parameters

    private static func filter(_ request: Request) throws -> [LabelMatcher] {
        var matchers: [LabelMatcher] = []
        for text in PrometheusRoutes.Form(query: request.uri.query ?? "").all("filter") {
            do throws(QueryError) {
                matchers.append(try Matcher(text).condition)
            } catch {
                throw AlertmanagerFailure.invalid("bad matcher format: \(error.message)")
            }
        }
        return matchers
    }

    private static func receiver(_ request: Request) throws -> RegularExpression? {
        guard let text = request.parameter("receiver") else { return nil }
        do throws(RegularExpressionError) {
            return try RegularExpression(text)
        } catch {
            throw AlertmanagerFailure.invalid("failed to parse receiver param: \(error.message)")
        }
    }

    // MARK: Settings

    private func receivers() -> Response {
        let names = settings.current.notifications.receivers.keys.map(\.string).sorted()
        return Answer.json { writer in
            writer.array { array in for name in names { array.object { $0.member("name", name) } } }
        }
    }

    private func status() -> Response {
        let config = NotificationExport(of: settings.current.notifications, addresses: .masked).text
        return Answer.json { writer in
            writer.object { AlertmanagerDocument.writeStatus(config: config, startedAt: startedAt, to: &$0) }
        }
    }
}
