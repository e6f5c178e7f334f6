import Crypto
import HTTPTypes
import Hummingbird
import Monitoring
import Store

/// The key by which a client marks a request that it may send again, and what it sent with it.
struct IdempotencyKey {
    /// A hash of the key.
    let hash: [UInt8]
    /// A hash of the request.
    let digest: [UInt8]

    private static let field = HTTPField.Name("Idempotency-Key")
    /// The most bytes of a key.
    private static let most = 255

    /// The key of a request with this decoded body; nil where it has none.
    ///
    /// A key is taken as a quoted string, as the draft of the header field has it, or as it stands where it has neither blanks,
    /// commas nor quotes, so that two headers that a proxy has made one are not taken for one key.
    init?(_ request: Request, body: [UInt8]) throws(Problem) {
        guard let field = Self.field, request.headers.contains(field) else { return nil }
        let values = request.headers[values: field]
        guard values.count == 1, let key = Self.text(of: Array((values.first ?? "").utf8)) else {
            throw .unreadable(
                "Idempotency-Key is one text of 1 to \(Self.most) bytes of ASCII, such as a UUID; quote one with blanks"
            )
        }
        hash = Self.hash([Array(request.uri.path.utf8), key])
        digest = Self.hash([Array(request.mediaType.utf8), Array((request.uri.query ?? "").utf8), body])
    }

    /// The key that a header's value says; nil for what is none.
    private static func text(of value: [UInt8]) -> [UInt8]? {
        let quote = UInt8(ascii: "\"")
        let isQuoted = value.count >= 2 && value.first == quote && value.last == quote
        let key = isQuoted ? Array(value.dropFirst().dropLast()) : value
        guard (1...most).contains(key.count) else { return nil }
        let isKey = key.allSatisfy { byte in
            (0x20...0x7E).contains(byte) && byte != quote
                && (isQuoted || (byte != UInt8(ascii: " ") && byte != UInt8(ascii: ",")))
        }
        return isKey ? key : nil
    }

    /// The SHA-256 of some parts, each with its length before it.
    private static func hash(_ parts: [[UInt8]]) -> [UInt8] {
        var sha = SHA256()
        for part in parts {
            sha.update(data: Array("\(part.count):".utf8))
            sha.update(data: part)
        }
        return Array(sha.finalize())
    }

    /// What the request was answered before, nil where it is new.
    /// - Throws: 422 where something else was sent with the same key.
    func earlierAnswer(model: Int32, in store: Store, at now: Time) async throws -> StoredAnswer? {
        guard let answer = try await store.answer(model: model, key: hash, at: now) else { return nil }
        guard answer.digest == digest else {
            throw Problem(
                .unprocessableContent, "The key was used for another request",
                detail: "take a new Idempotency-Key for a request with other content")
        }
        return answer
    }

    /// The mark of the request, which is answered with a receipt.
    func mark(_ receipt: Receipt, dataRows: [Int]) -> RequestMark {
        RequestMark(key: hash, digest: digest) { result in receipt.taking(result, dataRows: dataRows).answer }
    }
}
