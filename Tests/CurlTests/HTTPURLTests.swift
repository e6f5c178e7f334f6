import Testing

@testable import Curl

struct HTTPURLTests {
    @Test(arguments: [
        "", "x", "/path", "file:///etc/passwd", "gopher://x/", "dict://x:2628/", "ftp://x/", "smb://x/y", "ldap://x/",
        "jar:http://x",
        "javascript:alert(1)", "data:text/plain,x", "FILE:///etc/passwd", " http://x/", "http://x/ y", "http://x/\ty",
        "http://x/\ny",
        "http://x\r\n/", "http://u:p@x/", "http://u@x/", "http://x/#f", "http://x\\@y/", "http:\\\\x/", "http://",
        "http:///x", "http:/x", "https:////x/",
        "http://[::1", "http://x:0/", "http://x:99999/", "http://x:-1/", "http://x:22/", "http://x:25/",
        "http://x:5432/",
        "http://x:6379/", "http://[fe80::1%25eth0]/", "http://é.example/", "http://x/\0y", "//x/", "http:x",
    ])
    func `what we do not call is refused`(text: String) {
        let error = #expect(throws: TransportError.self) { try HTTPURL(text) }
        #expect(error?.kind == .badURL)
    }

    @Test func `eight kilobytes are too long`() {
        #expect(throws: TransportError.self) { try HTTPURL("http://x/" + String(repeating: "y", count: 8192)) }
    }

    @Test(arguments: [
        ("http://Example.COM/hook", "example.com", 80), ("https://x.example.:8443/a?b=c", "x.example", 8443),
        ("HTTPS://x", "x", 443),
        ("http://127.1/", "127.0.0.1", 80), ("http://0x7f.1:8080/", "127.0.0.1", 8080),
        ("http://[::1]:9999/", "::1", 9999),
        ("http://xn--bcher-kva.example/", "xn--bcher-kva.example", 80),
    ])
    func `host and port are read as they will be called`(text: String, host: String, port: Int) throws {
        let url = try HTTPURL(text)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.text == text)
    }

    @Test func `an error does not repeat a password`() {
        let error = #expect(throws: TransportError.self) { try HTTPURL("http://user:hunter2@example.com/") }
        #expect(error?.description.contains("hunter2") == false)
    }
}
