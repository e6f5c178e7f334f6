import Alerting
import JSON
import Monitoring
import Query
import Store

/// A silence as the JSON of Alertmanager's interface, and as it is stored.
enum SilenceDocument {
    /// The most matchers of a silence.
    private static let mostMatchers = 100
    /// The most bytes of a name, value or comment.
    private static let mostBytes = 4096

    /// The silence of a stored row; nil where it is none of ours.
    static func silence(of stored: StoredSilence) -> Silence? {
        guard let node = AlertDocument.parsed(stored.matchers), let list = node.elements else { return nil }
        var matchers: [LabelMatcher] = []
        for entry in list {
            let parts = (entry.elements ?? []).compactMap(\.string)
            guard parts.count == 3, let operation = MatchOperator(rawValue: parts[1]) else { return nil }
            do {
                matchers.append(try LabelMatcher(name: parts[0], operation: operation, value: parts[2]))
            } catch {
                return nil
            }
        }
        return Silence(
            id: stored.id, matchers: matchers, startsAt: stored.startsAt, endsAt: stored.endsAt,
            createdBy: stored.createdBy, comment: stored.comment, updatedAt: stored.updatedAt)
    }

    /// The row of a silence.
    static func stored(_ silence: Silence) -> StoredSilence {
        var writer = JSONWriter()
        writer.array { array in
            for matcher in silence.matchers {
                array.array { entry in
                    for part in [matcher.name, matcher.operation.rawValue, matcher.value] { entry.value(part) }
                }
            }
        }
        return StoredSilence(
            id: silence.id, matchers: writer.text, startsAt: silence.startsAt, endsAt: silence.endsAt,
            createdBy: silence.createdBy, comment: silence.comment, updatedAt: silence.updatedAt)
    }

    /// Writes a silence as Alertmanager does.
    static func write(_ silence: Silence, at now: Time, to object: inout JSONWriter) {
        object.member("id", silence.id)
        object.object("status") { $0.member("state", silence.state(at: now).rawValue) }
        object.member("updatedAt", silence.updatedAt.rfc3339)
        object.member("comment", silence.comment)
        object.member("createdBy", silence.createdBy)
        object.member("endsAt", silence.endsAt.rfc3339)
        object.array("matchers") { array in
            for matcher in silence.matchers {
                array.object { entry in
                    entry.member("isEqual", matcher.operation.isPositive)
                    entry.member("isRegex", matcher.operation.isRegularExpression)
                    entry.member("name", matcher.name)
                    entry.member("value", matcher.value)
                }
            }
        }
        object.member("startsAt", silence.startsAt.rfc3339)
    }

    /// The silence that a client asks for, or what is wrong with it.
    static func read(_ node: JSONNode, id: String, at now: Time) throws(AlertmanagerFailure) -> Silence {
        guard let list = node["matchers"]?.elements, !list.isEmpty, list.count <= mostMatchers else {
            throw .invalid("silence invalid: give 1 to \(mostMatchers) matchers")
        }
        var matchers: [LabelMatcher] = []
        for entry in list { matchers.append(try matcher(entry)) }
        guard matchers.contains(where: { !$0.matches(value: "") }) else {
            throw .invalid("silence invalid: at least one matcher must not match the empty string")
        }
        guard let starts = node["startsAt"]?.string.flatMap({ Time(rfc3339: $0) }),
            let ends = node["endsAt"]?.string.flatMap({ Time(rfc3339: $0) })
        else { throw .invalid("silence invalid: give startsAt and endsAt as RFC 3339 times") }
        guard starts < ends else { throw .invalid("silence invalid: end time must not be before start time") }
        guard ends > now else { throw .invalid("silence invalid: end time can't be in the past") }
        let (author, comment) = (node["createdBy"]?.string ?? "", node["comment"]?.string ?? "")
        guard author.utf8.count <= mostBytes, comment.utf8.count <= mostBytes else {
            throw .invalid("silence invalid: createdBy and comment may have \(mostBytes) bytes")
        }
        return Silence(
            id: id, matchers: matchers, startsAt: starts, endsAt: ends, createdBy: author, comment: comment,
            updatedAt: now)
    }

    private static func matcher(_ node: JSONNode) throws(AlertmanagerFailure) -> LabelMatcher {
        guard let name = node["name"]?.string, let value = node["value"]?.string, Label.isName(name),
            name.utf8.count + value.utf8.count <= mostBytes, !value.utf8.contains(0)
        else { throw .invalid("silence invalid: a matcher needs a label name and a value") }
        let isRegex = node["isRegex"]?.bool ?? false
        let isEqual = node["isEqual"]?.bool ?? true
        let operation: MatchOperator = isRegex ? (isEqual ? .matches : .notMatches) : (isEqual ? .equal : .notEqual)
        do {
            return try LabelMatcher(name: name, operation: operation, value: value)
        } catch {
            throw .invalid("silence invalid: \(error.message)")
        }
    }
}
