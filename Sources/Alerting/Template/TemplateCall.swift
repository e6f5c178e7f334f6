import Query

/// A call of a function with what was prepared for it.
struct TemplateCall: Sendable {
    let function: TemplateFunction
    let arguments: [TemplateExpression]
    /// The parsed format of `printf`.
    let format: TemplateFormat?
    /// The compiled pattern of `match` and `reReplaceAll`.
    let pattern: RegularExpression?

    /// The result for the values of the arguments.
    func value(_ values: [TemplateValue], limit: Int) throws(TemplateFailure) -> TemplateValue {
        let first = values[0]
        switch function {
        case .and: return values.first { !$0.isTrue } ?? values[values.count - 1]
        case .or: return values.first { $0.isTrue } ?? values[values.count - 1]
        case .not: return .boolean(!first.isTrue)
        case .eq: return .boolean(values.dropFirst().contains { TemplateOrder.areEqual(first, $0) })
        case .ne: return .boolean(!TemplateOrder.areEqual(first, values[1]))
        case .lt: return .boolean(TemplateOrder.isLess(first, values[1]))
        case .le: return .boolean(TemplateOrder.isLess(first, values[1]) || TemplateOrder.areEqual(first, values[1]))
        case .gt: return .boolean(!TemplateOrder.isLess(first, values[1]) && !TemplateOrder.areEqual(first, values[1]))
        case .ge: return .boolean(!TemplateOrder.isLess(first, values[1]))
        case .len: return .integer(Self.length(first))
        case .join: return .text(values[1].members.map(\.printed).joined(separator: first.printed))
        case .json: return .text(String(decoding: first.json, as: UTF8.self))
        case .html: return .text(MarkupText.escaped(first.printed))
        case .urlquery: return .text(Self.queryEncoded(first.printed))
        case .printf: return .text(format?.text(Array(values.dropFirst())) ?? "")
        case .match: return .boolean(pattern?.matchesPart(of: values[1].printed) ?? false)
        case .reReplaceAll:
            let text = pattern?.replacingMatches(in: values[2].printed, with: values[1].printed, limit: limit)
            guard let text else {
                throw TemplateFailure(message: "the text is too long for reReplaceAll, or its pattern takes too long")
            }
            return .text(text)
        case .title: return .text(TemplateCase.title(first.printed))
        case .toUpper: return .text(TemplateCase.upper(first.printed))
        case .toLower: return .text(TemplateCase.lower(first.printed))
        case .humanize, .humanize1024, .humanizeDuration, .humanizePercentage, .humanizeTimestamp:
            return .text(try TemplateHumanize.text(function, first))
        }
    }

    private static func length(_ value: TemplateValue) -> Int {
        switch value {
        case .text(let text): text.utf8.count
        case .labels(let pairs): pairs.count
        default: value.members.count
        }
    }

    private static func queryEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: " "): "+"
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
