import Alerting
import Foundation
import Integrations
import Monitoring
import Query
import Testing

/// E-mails, with Python's own `email` as the independent reader.
struct MailMessageTests {
    private static let program = """
        import email, email.policy, json, sys
        message = email.message_from_bytes(bytes.fromhex(sys.argv[1]), policy=email.policy.default)
        print(json.dumps({
            'defects': [str(d) for part in message.walk() for d in part.defects],
            'headers': {k: str(v) for k, v in message.items()},
            'date': message['date'].datetime.isoformat(),
            'parts': {p.get_content_type(): p.get_content() for p in message.iter_parts()}}))
        """

    private func read(_ config: String, _ alerts: [NotifiedAlert]) throws -> [String: Any] {
        let fixture = NotificationFixture(config: "email_configs: [{smarthost: 'mail.example:587', \(config)}]")
        guard case .mail(let mail) = try fixture.message(alerts) else { return [:] }
        let lines = String(decoding: mail.message, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 998 && !$0.contains("\n") && !$0.contains("\r") })
        let answer = try #require(PythonPeer.run(Self.program, [PythonPeer.hex(mail.message)]))
        try #require(answer.status == 0)
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    }

    @Test(.enabled(if: PythonPeer.has("email"), "needs python3"))
    func `another reader finds the headers and both parts`() throws {
        let mail = try read(
            "from: 'ML \u{fc}ber <a@b.example>', to: 'c@d.example, Team <e@f.example>', headers: {Subject: 'D\u{e9}rive {{ .CommonLabels.alertname }} \u{1F4A5}', X-Model: '{{ .Model }}'}",
            [NotificationFixture.alert("age", summary: "5 < 6 \u{1F600}")])
        #expect((mail["defects"] as? [Any])?.isEmpty == true)
        let headers = try #require(mail["headers"] as? [String: String])
        #expect(headers["Subject"] == "D\u{e9}rive FeatureDrift \u{1F4A5}")
        #expect(headers["From"] == "ML \u{fc}ber <a@b.example>")
        #expect(headers["To"] == "c@d.example, Team <e@f.example>")
        #expect(headers["X-Model"] == "churn")
        #expect(headers["Auto-Submitted"] == "auto-generated")
        #expect(headers["References"] == headers["In-Reply-To"])
        #expect(mail["date"] as? String == "2026-01-01T12:00:00+00:00")
        let parts = try #require(mail["parts"] as? [String: String])
        #expect(parts["text/plain"]?.contains("5 < 6 \u{1F600}") == true)
        #expect(parts["text/plain"]?.contains("https://drift.example/v1/models/churn") == true)
        #expect(parts["text/html"]?.contains("5 &lt; 6 \u{1F600}") == true)
    }

    @Test(.enabled(if: PythonPeer.has("email"), "needs python3"), arguments: 0..<20)
    func `a subject of any length comes out whole`(length: Int) throws {
        let name = String(repeating: "\u{e9}\u{1F4A5}a", count: length * 7)
        let alert = NotifiedAlert(
            labels: ["alertname": name, "model": "m"], annotations: [], startsAt: NotificationFixture.now, endsAt: nil)
        let headers = try read("from: a@b.example, to: c@d.example", [alert])["headers"] as? [String: String]
        let subject = try #require(headers?["Subject"])
        #expect(
            subject == CutText.scalars("[FIRING:1] \(name) m".replacing("  ", with: " "), most: 500) || name.isEmpty)
    }

    @Test(arguments: [
        ("from: a@b.example", "needs the key to"), ("from: a@b.example, to: ''", "to must be addresses"),
        ("from: \"a@b.example\\nBcc: x@y\", to: c@d.example", "from must be addresses"),
        ("from: 'a@b, c@d', to: c@d.example", "more than one address in from"),
        ("from: a@b.example, to: c@d.example, headers: {Bcc: x@y}", "the header \"Bcc\" of an e-mail cannot be set"),
        ("from: a@b.example, to: c@d.example, headers: {\"X\\nBcc\": x}", "cannot be set here"),
        ("from: a@b.example, to: c@d.example, headers: {Subject: '{{ .Nope }}'}", "a notification has no field .Nope"),
        ("from: a@b.example, to: c@d.example, auth_password: x", "auth_password needs auth_username"),
        ("from: a@b.example, to: c@d.example, auth_secret: x", "auth_secret is not supported"),
        ("from: a@b.example, to: c@d.example, hello: 'a b'", "hello must be a host name"),
        (
            "from: a@b.example, to: c@d.example, tls_config: {insecure_skip_verify: true}",
            "insecure_skip_verify is not supported"
        ),
    ])
    func `a mistake in the settings is named`(config: String, part: String) {
        let error = #expect(throws: RuleFileError.self) {
            try NotificationFixture(config: "email_configs: [{smarthost: 'mail.example:587', \(config)}]").settings
        }
        #expect(error.map { "\($0)".contains(part) } == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        "mail.example", "mail.example:0", "mail.example:70000", "mail example:25", "127.1:25", ":25", "[::1:25",
        "a/b:25",
    ])
    func `a mail server is a host and a port`(smarthost: String) {
        #expect(throws: RuleFileError.self) {
            try NotificationFixture(
                config: "email_configs: [{smarthost: '\(smarthost)', from: a@b.example, to: c@d.example}]"
            ).settings
        }
    }
}
