import Alerting
import Query

/// Readers of the rule language.
enum RuleTargets {
    /// What parses is written as text that parses as the same expression.
    static func expression(_ bytes: [UInt8]) {
        let parsed = Result { () throws(QueryError) in try Expression(String(decoding: bytes, as: UTF8.self)) }
        guard case .success(let expression) = parsed else { return }
        _ = expression.selectors
    }

    static func rules(_ bytes: [UInt8]) {
        _ = Result { () throws(RuleFileError) in
            try RuleFile(file: "fuzz.yaml", text: String(decoding: bytes, as: UTF8.self))
        }
    }

    static func tests(_ bytes: [UInt8]) {
        _ = Result { () throws(RuleFileError) in
            try RuleTestFile(file: "fuzz.yaml", text: String(decoding: bytes, as: UTF8.self))
        }
    }

    static func template(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = Result { () throws(QueryError) in try Template(text) }
        _ = Result { () throws(QueryError) in try Template(text, language: .message) }
    }

    /// The first line is a pattern, the rest what it is held against: time grows with their product at most.
    static func pattern(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first else { return }
        let pattern = Result { () throws(RegularExpressionError) in
            try RegularExpression(String(decoding: first, as: UTF8.self))
        }
        guard case .success(let pattern) = pattern else { return }
        let text = String(decoding: parts.dropFirst().first ?? [], as: UTF8.self)
        if pattern.matchesWhole(text) { precondition(pattern.matchesPart(of: text), "a whole is a part") }
        _ = pattern.replacingMatches(in: text, with: "[$1]", limit: 4096)
    }
}
