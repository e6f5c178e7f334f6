import Addresses
import Testing

@testable import Curl

@Suite(.timeLimit(.minutes(15)))
struct ForbiddenAddressTests {
    /// Every way to write 127.0.0.1 in a URL, and names that resolve to it.
    @Test(arguments: [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001",
        "0x7F.1",
        "localhost", "LOCALHOST", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]", "127.0.0.2", "127.255.255.254",
    ])
    func `no bytes reach a forbidden address however it is spelled`(host: String) async throws {
        let server = LoopbackServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let sender = try HTTPSender()
        let error = await #expect(throws: TransportError.self) {
            try await sender.send(HTTPRequest(url: "http://\(host):\(server.port)/"))
        }
        #expect(error?.kind == .addressRefused)
        #expect(server.connectionCount == 0)
        await sender.close()
    }

    /// Whether these resolve depends on the C library.
    @Test(arguments: ["127.0.0.1.", "localhost.", "localhost.localdomain"])
    func `a dot at the end opens no way`(host: String) async throws {
        let server = LoopbackServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let sender = try HTTPSender()
        let error = await #expect(throws: TransportError.self) {
            try await sender.send(HTTPRequest(url: "http://\(host):\(server.port)/"))
        }
        #expect([.addressRefused, .resolve].contains(error?.kind))
        #expect(server.connectionCount == 0)
        await sender.close()
    }

    @Test(arguments: ["0.0.0.0", "[::]", "0", "[::1]"])
    func `addresses that the kernel takes for loopback are refused`(host: String) async throws {
        let server = LoopbackServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let sender = try HTTPSender()
        let error = await #expect(throws: TransportError.self) {
            try await sender.send(HTTPRequest(url: "http://\(host):\(server.port)/"))
        }
        #expect(error?.kind == .addressRefused)
        #expect(server.connectionCount == 0)
        await sender.close()
    }

    @Test(arguments: [
        "169.254.169.254", "[fd00:ec2::254]", "[2002:7f00:1::]", "[64:ff9b::a9fe:a9fe]", "10.0.0.1", "192.168.0.1",
    ])
    func `private and embedded addresses are refused at once`(host: String) async throws {
        let sender = try HTTPSender()
        let error = await #expect(throws: TransportError.self) {
            try await sender.send(HTTPRequest(url: "http://\(host)/", timeout: .seconds(5)))
        }
        #expect(error?.kind == .addressRefused)
        await sender.close()
    }

    @Test func `a name is reached where the policy allows the name`() async throws {
        let server = LoopbackServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let sender = try HTTPSender()
        let policy = try AddressPolicy(allowing: ["localhost"])
        let response = try await sender.send(HTTPRequest(url: "http://localhost:\(server.port)/"), policy: policy)
        #expect(response.status == 200)
        await sender.close()
    }

    @Test(arguments: ["127.0.0.1", "127.1", "[::ffff:127.0.0.1]"])
    func `a literal address can be refused before it is used`(host: String) throws {
        #expect(AddressPolicy.publicOnly.refusesLiteral(host: try HTTPURL("http://\(host):8080/").host))
        #expect(
            try !AddressPolicy(allowing: ["127.0.0.0/8"]).refusesLiteral(
                host: HTTPURL("http://\(host):8080/").host))
    }

    @Test func `a name cannot be refused before it is resolved`() throws {
        #expect(try !AddressPolicy.publicOnly.refusesLiteral(host: HTTPURL("http://localhost:8080/").host))
    }
}
