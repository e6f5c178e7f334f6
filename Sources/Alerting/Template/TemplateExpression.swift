/// What stands between the braces of a template.
indirect enum TemplateExpression: Sendable {
    case constant(TemplateValue)
    /// `$value` and `.Value`.
    case value
    /// `$labels.name` and `.Labels.name`.
    case label(String)
    /// `$externalLabels.name` and `.ExternalLabels.name`.
    case externalLabel(String)
    /// `$externalURL` and `.ExternalURL`.
    case externalURL
    case call(TemplateCall)

    /// The kind of value that it has.
    var type: TemplateType {
        switch self {
        case .constant(.text), .label, .externalLabel, .externalURL: .text
        case .constant(.integer): .integer
        case .constant(.number), .value: .number
        case .constant(.boolean): .boolean
        case .call(let call): call.type
        }
    }

    /// Whether the value of the expression occurs in it.
    var usesValue: Bool {
        switch self {
        case .value: true
        case .call(let call): call.arguments.contains(where: \.usesValue)
        default: false
        }
    }
}

extension TemplateCall {
    /// The kind of value that the function returns.
    var type: TemplateType {
        switch function {
        case .and, .or:
            let types = Set(arguments.map(\.type))
            return types.count == 1 ? types.first ?? .mixed : .mixed
        case .eq, .ge, .gt, .le, .lt, .match, .ne, .not: return .boolean
        case .humanize, .humanize1024, .humanizeDuration, .humanizePercentage, .humanizeTimestamp, .printf,
            .reReplaceAll, .title, .toLower, .toUpper:
            return .text
        }
    }
}
