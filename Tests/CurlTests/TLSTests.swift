import Addresses
import Foundation
import Testing

@testable import Curl

private let toolsAreThere = ["openssl", "python3"].allSatisfy { tool in
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
}

/// Against a Python server with a certificate of its own, where both tools are there.
@Suite(.timeLimit(.minutes(15)), .enabled(if: toolsAreThere, "needs openssl and python3"))
struct TLSTests {
    private static let server = """
        import http.server, ssl, sys
        class H(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers.get('content-length', 0)))
                self.send_response(200); self.send_header('content-length', '2'); self.end_headers(); self.wfile.write(b'ok')
            def log_message(self, *a): pass
        s = http.server.HTTPServer(('127.0.0.1', 0), H)
        c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); c.load_cert_chain(sys.argv[1] + '/cert.pem', sys.argv[1] + '/key.pem')
        s.socket = c.wrap_socket(s.socket, server_side=True)
        print(s.server_address[1], flush=True); s.serve_forever()
        """

    private static func run(_ arguments: [String]) throws -> (process: Process, output: Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, output)
    }

    @Test func `a certificate is checked against the authorities and the name`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try Self.run([
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1,DNS:inner.example", "-keyout", folder.path + "/key.pem", "-out",
            folder.path + "/cert.pem",
        ])
        made.process.waitUntilExit()
        let server = try Self.run(["python3", "-c", Self.server, folder.path])
        defer { server.process.terminate() }
        let line = String(decoding: server.output.fileHandleForReading.availableData, as: UTF8.self)
        let port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
        let sender = try HTTPSender()
        let policy = try AddressPolicy(allowing: ["127.0.0.0/8", "localhost"])
        func send(_ host: String, _ security: HTTPRequest.Security) async throws(TransportError) -> Int {
            try await sender.send(HTTPRequest(url: "https://\(host):\(port)/", security: security), policy: policy)
                .status
        }
        let trusting = HTTPRequest.Security(authorities: folder.path + "/cert.pem")
        #expect(try await send("127.0.0.1", trusting) == 200)
        #expect(try await send("127.0.0.1", HTTPRequest.Security(verifies: false)) == 200)
        let untrusted = await #expect(throws: TransportError.self) {
            try await send("127.0.0.1", HTTPRequest.Security())
        }
        #expect(untrusted?.kind == .tls)
        let misnamed = await #expect(throws: TransportError.self) { try await send("localhost", trusting) }
        #expect(misnamed?.kind == .tls)
        // A name of one's own instead of the host's, which the certificate has or has not.
        var named = trusting
        named.serverName = "inner.example"
        #expect(try await send("localhost", named) == 200)
        named.serverName = "other.example"
        let stranger = await #expect(throws: TransportError.self) { try await send("127.0.0.1", named) }
        #expect(stranger?.kind == .tls)
        let missing = HTTPRequest.Security(authorities: "/nowhere.pem")
        let unreadable = await #expect(throws: TransportError.self) { try await send("127.0.0.1", missing) }
        #expect(unreadable?.kind == .tls)
        await sender.close()
    }
}
