/// A function that message templates may call; names and meanings are those of Go's and Alertmanager's templates.
enum MessageFunction: String, CaseIterable, Sendable {
    case and, eq, ge, gt, html, join, json, le, len, lt, ne, not, or, title, toLower, toUpper, urlquery

    /// The kind of the result, or what is wrong with the kinds of the arguments.
    func result(of arguments: [MessageType]) -> Result<MessageType, Mistake> {
        switch self {
        case .json: return one(arguments, allowing: { _ in true }, .text)
        case .html, .title, .toLower, .toUpper, .urlquery: return one(arguments, allowing: { $0 == .text }, .text)
        case .not: return one(arguments, allowing: { _ in true }, .boolean)
        case .len:
            return one(arguments, allowing: { $0 == .text || $0 == .labels || $0.element != nil }, .integer)
        case .join:
            guard arguments == [.text, .list(.text)] else { return .failure("takes a text and a list of texts") }
            return .success(.text)
        case .and, .or:
            guard let first = arguments.first, arguments.allSatisfy({ $0 == first }) else {
                return .failure("takes arguments of one kind")
            }
            return .success(first)
        case .eq, .ne:
            let isComparable = arguments.first.map { [.text, .integer, .boolean].contains($0) } ?? false
            guard arguments.count == 2, isComparable, arguments[0] == arguments[1] else {
                return .failure("takes two texts, two whole numbers or two truth values")
            }
            return .success(.boolean)
        case .ge, .gt, .le, .lt:
            guard arguments == [.integer, .integer] else { return .failure("takes two whole numbers") }
            return .success(.boolean)
        }
    }

    /// The end of a sentence that starts with the function's name.
    typealias Mistake = MessageMistake

    private func one(
        _ arguments: [MessageType], allowing isAllowed: (MessageType) -> Bool, _ result: MessageType
    ) -> Result<MessageType, Mistake> {
        guard arguments.count == 1 else { return .failure("takes one argument, not \(arguments.count)") }
        guard isAllowed(arguments[0]) else { return .failure("cannot take a \(arguments[0].name)") }
        return .success(result)
    }

    /// The result for values of the right kinds.
    func value(_ arguments: [MessageValue]) -> MessageValue {
        switch self {
        case .json: .text(String(decoding: arguments[0].json, as: UTF8.self))
        case .html: .text(MarkupText.escaped(arguments[0].printed))
        case .urlquery: .text(Self.percentEncoded(arguments[0].printed))
        case .title: .text(TemplateCase.title(arguments[0].printed))
        case .toUpper: .text(TemplateCase.upper(arguments[0].printed))
        case .toLower: .text(TemplateCase.lower(arguments[0].printed))
        case .not: .boolean(!arguments[0].isTrue)
        case .len: .integer(Self.length(arguments[0]))
        case .join: .text(Self.members(arguments[1]).map(\.printed).joined(separator: arguments[0].printed))
        case .and: arguments.first { !$0.isTrue } ?? arguments[arguments.count - 1]
        case .or: arguments.first { $0.isTrue } ?? arguments[arguments.count - 1]
        case .eq: .boolean(arguments[0].printed.utf8.elementsEqual(arguments[1].printed.utf8))
        case .ne: .boolean(!arguments[0].printed.utf8.elementsEqual(arguments[1].printed.utf8))
        case .ge: .boolean(Self.number(arguments[0]) >= Self.number(arguments[1]))
        case .gt: .boolean(Self.number(arguments[0]) > Self.number(arguments[1]))
        case .le: .boolean(Self.number(arguments[0]) <= Self.number(arguments[1]))
        case .lt: .boolean(Self.number(arguments[0]) < Self.number(arguments[1]))
        }
    }

    private static func number(_ value: MessageValue) -> Int {
        if case .integer(let number) = value { number } else { 0 }
    }

    private static func members(_ value: MessageValue) -> [MessageValue] {
        if case .list(let members) = value { members } else { [] }
    }

    private static func length(_ value: MessageValue) -> Int {
        switch value {
        case .text(let text): text.utf8.count
        case .labels(let pairs): pairs.count
        default: members(value).count
        }
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
