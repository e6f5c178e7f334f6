import Query

/// A value while a template is filled in.
package indirect enum TemplateValue: Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case list([TemplateValue])
    /// The values of fields in order.
    case record([(name: String, value: TemplateValue)])
    /// Labels or annotations of a notification in order.
    case labels([(name: String, value: String)])

    /// A field, also those that are made of others; the empty text for a label that is not there.
    func field(_ name: String) -> TemplateValue {
        switch (self, name) {
        case (.list(let alerts), "Firing"): .list(alerts.filter { $0.field("Status").printed == "firing" })
        case (.list(let alerts), "Resolved"): .list(alerts.filter { $0.field("Status").printed == "resolved" })
        case (.labels(let pairs), "SortedPairs"):
            .list(pairs.map { .record([("Name", .text($0.name)), ("Value", .text($0.value))]) })
        case (.labels(let pairs), "Names"): .list(pairs.map { .text($0.name) })
        case (.labels(let pairs), "Values"): .list(pairs.map { .text($0.value) })
        case (.labels(let pairs), _): .text(pairs.first { $0.name.utf8.elementsEqual(name.utf8) }?.value ?? "")
        case (.record(let fields), _): fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.value ?? .text("")
        default: .text("")
        }
    }

    /// The members of a list.
    var members: [TemplateValue] {
        if case .list(let members) = self { members } else { [] }
    }

    /// How the value is printed by itself: as Go prints it, and what has parts in JSON.
    var printed: String {
        switch self {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): NumberText.general(number)
        case .boolean(let value): value ? "true" : "false"
        case .list, .record, .labels: String(decoding: json, as: UTF8.self)
        }
    }

    /// Whether a condition takes the value for true: not zero, not empty, not false.
    var isTrue: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .integer(let number): number != 0
        case .number(let number): number != 0
        case .boolean(let value): value
        case .list(let members): !members.isEmpty
        case .record: true
        case .labels(let pairs): !pairs.isEmpty
        }
    }

    /// The value in JSON, fields beginning with a small letter as in Alertmanager's webhook.
    var json: [UInt8] {
        var json = EscapedJSON()
        write(to: &json)
        return json.bytes
    }

    private func write(to json: inout EscapedJSON) {
        switch self {
        case .text(let text): json.text(text)
        case .integer(let number): json.number(number)
        case .number(let number) where number.isFinite: json.raw(NumberText.general(number).utf8)
        case .number(let number): json.text(NumberText.general(number))
        case .boolean(let value): json.boolean(value)
        case .list(let members): json.list { json in for member in members { member.write(to: &json) } }
        case .labels(let pairs): json.object { json in for pair in pairs { json.member(pair.name, pair.value) } }
        case .record(let fields):
            json.object { json in
                for (name, value) in fields {
                    json.key(name.prefix(1).lowercased() + name.dropFirst())
                    value.write(to: &json)
                }
            }
        }
    }
}
