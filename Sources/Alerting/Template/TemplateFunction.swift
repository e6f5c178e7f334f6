/// A function that templates may call; names and meanings are those of Go, Prometheus and Alertmanager.
enum TemplateFunction: String, Sendable, CaseIterable {
    case and, eq, ge, gt, html, humanize, humanize1024, humanizeDuration, humanizePercentage, humanizeTimestamp, join,
        json,
        le, len, lt, match, ne, not, or, printf, reReplaceAll, title, toLower, toUpper, urlquery

    /// The function of a name, unless the peer whose templates these are has none.
    init?(_ name: String, in language: TemplateLanguage) {
        self.init(rawValue: name)
        guard has(language) else { return nil }
    }

    private func has(_ language: TemplateLanguage) -> Bool {
        switch self {
        case .join, .json: language == .message
        case .humanize, .humanize1024, .humanizeDuration, .humanizePercentage, .humanizeTimestamp:
            language == .annotation
        default: true
        }
    }

    /// What is said of a name that is none of a function.
    static func unknown(_ name: String, in language: TemplateLanguage) -> String {
        let supported = allCases.filter { $0.has(language) }.map(\.rawValue).joined(separator: ", ")
        return "the function \(name) is not known in \(language.name); supported are \(supported)"
    }

    /// How many arguments it takes.
    var argumentCount: ClosedRange<Int> {
        switch self {
        case .and, .or, .printf: 1...100
        case .eq: 2...100
        case .ge, .gt, .le, .lt, .ne, .match, .join: 2...2
        case .reReplaceAll: 3...3
        default: 1...1
        }
    }
}
