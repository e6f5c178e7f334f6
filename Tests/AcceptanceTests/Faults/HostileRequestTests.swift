import Foundation
import JSON
import TestSupport
import Testing

extension AcceptanceSuite {
    /// Bytes that are no HTTP, or more of it than anybody needs: each gets its answer, and the next request is served.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct HostileRequestTests {
        /// What is sent, and with which status it is answered; 0 where the connection is closed without an answer.
        private struct Case {
            let name: String
            let text: String
            let statuses: Set<Int>

            init(_ name: String, _ text: String, _ statuses: Set<Int>) {
                self.name = name
                self.text = text
                self.statuses = statuses
            }
        }

        private static let host = "Host: driftline\r\n"
        private static let end = "Connection: close\r\n\r\n"
        private static func get(_ headers: String) -> String { "GET /healthz HTTP/1.1\r\n\(host)\(headers)\(end)" }
        private static func post(_ headers: String, _ body: String = "") -> String {
            "POST /v1/models/m/predictions HTTP/1.1\r\n\(host)Content-Type: application/json\r\n\(headers)\(end)\(body)"
        }

        private static let cases: [Case] = [
            Case("a request", get(""), [200]),
            Case(
                "a request line of 128 KiB",
                "GET /\(String(repeating: "a", count: 128 << 10)) HTTP/1.1\r\n\(host)\(end)", [400, 414, 431]),
            Case("a header of 128 KiB", get("X: \(String(repeating: "a", count: 128 << 10))\r\n"), [400, 431]),
            Case("a thousand headers", get((0..<1000).map { "X\($0): a\r\n" }.joined()), [400, 431]),
            Case("a space in a header's name", get("X Y: a\r\n"), [400]),
            Case("a header without a colon", get("XY\r\n"), [400]),
            Case("a folded header", get("X: a\r\n b\r\n"), [200, 400]),
            Case("a zero byte in a header", get("X: a\0b\r\n"), [400]),
            Case("a lone carriage return in a header", get("X: a\rb\r\n"), [400]),
            Case("two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "[]"), [400]),
            Case("a length with a sign", post("Content-Length: +2\r\n", "[]"), [400]),
            Case("a negative length", post("Content-Length: -1\r\n", "[]"), [400]),
            Case("a hexadecimal length", post("Content-Length: 0x2\r\n", "[]"), [400]),
            Case("a length of 10^30", post("Content-Length: 1000000000000000000000000000000\r\n", "[]"), [400, 413]),
            Case(
                "a length and chunks",
                post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "2\r\n[]\r\n0\r\n\r\n"),
                [400]),
            Case("chunks twice", post("Transfer-Encoding: chunked, chunked\r\n", "2\r\n[]\r\n0\r\n\r\n"), [400, 501]),
            Case("an unknown coding", post("Transfer-Encoding: xchunked\r\n", "2\r\n[]\r\n0\r\n\r\n"), [400, 501]),
            Case(
                "a chunk whose size overflows", post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n[]"), [400]
            ),
            Case("a chunk without its end", post("Transfer-Encoding: chunked\r\n", "2\r\n[]XX0\r\n\r\n"), [400]),
            Case("a chunk with a bad size", post("Transfer-Encoding: chunked\r\n", "zz\r\n[]\r\n0\r\n\r\n"), [400]),
            Case("HTTP/0.9", "GET /healthz\r\n\r\n", [0, 400, 505]),
            Case("HTTP/7.3", "GET /healthz HTTP/7.3\r\n\(host)\r\n", [400, 505]),
            Case("HTTP/2 without having asked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400, 505]),
            Case("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}\r\n\r\n", [0, 400]),
            Case("no bytes of HTTP at all", "hello\r\n\r\n", [400]),
            Case("an unknown method", "FETCH /healthz HTTP/1.1\r\n\(host)\(end)", [400, 404, 405, 501]),
            Case("TRACE", "TRACE /healthz HTTP/1.1\r\n\(host)\(end)", [404, 405, 501]),
            Case("CONNECT", "CONNECT example.com:443 HTTP/1.1\r\n\(host)\(end)", [400, 404, 405, 501]),
            Case("a method in lower case", "get /healthz HTTP/1.1\r\n\(host)\(end)", [400, 404, 405, 501]),
            Case("an empty part of a path", "GET /v1//models HTTP/1.1\r\n\(host)\(end)", [200, 400, 404]),
            Case("dots in a path", "GET /v1/models/%2e%2e/x HTTP/1.1\r\n\(host)\(end)", [400, 404]),
            Case("a zero byte in a path", "GET /v1/models/%00 HTTP/1.1\r\n\(host)\(end)", [400, 404]),
            Case("bad UTF-8 in a path", "GET /v1/models/%c0%ae HTTP/1.1\r\n\(host)\(end)", [400, 404]),
            Case(
                "ten thousand parameters",
                "GET /v1/models?\((0..<10_000).map { "a\($0)" }.joined(separator: "&")) HTTP/1.1\r\n\(host)\(end)",
                [200, 400, 414, 422, 431]),
            Case("no media type", post("Content-Type:\r\nContent-Length: 2\r\n", "[]"), [400, 415]),
            Case(
                "an unknown coding of the content", post("Content-Encoding: br\r\nContent-Length: 2\r\n", "[]"), [415]),
            Case("two codings", post("Content-Encoding: gzip, gzip\r\nContent-Length: 2\r\n", "[]"), [415]),
            Case("gzip that is none", post("Content-Encoding: gzip\r\nContent-Length: 2\r\n", "[]"), [400]),
            Case("an empty body that says gzip", post("Content-Encoding: gzip\r\nContent-Length: 0\r\n"), [400]),
            Case("a declared body beyond the limit", post("Content-Length: 16777217\r\n"), [413]),
            Case("an empty body", post("Content-Length: 0\r\n"), [400]),
            Case("UTF-16", post("Content-Length: 4\r\n", "[\0]\0"), [400]),
            Case("two documents", post("Content-Length: 4\r\n", "[][]"), [400]),
            Case("a key twice", post("Content-Length: 38\r\n", #"[{"score":0.5,"score":0.5,"x":"abcd"}]"#), [400]),
            Case("a scalar", post("Content-Length: 1\r\n", "1"), [400, 422]),
            Case("an unknown model", "GET /v1/models/nobody HTTP/1.1\r\n\(host)\(end)", [404]),
            Case("an expectation", post("Expect: 200-maybe\r\nContent-Length: 2\r\n", "[]"), [417]),
            Case("two keys", get("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"), [400]),
            Case(
                "a parameter twice",
                "DELETE /v1/models/m/predictions?from=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z HTTP/1.1\r\n\(host)\(end)",
                [400, 422]),
            Case("another's forwarded address", get("X-Forwarded-For: 10.0.0.1\r\nX-Tenant: other\r\n"), [200]),
        ]

        @Test
        func `whatever is sent is answered as it should be, and the next request is served`() async throws {
            try await Service.with { service in
                try await service.client.call("PUT", "/v1/models/m", ["task": "binary"])
                for (place, sent) in Self.cases.enumerated() {
                    let exchange = try await RawExchange.send(sent.text, to: service.port)
                    #expect(
                        sent.statuses.contains(exchange.status ?? 0),
                        "\(place) \(sent.name): \(exchange.answer.prefix(300))")
                    #expect(exchange.isClosed, "\(place) \(sent.name) leaves the connection open")
                    #expect(await service.client.isReady(), "after \(sent.name)")
                }
                print("hostile requests: \(Self.cases.count), all answered")
            }
        }

        @Test func `what comes behind a good request cannot hide in it`() async throws {
            try await Service.with { service in
                let good = "GET /healthz HTTP/1.1\r\n\(Self.host)\r\n"
                let exchange = try await RawExchange.send(good + "garbage\r\n\r\n", to: service.port)
                #expect(exchange.answers == 2 && exchange.answer.contains(" 400 "), "\(exchange.answer)")
                #expect(exchange.isClosed)
                let smuggled = try await RawExchange.send(
                    "POST /v1/models/m/predictions HTTP/1.1\r\n\(Self.host)Content-Length: 0\r\nContent-Length: 40\r\n\r\n"
                        + "GET /v1/models HTTP/1.1\r\n\(Self.host)\r\n", to: service.port)
                #expect(smuggled.answers <= 1 && smuggled.isClosed, "\(smuggled.answer)")
            }
        }
    }
}
