import JSON
import Monitoring
import Statistics

/// What a reference was put as, in JSON: the same members as the body of the request.
extension ReferenceDefinition {
    /// A stored definition that cannot be read.
    struct Unreadable: Error {}

    /// Reads what ``stored`` wrote.
    init(stored: String?) throws {
        guard let stored else {
            self = .rows
            return
        }
        let document = try JSONNode(parsing: stored)
        if document["profile"]?.bool == true {
            self = .profile
            return
        }
        guard case .success(let definition) = Self.read(document) else { throw Unreadable() }
        self = definition
    }

    /// The definition as it is stored; nil for rows.
    var stored: String? {
        switch self {
        case .rows: nil
        case .profile: JSONNode.object([JSONNode.Member("profile", true)]).text
        case .stretch, .rolling: JSONNode.object(members).text
        }
    }

    /// The members of the request that makes it; none for rows and profiles.
    var members: [JSONNode.Member] {
        switch self {
        case .rows, .profile: return []
        case .stretch(let from, let to):
            return [JSONNode.Member("from", .string(from.rfc3339)), JSONNode.Member("to", .string(to.rfc3339))]
        case .rolling(let rolling):
            var members = rolling.version.map { [JSONNode.Member("version", .string($0.string))] } ?? []
            switch rolling.stretch {
            case .own: break
            case .trailing(let length, let lag):
                members.append(JSONNode.Member("trailing", .string(length.text)))
                if let lag { members.append(JSONNode.Member("lag", .string(lag.text))) }
            case .shifted(let distance): members.append(JSONNode.Member("shift", .string(distance.text)))
            }
            return members
        }
    }

    /// Something in a definition that cannot be so, with where it stands.
    struct Mistake: Error {
        let pointer: String
        let detail: String
    }

    private static let known = ["from", "to", "trailing", "lag", "shift", "version"]

    /// Reads a definition; unknown members are mistakes, so that a typing error does not go unnoticed.
    static func read(_ document: JSONNode) -> Result<Self, Mistake> {
        do throws(Mistake) {
            guard let members = document.members else {
                throw Mistake(pointer: "", detail: "give an object, as in {\"trailing\": \"7d\", \"lag\": \"7d\"}")
            }
            for member in members where !known.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
                throw Mistake(
                    pointer: "/" + member.name,
                    detail: "a reference is made of from and to, trailing and lag, shift, or version")
            }
            return .success(try definition(document))
        } catch {
            return .failure(error)
        }
    }

    private static func definition(_ document: JSONNode) throws(Mistake) -> Self {
        if document["from"] != nil || document["to"] != nil {
            for name in ["trailing", "lag", "shift", "version"] where document[name] != nil {
                throw Mistake(pointer: "/" + name, detail: "from and to stand by themselves; leave this out")
            }
            return try frozen(document)
        }
        let version = try version(document["version"])
        let trailing = try duration(document, "trailing", least: 1)
        let lag = try duration(document, "lag", least: 0)
        let shift = try duration(document, "shift", least: 1)
        if let trailing {
            guard shift == nil else { throw Mistake(pointer: "/shift", detail: "give trailing or shift, not both") }
            return try rolling(.trailing(trailing, lag: lag), version)
        }
        guard lag == nil else { throw Mistake(pointer: "/lag", detail: "a lag belongs to trailing; add that") }
        return try rolling(shift.map { .shifted($0) } ?? .own, version)
    }

    private static func rolling(
        _ stretch: RollingReference.Stretch, _ version: ByteText?
    ) throws(Mistake) -> Self {
        guard let rolling = RollingReference(stretch, version: version) else {
            throw Mistake(
                pointer: "",
                detail: "give from and to, trailing (and lag), shift, or version, as in {\"shift\": \"7d\"}")
        }
        return .rolling(rolling)
    }

    private static func frozen(_ document: JSONNode) throws(Mistake) -> Self {
        var times: [Time] = []
        for name in ["from", "to"] {
            guard let time = document[name]?.string.flatMap({ Time(rfc3339: $0) }) else {
                throw Mistake(pointer: "/" + name, detail: "give a time, as in 2026-01-01T00:00:00Z")
            }
            times.append(time)
        }
        guard times[0] < times[1] else { throw Mistake(pointer: "/to", detail: "give a time after from") }
        return .stretch(from: times[0], to: times[1])
    }

    private static func duration(
        _ document: JSONNode, _ name: String, least: Int64
    ) throws(Mistake) -> PrometheusDuration? {
        guard let node = document[name] else { return nil }
        guard let duration = node.string.flatMap({ PrometheusDuration($0) }), duration.microseconds >= least else {
            throw Mistake(
                pointer: "/" + name,
                detail: least > 0 ? "give a duration above 0, as in \"7d\"" : "give a duration, as in \"7d\"")
        }
        return duration
    }

    private static func version(_ node: JSONNode?) throws(Mistake) -> ByteText? {
        guard let node else { return nil }
        guard let text = node.scalarText, (1...256).contains(text.utf8.count), !text.utf8.contains(0) else {
            throw Mistake(pointer: "/version", detail: "give the text of a model version, 1 to 256 bytes")
        }
        return ByteText(text)
    }
}
