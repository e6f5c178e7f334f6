import Addresses
import Curl
import Foundation
import JSON

/// Speaks the HTTP interface of a service; many tasks may share it.
struct ServiceClient: Sendable {
    /// An answer that was not expected.
    struct Refusal: Error, CustomStringConvertible {
        let request: String
        let answer: ServiceAnswer
        var description: String { "\(request) -> \(answer)" }
    }

    /// Where the service is, without a slash at the end.
    let url: String
    private let sender: HTTPSender
    private let policy: AddressPolicy

    init(url: String) throws {
        self.url = url
        sender = try HTTPSender()
        policy = try AddressPolicy(allowing: ["127.0.0.0/8"])
    }

    /// Sends a request and returns its answer, whatever the status.
    func send(
        _ method: String, _ path: String, _ body: [UInt8] = [], type: String = "application/json",
        headers: [String: String] = [:], timeout: Duration = .seconds(60)
    ) async throws -> ServiceAnswer {
        var fields = headers.map { HTTPRequest.Header($0.key, $0.value) }
        if !body.isEmpty { fields.append(HTTPRequest.Header("Content-Type", type)) }
        let request = HTTPRequest(
            method: method, url: url + path, headers: fields, body: body, timeout: timeout, bodyLimit: 1 << 28)
        return ServiceAnswer(try await sender.send(request, policy: policy))
    }

    /// Sends a request that must be taken, at least in part, and returns the answer's document.
    @discardableResult
    func call(
        _ method: String, _ path: String, _ body: [UInt8], type: String = "application/json"
    ) async throws -> JSONNode {
        let answer = try await send(method, path, body, type: type)
        guard answer.isSuccess || answer.status == 422 else {
            throw Refusal(request: "\(method) \(path)", answer: answer)
        }
        return try answer.document
    }

    /// Sends a JSON document, or nothing.
    @discardableResult
    func call(_ method: String, _ path: String, _ document: JSONNode? = nil) async throws -> JSONNode {
        try await call(method, path, document?.bytes ?? [])
    }

    /// Sends rows as CSV.
    @discardableResult
    func call(_ method: String, _ path: String, csv: String) async throws -> JSONNode {
        try await call(method, path, Array(csv.utf8), type: "text/csv")
    }

    /// The series of a measure over a model's windows of a length.
    func series(
        _ model: String, _ measure: String, _ length: String, _ query: [String: String] = [:]
    ) async throws -> Series {
        let query = query.merging(["measure": measure, "length": length]) { $1 }
        return try Series(try await call("GET", "/v1/models/\(model)/series?\(Self.form(query))"))
    }

    /// One window of a model.
    func window(
        _ model: String, _ length: String, end: String, _ query: [String: String] = [:]
    ) async throws -> JSONNode {
        let query = query.merging(["end": end, "length": length]) { $1 }
        return try await call("GET", "/v1/models/\(model)/windows?\(Self.form(query))")
    }

    /// Whether the service says that it is ready.
    func isReady() async -> Bool {
        do {
            return try await send("GET", "/readyz", timeout: .seconds(2)).status == 200
        } catch {
            return false
        }
    }

    /// The query part of a URL.
    static func form(_ query: [String: String]) -> String {
        query.sorted { $0.key < $1.key }.map { "\(escaped($0.key))=\(escaped($0.value))" }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
