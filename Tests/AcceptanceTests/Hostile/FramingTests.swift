import TestSupport
import Testing

extension AcceptanceSuite {
    /// What stands around a request.
    @Suite(.serialized, .timeLimit(.minutes(5)), HostileService())
    struct FramingTests {
        @Test(arguments: FramingInputs.heads)
        func `a head is bounded and has one meaning`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: FramingInputs.lengths)
        func `a body has one end`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: FramingInputs.hosts)
        func `a request names one host`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: FramingInputs.versions)
        func `versions that are not spoken are refused`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: FramingInputs.methods)
        func `a method that a path does not take is told apart from one that nobody knows`(
            input: HostileInput
        ) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: FramingInputs.addresses)
        func `an address has one meaning`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test func `a refused method is told which ones there are`() async throws {
            let port = try #require(HostileService.current).port
            let exchange = try await RawExchange.send(
                "TRACE /v1/models/m HTTP/1.1\r\n\(HostileInput.host)\(HostileInput.end)", to: port)
            #expect(exchange.answer.contains("DELETE, GET, HEAD, PUT"), "\(exchange.answer)")
        }

        @Test func `what comes behind a good request cannot hide in it`() async throws {
            let port = try #require(HostileService.current).port
            let good = "GET /healthz HTTP/1.1\r\n\(HostileInput.host)\r\n"
            let exchange = try await RawExchange.send(good + "garbage\r\n\r\n", to: port)
            #expect(exchange.answers == 2 && exchange.answer.hasPrefix("HTTP/1.1 200 "), "\(exchange.answer)")
            #expect(exchange.answer.contains(" 501 ") || exchange.answer.contains(" 400 "), "\(exchange.answer)")
            #expect(exchange.isClosed)
            let second = try await RawExchange.send(good + "GET /healthz HTTP/1.1\r\n\r\n", to: port)
            #expect(second.answers == 2 && second.answer.contains("HTTP/1.1 400 "), "\(second.answer)")
            #expect(second.isClosed)
            let smuggled = try await RawExchange.send(
                "POST /v1/models/m/predictions HTTP/1.1\r\n\(HostileInput.host)Content-Length: 0\r\nContent-Length: 40\r\n\r\n"
                    + "GET /v1/models HTTP/1.1\r\n\(HostileInput.host)\r\n", to: port)
            #expect(smuggled.status == 400 && smuggled.isClosed, "\(smuggled.answer)")
            #expect(!smuggled.answer.contains("HTTP/1.1 200"), "\(smuggled.answer)")
        }

        @Test func `identity comes from a key and from nothing else that is sent`() async throws {
            let port = try #require(HostileService.current).port
            let headers = "X-Forwarded-For: 203.0.113.7\r\nX-Tenant: default\r\nX-User-Id: admin\r\n"
            let exchange = try await RawExchange.send(
                "GET /v1/models HTTP/1.1\r\n\(HostileInput.host)\(headers)\(HostileInput.end)", to: port)
            #expect(exchange.status == 401)
        }

        @Test func `a sender that trickles is not waited for`() async throws {
            let port = try #require(HostileService.current).port
            let head =
                "POST \(HostileInput.predictions) HTTP/1.1\r\n\(HostileInput.host)Content-Type: application/json\r\n"
                + "Content-Length: 10000000\r\n\r\n"
            let parts = [Array(head.utf8)] + [[UInt8]](repeating: [0x20], count: 5)
            let exchange = try await RawExchange.send(parts, pause: .seconds(8), to: port, patience: .seconds(45))
            #expect(exchange.status == 408, "\(exchange.answer)")
            #expect(
                exchange.answer.lowercased().contains("connection: close") && exchange.isClosed, "\(exchange.answer)")
        }

        @Test func `a body that is refused before it came ends the connection, and nothing in it is a request`()
            async throws
        {
            let port = try #require(HostileService.current).port
            let head =
                "POST \(HostileInput.predictions) HTTP/1.1\r\n\(HostileInput.host)Content-Type: application/json\r\n"
                + "Content-Length: 16777217\r\n\r\n"
            let hidden = "GET /healthz HTTP/1.1\r\n\(HostileInput.host)\r\n"
            let exchange = try await RawExchange.send(head + hidden, to: port)
            #expect(exchange.status == 413 && exchange.answers == 1 && exchange.isClosed, "\(exchange.answer)")
            #expect(exchange.answer.lowercased().contains("connection: close"), "\(exchange.answer)")
        }
    }
}
