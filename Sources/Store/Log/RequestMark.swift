/// By what a request is known again when it is repeated, and what it is to be answered.
package struct RequestMark: Sendable {
    /// A hash of the key that the client gave.
    package let key: [UInt8]
    /// A hash of what the client sent.
    package let digest: [UInt8]
    /// The answer to what became of the rows.
    package let answer: @Sendable (LogResult) -> StoredAnswer

    package init(key: [UInt8], digest: [UInt8], answer: @escaping @Sendable (LogResult) -> StoredAnswer) {
        self.key = key
        self.digest = digest
        self.answer = answer
    }
}

/// An answer that was given to a request, as it is kept.
package struct StoredAnswer: Sendable, Equatable {
    /// A hash of the request; empty where it does not matter.
    package let digest: [UInt8]
    /// The status code.
    package let status: Int32
    /// The body.
    package let body: [UInt8]

    package init(digest: [UInt8] = [], status: Int32, body: [UInt8]) {
        self.digest = digest
        self.status = status
        self.body = body
    }
}
