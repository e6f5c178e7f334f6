/// A value that a message template may speak of.
package indirect enum MessageValue: Sendable {
    case text(String)
    case integer(Int)
    case boolean(Bool)
    case list([MessageValue])
    /// The values of fixed fields in order.
    case record([(name: String, value: MessageValue)])
    /// Labels or annotations in order.
    case labels([(name: String, value: String)])

    /// The value of a field; the empty text for a label that is not there.
    func field(_ name: String) -> MessageValue {
        switch self {
        case .record(let fields): fields.first { $0.name == name }?.value ?? .text("")
        case .labels(let pairs): .text(pairs.first { $0.name.utf8.elementsEqual(name.utf8) }?.value ?? "")
        default: .text("")
        }
    }

    /// How the value is printed by itself.
    var printed: String {
        switch self {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .boolean(let value): value ? "true" : "false"
        case .list, .record, .labels: String(decoding: json, as: UTF8.self)
        }
    }

    /// Whether a condition takes the value for true: not zero, not empty, not false.
    var isTrue: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .integer(let number): number != 0
        case .boolean(let value): value
        case .list(let members): !members.isEmpty
        case .record: true
        case .labels(let pairs): !pairs.isEmpty
        }
    }

    /// The value in JSON, fields beginning with a small letter as in Alertmanager's webhook.
    var json: [UInt8] {
        var json = EscapedJSON()
        Self.write(self, to: &json)
        return json.bytes
    }

    private static func write(_ value: MessageValue, to json: inout EscapedJSON) {
        switch value {
        case .text(let text): json.text(text)
        case .integer(let number): json.number(number)
        case .boolean(let value): json.boolean(value)
        case .list(let members): json.list { json in for member in members { write(member, to: &json) } }
        case .labels(let pairs): json.object { json in for pair in pairs { json.member(pair.name, pair.value) } }
        case .record(let fields):
            json.object { json in
                for (name, value) in fields {
                    json.key(name.prefix(1).lowercased() + name.dropFirst())
                    write(value, to: &json)
                }
            }
        }
    }
}
