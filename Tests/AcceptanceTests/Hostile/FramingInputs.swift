/// Requests that HTTP does not allow, or that two readers could understand in two ways.
enum FramingInputs {
    private static let chunked = "Transfer-Encoding: chunked\r\n"
    private static func long(_ count: Int) -> String { String(repeating: "a", count: count) }

    static let heads: [HostileInput] = [
        .wire("a request line of 64 KiB", [414]) {
            "GET /\(long(64 << 10)) HTTP/1.1\r\n\(HostileInput.host)\(HostileInput.end)"
        },
        .wire("a query of 40 KiB", [414]) {
            "GET /healthz?a=\(long(40 << 10)) HTTP/1.1\r\n\(HostileInput.host)\(HostileInput.end)"
        },
        .get("a header of 40 KiB", "/healthz", "X: \(long(40 << 10))\r\n", 431),
        .get("headers of 33 KiB", "/healthz", (0..<11).map { "X\($0): \(long(3 << 10))\r\n" }.joined(), 431),
        .get("a hundred and one headers", "/healthz", (0..<101).map { "X\($0): a\r\n" }.joined(), 431),
        .get("a header of 1 MiB", "/healthz", "X: \(long(1 << 20))\r\n", 431),
        .get("sixty headers", "/healthz", (0..<60).map { "X\($0): a\r\n" }.joined(), 200),
        .get("a space in a header's name", "/healthz", "X Y: a\r\n", 400),
        .get("a space before the colon", "/healthz", "X : a\r\n", 400),
        .get("a header without a colon", "/healthz", "XY\r\n", 400),
        .get("a folded header", "/healthz", "X: a\r\n b\r\n", 400),
        .get("a bare line feed", "/healthz", "X: a\nY: b\r\n", 400),
        .wire("line feeds alone", [400, 505]) { "GET /healthz HTTP/1.1\nHost: x\nConnection: close\n\n" },
        .get("a bare carriage return", "/healthz", "X: a\rb\r\n", 400),
        .get("a zero byte in a header", "/healthz", "X: a\0b\r\n", 400),
    ]

    static let lengths = HostileInput.all(
        HostileInput.each([
            "2\r\nContent-Length: 3", "+2", "-1", "0x2", "1000000000000000000000000000000", "2, 2", "2 2", "",
        ]) {
            .framed("Content-Length: \($0.debugDescription)", "Content-Length: \($0)\r\n", "[]", [400])
        },
        [
            .framed("a length and chunks", "Content-Length: 2\r\n\(chunked)", "2\r\n[]\r\n0\r\n\r\n", [400]),
            .framed("chunks and a length", "\(chunked)Content-Length: 2\r\n", "2\r\n[]\r\n0\r\n\r\n", [400]),
        ],
        HostileInput.each([
            "chunked, chunked", "xchunked", "identity", "gzip", "gzip, chunked",
            "chunked\r\nTransfer-Encoding: chunked",
        ]) {
            .framed(
                "Transfer-Encoding: \($0.debugDescription)", "Transfer-Encoding: \($0)\r\n", "2\r\n[]\r\n0\r\n\r\n",
                [400, 501])
        },
        [
            .framed("a chunk whose size overflows", chunked, "fffffffffffffffff\r\n[]", [400]),
            .framed("a negative size", chunked, "-2\r\n[]\r\n0\r\n\r\n", [400]),
            .framed("a size that is none", chunked, "zz\r\n[]\r\n0\r\n\r\n", [400]),
            .framed("an extension of 1 MiB", chunked, "2;\(long(1 << 20))\r\n[]\r\n0\r\n\r\n", [400]),
            .framed("a chunk without its end", chunked, "2\r\n[]XX0\r\n\r\n", [400]),
            .framed(
                "a thousand trailers", chunked,
                "2\r\n[]\r\n0\r\n" + (0..<1000).map { "X\($0): a\r\n" }.joined() + "\r\n", [400]),
            .framed("a declared body beyond the limit", "Content-Length: 16777217\r\n", "", [413]),
            .framed(
                "a body beyond the limit in chunks", chunked,
                String(repeating: "10000\r\n" + String(repeating: " ", count: 65_536) + "\r\n", count: 300), [413]),
            .framed("an expectation", "Expect: 200-maybe\r\nContent-Length: 2\r\n", "[]", [417]),
        ])

