import JSON

/// A file of small cases with their expected values.
struct ExpectedCases: Sendable {
    let document: JSONNode

    /// The cases, in the order of the file.
    let cases: [Case]

    /// One case.
    struct Case: Sendable {
        let id: String
        let document: JSONNode

        /// The expected value under a path of keys; `Infinity` stays a text.
        func expected(_ path: String...) -> JSONNode? {
            path.reduce(document["expected"]) { $0?[$1] }
        }

        /// A column of rows.
        func column(_ name: String) -> [JSONNode] { document[name]?.elements ?? [] }
    }

    init(_ file: String) throws {
        document = try SharedFiles.document("expected/\(file)")
        cases = (document["cases"]?.elements ?? []).map { Case(id: $0["id"]?.string ?? "?", document: $0) }
        if cases.isEmpty { throw Unexpected(description: "\(file) has no cases") }
    }
}
