import JSON

/// A model as a schema file describes it, ready to be put to the service.
///
/// A file has the form of the service's own `PUT` body, or that of a data set: `name`, `task`, lists `numeric` and
/// `categorical`, `positive_class`, `threshold`, `window`, `step`, and the names of the columns.
struct SchemaDocument {
    /// The model's name, where the file says one.
    let name: String?

    /// Columns of the files by the names that the service knows them by.
    let renaming: [String: String]

    /// The body of `PUT /v1/models/{model}`.
    private(set) var body: [JSONNode.Member]

    /// Keys of a data set's schema that a model takes over as they are.
    private static let shared = [
        "classes", "windows", "methods", "segments", "grid_points", "alerting", "watermark_delay", "allowed_lateness",
        "label_horizon", "retention",
    ]

    /// What an old log needs, so that its rows stay as long as they are looked at.
    private static let defaults: [(String, JSONNode)] = [
        ("allowed_lateness", "1h"), ("label_horizon", "3650d"),
        ("retention", ["rows": "20000d", "panes": "20000d"]),
    ]

    /// Reads a schema file; settings are `key=json` of the command line and win over the file.
    init(path: String, settings: [String]) throws(CommandFailure) {
        let bytes = try InputFile(path: path).contents(limit: 16 << 20)
        let document: JSONNode
        do { document = try JSONNode(parsing: bytes) } catch { throw CommandFailure("\(path): \(error)") }
        guard let members = document.members else { throw CommandFailure("\(path): give a JSON object") }
        name = document["name"]?.string
        if document["numeric"] != nil || document["categorical"] != nil {
            guard (document["null_text"]?.string ?? "").isEmpty else {
                throw CommandFailure("\(path): null_text must be empty: replace that text by nothing in the files")
            }
            renaming = Self.columns(document)
            body = Self.translated(document)
        } else {
            renaming = [:]
            body = members.filter { $0.name != "name" }
        }
        for (key, value) in Self.defaults where document[key] == nil { set(key, value) }
        for setting in settings { try set(setting) }
    }

    /// The body as a document.
    var document: JSONNode { .object(body) }

    private mutating func set(_ setting: String) throws(CommandFailure) {
        guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
            throw CommandFailure("--set \(setting): write key=json, such as grid_points=65536")
        }
        let text = String(setting[setting.index(after: equals)...])
        var value = JSONNode.string(text)
        if Self.looksLikeJSON(text) {
            do { value = try JSONNode(parsing: text) } catch { throw CommandFailure("--set \(setting): \(error)") }
        }
        set(String(setting[..<equals]), value)
    }

    private mutating func set(_ key: String, _ value: JSONNode) {
        body.removeAll { $0.name.utf8.elementsEqual(key.utf8) }
        body.append(JSONNode.Member(key, value))
    }

    /// Whether a text is meant as JSON; anything else, such as `1h`, is a text by itself.
    private static func looksLikeJSON(_ text: String) -> Bool {
        ["true", "false", "null"].contains(text) || Double(text) != nil || "{[\"".contains(text.prefix(1).first ?? " ")
    }

    private static func columns(_ document: JSONNode) -> [String: String] {
        let roles = ["id": "prediction_id", "timestamp": "timestamp"]
        var columns: [String: String] = [:]
        for (role, name) in roles.merging(["score", "prediction", "actual"].map { ($0, $0) }, uniquingKeysWith: { $1 })
        {
            if let column = document[role]?.string, column != name { columns[column] = name }
        }
        return columns
    }

    private static func translated(_ document: JSONNode) -> [JSONNode.Member] {
        var features: [JSONNode.Member] = []
        for kind in ["numeric", "categorical"] {
            for feature in document[kind]?.elements?.compactMap(\.string) ?? [] {
                features.append(JSONNode.Member(feature, ["type": .string(kind)]))
            }
        }
        var body = [
            JSONNode.Member("task", document["task"] ?? "none"), JSONNode.Member("features", .object(features)),
        ]
        if let positive = document["positive_class"]?.scalarText {
            body.append(JSONNode.Member("positive_class", .string(positive)))
        }
        if let threshold = document["threshold"], !threshold.isNull {
            body.append(JSONNode.Member("threshold", threshold))
        }
        if let length = document["window"], let step = document["step"] {
            body.append(JSONNode.Member("windows", [["length": length, "step": step]]))
        }
        for key in shared {
            if let value = document[key], !value.isNull { body.append(JSONNode.Member(key, value)) }
        }
        return body
    }
}
