/// A function that annotation templates may call; names and meanings are Go's and Prometheus's.
enum TemplateFunction: String, Sendable, CaseIterable {
    case and
    case eq
    case ge
    case gt
    case humanize
    case humanize1024
    case humanizeDuration
    case humanizePercentage
    case humanizeTimestamp
    case le
    case lt
    case match
    case ne
    case not
    case or
    case printf
    case reReplaceAll
    case title
    case toLower
    case toUpper

    /// How many arguments it takes.
    var argumentCount: ClosedRange<Int> {
        switch self {
        case .and, .or: 1...100
        case .eq: 2...100
        case .ge, .gt, .le, .lt, .ne, .match: 2...2
        case .reReplaceAll: 3...3
        case .printf: 1...100
        case .humanize, .humanize1024, .humanizeDuration, .humanizePercentage, .humanizeTimestamp, .not, .title,
            .toLower, .toUpper:
            1...1
        }
    }
}
