package import JSON
package import Monitoring

/// Why a whole body cannot be read as rows. Single bad rows are values of ``Monitoring/RowRejection`` instead.
package enum WireError: Error, Hashable, Sendable {
    /// Not JSON, or no line of it; the offset is that in the whole body.
    case notJSON(JSONError)

    /// Not CSV; lines are counted from 1.
    case notCSV(line: Int, detail: String)

    /// A JSON document that holds no rows where they belong.
    case notRows(detail: String)

    /// More rows than one request may have.
    case tooManyRows(limit: Int)

    /// A `Content-Type` that is none of ours.
    case unsupportedMediaType

    /// Features that a model cannot have, in rows that were to decide them.
    case features(SchemaRefusal)
}

extension WireError: CustomStringConvertible {
    /// What is wrong and what to send instead; never a value of the body.
    package var description: String {
        switch self {
        case .notJSON(let error): error.description
        case .notCSV(let line, let detail): "line \(line): \(detail)"
        case .notRows(let detail): detail
        case .tooManyRows(let limit): "more than \(limit) rows: send them in several requests"
        case .unsupportedMediaType: "send application/json, application/x-ndjson or text/csv, in UTF-8"
        case .features(let refusal):
            refusal.mistakes.prefix(10).map { "\($0.pointer): \($0.detail)" }.joined(separator: "; ")
        }
    }
}