    static let hosts = HostileInput.all(
        HostileInput.each([
            "", "Host: x\r\nHost: y\r\n", "Host: x\r\nHost: x\r\n", "Host: \r\n", "Host: u@x\r\n", "Host: u:p@x\r\n",
            "Host: x/y\r\n", "Host: x y\r\n", "Host: x?y\r\n", "Host: x#y\r\n", "Host: x,y\r\n", "Host: x:0\r\n",
            "Host: x:99999\r\n", "Host: x:a\r\n", "Host: [::1\r\n", "Host: [::1]x\r\n", "Host: []\r\n",
            "Host: \u{e9}\r\n",
            "Host: x\\y\r\n", "Host: x%00y\r\n",
        ]) { .head($0.debugDescription, $0, 400) },
        HostileInput.each(["127.0.0.1:8080", "[::1]:80", "localhost", "x:", "under_score.example"]) {
            .head("Host: \($0)", "Host: \($0)\r\n", 200)
        },
        [
            .wire("an absolute address with a name and password", [400]) {
                "GET http://a:b@driftline/healthz HTTP/1.1\r\n\(HostileInput.host)\(HostileInput.end)"
            },
            .wire("an absolute address of another kind", [400]) {
                "GET file:///etc/passwd HTTP/1.1\r\n\(HostileInput.host)\(HostileInput.end)"
            },
            .wire("HTTP/1.0 without a Host", [200]) { "GET /healthz HTTP/1.0\r\n\r\n" },
        ])

    static let versions: [HostileInput] = [
        .wire("HTTP/0.9", [400, 505]) { "GET /healthz\r\n\r\n" },
        .wire("HTTP/1.2", [505]) { "GET /healthz HTTP/1.2\r\n\(HostileInput.host)\(HostileInput.end)" },
        .wire("HTTP/2.0", [505]) { "GET /healthz HTTP/2.0\r\n\(HostileInput.host)\(HostileInput.end)" },
        .wire("HTTP/7.3", [505]) { "GET /healthz HTTP/7.3\r\n\(HostileInput.host)\(HostileInput.end)" },
        .wire("HTTP/2 without having asked", [400, 505]) { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" },
        .wire("no bytes of HTTP at all", [400, 501]) { "hello\r\n\r\n" },
        .wire("TLS", [400, 501]) { "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n\r\n" },
    ]

    private static let lines: [(method: String, path: String, status: Int)] = [
        ("TRACE", "/healthz", 405), ("DELETE", "/healthz", 405), ("POST", "/v1/models", 405),
        ("PATCH", "/v1/models/\(HostileService.model)", 405), ("PROPFIND", "/healthz", 405),
        ("OPTIONS", "/readyz", 405),
        ("CONNECT", "example.com:443", 501), ("FETCH", "/healthz", 501), ("get", "/healthz", 501),
        ("post", HostileInput.predictions, 501), ("HEAD", "/healthz", 200), ("TRACE", "/nowhere", 404),
    ]

    static let methods: [HostileInput] = lines.map { line in
        .wire("\(line.method) \(line.path)", [line.status]) {
            "\(line.method) \(line.path) HTTP/1.1\r\n\(HostileInput.host)\(HostileInput.end)"
        }
    }

    static let addresses = HostileInput.all(
        HostileInput.each([
            "/v1//models", "//healthz", "/v1/models/%2e%2e/x", "/v1/models/../models", "/v1/models/%00", "/healthz%00",
            "/v1/models/%c0%ae", "/v1/models/%ff", "/v1/models/m%cc%81", "/v1/models/\u{301}", "/v1/models/%252e",
            "/v1/models/m%2fx", "/v1/models/m%", "/v1/models/%zz", "/%68ealthz", "/healthz;x=1",
        ]) { path in .wire(path, [400, 404]) { "GET \(path) HTTP/1.1\r\n\(HostileInput.host)\(HostileInput.end)" } },
        HostileInput.each([
            "/v1/models/m/windows?length=24h&length=7d", "/v1/models/m/series?measure=ks&measure=psi&length=24h",
            "/v1/alerts?state=firing&state=pending", "/v1/models/m/windows?length=24h&a[]=1",
            "/v1/models/m/predictions?order_by=;--", "/v1/models/m/predictions?cursor=AAAA", "/v1/deliveries?limit=-1",
            "/v1/models?limit=0", "/v1/retraining/runs?limit=1000000000", "/v1/models?colour=red",
            "/v1/models?\((0..<2000).map { "a\($0)" }.joined(separator: "&"))",
        ]) { .get(String($0.prefix(80)), $0, 400) })
}
