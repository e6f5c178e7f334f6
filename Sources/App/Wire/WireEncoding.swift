/// The ways in which rows come over the wire.
package enum WireEncoding: String, CaseIterable, Sendable {
    /// One JSON document: an object, an array, or an object around an array.
    case json

    /// A JSON object on every line.
    case ndjson

    /// Comma-separated values with a header.
    case csv

    /// The encoding that a `Content-Type` header names.
    ///
    /// - Throws: ``WireError/unsupportedMediaType`` for no header, another type, or a charset that is not UTF-8.
    package init(contentType: String?) throws(WireError) {
        // As nearly everybody writes it.
        guard contentType != "application/json" else {
            self = .json
            return
        }
        let parts = (contentType ?? "").lowercased().split(separator: ";", omittingEmptySubsequences: false)
        func trimmed(_ part: Substring) -> Substring {
            var part = part.drop { $0 == " " || $0 == "\t" }
            while part.last == " " || part.last == "\t" { part.removeLast() }
            return part
        }
        for part in parts.dropFirst() {
            let parameter = trimmed(part)
            guard parameter.hasPrefix("charset=") else { continue }
            let charset = parameter.dropFirst("charset=".count).filter { $0 != "\"" }
            guard ["utf-8", "utf8", "us-ascii"].contains(charset) else { throw .unsupportedMediaType }
        }
        switch trimmed(parts[0]) {
        case "application/json": self = .json
        case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines":
            self = .ndjson
        case "text/csv": self = .csv
        default: throw .unsupportedMediaType
        }
    }
}
