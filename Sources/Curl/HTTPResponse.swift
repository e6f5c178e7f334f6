/// The answer to an ``HTTPRequest``. Redirects are not followed: a 3xx is an answer.
package struct HTTPResponse: Sendable {
    /// The status code, 200 to 999.
    package let status: Int

    /// Header fields in the order in which they came.
    package let headers: [HTTPRequest.Header]

    /// The first bytes of the body, at most as many as the request's `bodyLimit`.
    package let body: [UInt8]

    /// Whether the body went on beyond the limit.
    package let isTruncated: Bool

    /// An answer.
    package init(status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = [], isTruncated: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isTruncated = isTruncated
    }

    /// The value of the first field of that name in ASCII letters of either case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased().utf8.elementsEqual(wanted.utf8) }?.value
    }
}
