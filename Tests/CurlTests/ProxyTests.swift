import Addresses
import Testing

@testable import Curl

@Suite(.timeLimit(.minutes(15)))
struct ProxyTests {
    private static let loopback = AddressPolicy(ranges: [AddressRange("127.0.0.0/8")].compactMap { $0 }, hosts: [])

    private func server() -> LoopbackServer {
        LoopbackServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
    }

    @Test func `a request goes to the proxy and names its server`() async throws {
        let proxy = server()
        let sender = try HTTPSender()
        let request = HTTPRequest(url: "http://hooks.example/path", proxy: proxy.url)
        #expect(try await sender.send(request, policy: Self.loopback).status == 200)
        await sender.close()
        #expect(proxy.requests.first?.head.hasPrefix("POST http://hooks.example/path HTTP/1.1\r\n") == true)
    }

    @Test(arguments: ["127.0.0.1", "localhost", "127.1"])
    func `a proxy on a forbidden address is never spoken to`(host: String) async throws {
        let proxy = server()
        let sender = try HTTPSender()
        let request = HTTPRequest(url: "http://hooks.example/", proxy: "http://\(host):\(proxy.port)")
        let error = await #expect(throws: TransportError.self) { try await sender.send(request) }
        await sender.close()
        #expect(error?.kind == .addressRefused)
        #expect(proxy.connectionCount == 0)
    }

    @Test(arguments: ["169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:169.254.169.254]", "0xA9.0xFE.0xA9.0xFE"])
    func `no proxy is asked for a forbidden address`(host: String) async throws {
        let proxy = server()
        let sender = try HTTPSender()
        let request = HTTPRequest(url: "http://\(host)/latest", proxy: proxy.url)
        let error = await #expect(throws: TransportError.self) { try await sender.send(request, policy: Self.loopback) }
        await sender.close()
        #expect(error?.kind == .addressRefused)
        #expect(proxy.connectionCount == 0)
    }

    @Test func `a proxy that refuses a tunnel is no answer of the server`() async throws {
        let proxy = LoopbackServer { $0.write("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n") }
        let sender = try HTTPSender()
        let request = HTTPRequest(url: "https://hooks.example/", proxy: proxy.url)
        await #expect(throws: TransportError.self) { try await sender.send(request, policy: Self.loopback) }
        await sender.close()
        #expect(proxy.requests.first?.head.hasPrefix("CONNECT hooks.example:443 HTTP/1.1\r\n") == true)
    }

    @Test func `a URL keeps its path where its host is replaced`() throws {
        #expect(
            try HTTPURL("https://10.0.0.1:8443/a?b=/c").text(withHost: "x.example") == "https://x.example:8443/a?b=/c")
        #expect(try HTTPURL("https://[fd00::1]?q").text(withHost: "x.example") == "https://x.example:443/?q")
        #expect(try HTTPURL("http://a.example").text(withHost: "b.example") == "http://b.example:80")
    }
}
