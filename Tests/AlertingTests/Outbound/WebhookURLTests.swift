import Alerting
import Testing

struct WebhookURLTests {
    @Test(arguments: [
        ("http://127.0.0.1:9999/hook", "http://127.0.0.1:9999/hook"), ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org./a?b=c%20d", "https://example.org/a?b=c%20d"),
        ("https://example.org?x", "https://example.org/?x"),
        ("http://[::1]:8080/", "http://[::1]:8080/"), ("http://[FD00::A]/x", "http://[fd00::a]/x"),
        ("http://my_service:80/", "http://my_service:80/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
    ])
    func `a plain address is taken in one spelling`(text: String, expected: String) throws {
        #expect(try WebhookURL(text).revealed == expected)
    }

    @Test(arguments: [
        "file:///etc/passwd", "gopher://x/", "dict://x/", "ftp://x/", "smb://x/", "ldap://x/", "jar:http://x/",
        "FILE://x/",
        "javascript:alert(1)", "data:text/plain,x", "//example.org/", "example.org", "", "://x",
    ])
    func `another scheme is refused`(text: String) {
        #expect(kind(of: text) == "scheme")
    }

    @Test(arguments: [
        " http://x/", "http://x/ ", "http://x/\ty", "http://x\n/", "http://x/\r\nHost: y", "http://u:p@x/",
        "http://x@y/",
        "http://x/#f", "http://x\\y/", "http://x/\u{e9}", "http://\u{0441}x/", "http:///path", "http://:80/",
        "http://a..b/",
        "http://-a/", "http://a-/", "http://%31/", "http://x/%", "http://x/%2", "http://x/%zz",
        "http://x/{{ .Receiver }}",
        "http://[::1/", "http://[v1.x]/", "http://[::1%25eth0]/", "http://[1.2.3.4]/", "http://127。0。0。1/",
        "http://①②⑦.0.0.1/", "http://x/\0",
    ])
    func `another spelling is refused`(text: String) {
        #expect(kind(of: text) == "syntax")
    }

    @Test(arguments: [
        "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "0", "127.0.0.1.", "256.0.0.1", "1.2.3", "1.2.3.4.5",
        "0x7f.1",
        "a.0x1", "10.0.0.09", "99999999999999999999",
    ])
    func `a numeric host is refused in any spelling but four decimal numbers`(host: String) {
        let isPlain = host == "127.0.0.1."
        #expect(kind(of: "http://\(host)/") == (isPlain ? nil : "syntax"))
    }

    @Test(arguments: ["0", "22", "25", "5432", "65536", "99999", "", "-1", "+80", "8o", "000080"])
    func `an impossible or foreign port is refused`(port: String) {
        #expect(kind(of: "http://example.org:\(port)/") == "port")
    }

    @Test func `more than 2048 bytes are refused`() throws {
        let start = "https://example.org/"
        let longest = start + String(repeating: "a", count: WebhookURL.longest - start.utf8.count)
        #expect(kind(of: longest) == nil)
        #expect(kind(of: longest + "a") == "syntax")
        #expect(kind(of: start + String(repeating: "a", count: 1_000_000)) == "syntax")
    }

    @Test func `an address shows no more than its host`() throws {
        let url = try WebhookURL("https://hooks.example.org/services/T0KEN?sig=s3cret")
        for text in ["\(url)", String(reflecting: url), dumped(url), dumped(AddressSource.inline(url))] {
            #expect(text.contains("hooks.example.org"))
            #expect(!text.contains("T0KEN") && !text.contains("s3cret"))
        }
    }

    private func kind(of text: String) -> String? {
        do {
            _ = try WebhookURL(text)
            return nil
        } catch {
            switch error {
            case .scheme: return "scheme"
            case .syntax: return "syntax"
            case .port: return "port"
            }
        }
    }

    private func dumped(_ value: Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }
}
