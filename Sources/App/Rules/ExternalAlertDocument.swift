import Alerting
import JSON
import Monitoring
import Query
import Store

/// An alert that others posted, as JSON.
enum ExternalAlertDocument {
    /// How long an alert fires that was posted without an end, as in Alertmanager.
    static let resolveTimeout = PrometheusDuration(microseconds: 300_000_000)
    /// The most labels, and the most annotations, of an alert.
    private static let mostPairs = 200
    /// The most bytes of a name or value.
    private static let mostBytes = 16_384

    /// The alert that a client posts, or what is wrong with it.
    static func read(_ node: JSONNode, at now: Time) throws(AlertmanagerFailure) -> StoredExternalAlert {
        let labels = Labels(try pairs(node["labels"], "labels").filter { !$0.value.isEmpty })
        guard !labels.isEmpty else { throw .invalid("at least one label pair required") }
        let annotations = try pairs(node["annotations"] ?? .object([]), "annotations").filter { !$0.value.isEmpty }
        let ends = try time(node["endsAt"], "endsAt")
        let starts = try time(node["startsAt"], "startsAt") ?? min(ends ?? now, now)
        if let ends, ends < starts { throw .invalid("start time must be before end time") }
        return StoredExternalAlert(
            fingerprint: Fingerprint(labels).description, labels: text(labels.pairs),
            annotations: text(annotations.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }),
            generatorURL: String((node["generatorURL"]?.string ?? "").prefix(2048)), startsAt: starts,
            endsAt: ends ?? now + resolveTimeout, updatedAt: now)
    }

    /// The alert as it is told at a time; nil where the row is none of ours.
    static func alert(of stored: StoredExternalAlert, at now: Time) -> NotifiedAlert? {
        guard let labels = pairs(of: stored.labels), let annotations = pairs(of: stored.annotations) else { return nil }
        return NotifiedAlert(
            labels: Labels(labels), annotations: annotations, startsAt: stored.startsAt,
            endsAt: stored.endsAt <= now ? stored.endsAt : nil, generatorURL: stored.generatorURL)
    }

    private static func pairs(_ node: JSONNode?, _ what: String) throws(AlertmanagerFailure) -> [Label] {
        guard let members = node?.members, members.count <= mostPairs else {
            throw .invalid("\(what) must be an object of at most \(mostPairs) texts")
        }
        var labels: [Label] = []
        for member in members {
            guard let value = member.value.string, Label.isName(member.name), !value.utf8.contains(0),
                member.name.utf8.count + value.utf8.count <= mostBytes
            else { throw .invalid("invalid label set: a name in \(what) is no label name, or its value no text") }
            labels.append(Label(name: member.name, value: value))
        }
        return labels
    }

    private static func time(_ node: JSONNode?, _ what: String) throws(AlertmanagerFailure) -> Time? {
        guard let text = node?.string, !text.isEmpty else { return nil }
        guard let time = Time(rfc3339: text) else { throw .invalid("\(what) must be an RFC 3339 time") }
        // The zero time of Go stands for none.
        return time.microseconds < 0 ? nil : time
    }

    private static func text(_ pairs: [Label]) -> String {
        var writer = JSONWriter()
        writer.array { array in
            for pair in pairs {
                array.array { entry in
                    entry.value(pair.name)
                    entry.value(pair.value)
                }
            }
        }
        return writer.text
    }

    private static func pairs(of text: String) -> [Label]? {
        AlertDocument.parsed(text)?.elements?.compactMap { entry in
            let parts = (entry.elements ?? []).compactMap(\.string)
            return parts.count == 2 ? Label(name: parts[0], value: parts[1]) : nil
        }
    }
}
