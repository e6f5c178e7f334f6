import Alerting
import Integrations
import Monitoring
import Testing

struct HTTPOptionsTests {
    private func request(_ options: String, places: [TextPlace: String] = [:]) throws -> OutboundRequest {
        try NotificationFixture(
            config: "webhook_configs: [{url: 'https://hooks.example/', http_config: \(options)}]", places: places
        ).request([NotificationFixture.alert("age")])
    }

    @Test(arguments: [
        ("{basic_auth: {username: us, password: 'p w'}}", "Basic dXM6cCB3"),
        ("{basic_auth: {username: us, password_file: /run/p}}", "Basic dXM6ZmlsZQ=="),
        ("{basic_auth: {username: us, password_env: PW}}", "Basic dXM6ZW52"),
        ("{authorization: {credentials: abc}}", "Bearer abc"),
        ("{authorization: {type: Token, credentials_file: /run/p}}", "Token file"),
    ])
    func `who we are stands in one header`(options: String, expected: String) throws {
        let request = try request(options, places: [.file("/run/p"): "file\n", .variable("PW"): "env"])
        #expect(request.header("Authorization") == expected)
    }

    @Test func `every option comes to the request`() throws {
        let request = try request(
            """
            {tls_config: {ca_file: /ca, cert_file: /cert, key_file: /key, server_name: Inner.example, insecure_skip_verify: false},
             proxy_url: 'http://proxy.example:3128', follow_redirects: false,
             http_headers: {X-A: {values: [one, two], files: [/run/p]}, X-B: {secrets: [hidden]}}}
            """, places: [.file("/run/p"): "three\n"])
        #expect(
            request.security
                == OutboundSecurity(authorities: "/ca", certificate: "/cert", key: "/key", serverName: "inner.example"))
        #expect(request.proxy?.revealed == "http://proxy.example:3128/")
        #expect(request.headers.filter { $0.name.hasPrefix("X-") }.map(\.value) == ["one", "two", "three", "hidden"])
    }

    @Test(arguments: [
        ("{oauth2: {}}", "oauth2 is not supported"), ("{bearer_token: x}", "bearer_token is not supported"),
        ("{tls_config: {insecure_skip_verify: true}}", "insecure_skip_verify is not supported: name the authority"),
        ("{tls_config: {cert_file: /x}}", "cert_file and key_file belong together"),
        ("{tls_config: {ca: x}}", "ca is not supported"),
        ("{follow_redirects: true}", "redirections are never followed"),
        ("{basic_auth: {username: a, password: b}, authorization: {credentials: c}}", "exclude each other"),
        ("{basic_auth: {username: 'a:b', password: c}}", "username may hold neither colons"),
        (
            "{basic_auth: {username: a, password: b, password_file: /c}}",
            "password and password_file exclude each other"
        ),
        ("{basic_auth: {username: a}}", "basic_auth needs password, password_file or password_env"),
        ("{authorization: {type: Basic, credentials: x}}", "write basic_auth instead"),
        ("{authorization: {credentials: \"hunter2\\n\"}}", "credentials must be 1 to 4096 bytes"),
        ("{http_headers: {Host: {values: [x]}}}", "the header Host cannot be set"),
        ("{http_headers: {webhook-id: {values: [x]}}}", "the header webhook-id cannot be set"),
        ("{http_headers: {'A B': {values: [x]}}}", "the name of a header is one word"),
        ("{http_headers: {A: {values: [\"hunter2\\r\\nX: y\"]}}}", "may not hold control characters"),
        ("{proxy_url: 'socks5://x/'}", "proxy_url: the address has a scheme"),
        ("{proxy_url: 'http://us:hunter2@x/'}", "proxy_url: the address has credentials"),
        ("{proxy_from_environment: true}", "proxy_from_environment is not supported"),
    ])
    func `what cannot be done is refused by name, without a secret`(options: String, part: String) {
        let error = #expect(throws: RuleFileError.self) { try request(options) }
        #expect(error.map { "\($0)".contains(part) } == true, "\(String(describing: error))")
        #expect(error.map { "\($0)".contains("hunter2") } == false)
    }
}
