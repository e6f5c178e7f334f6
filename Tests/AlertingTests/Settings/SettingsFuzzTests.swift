import Alerting
import Testing

struct SettingsFuzzTests {
    private static let notifications = Array(
        """
        route:
          receiver: root
          group_by: [alertname]
          routes: [{matchers: ['team=~"a|b"', 'x!="y"'], receiver: pager, group_wait: 10s, continue: true}]
        receivers:
          - {name: root, webhook_configs: [{url: "http://r:80/", signing_secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}]}
          - {name: pager, webhook_configs: [{url_file: p, send_resolved: true, max_alerts: 3, timeout: 5s}]}
          - {name: mail, email_configs: [{smarthost: "m:25", from: "A <a@b>", to: "c@d, e@f", require_tls: false, headers: {Subject: "{{ .Status }}"}}]}
          - {name: am, alertmanager_configs: [{url: "http://a/", resolve_timeout: 1h, http_config: {basic_auth: {username: u, password: p}}}]}
          - {name: own, webhook_configs: [{url: "http://a/", template: "{{ range .Alerts }}{{ .Labels.x | json }}{{ end }}", http_config: {tls_config: {server_name: x}, http_headers: {X: {values: [y]}}}}]}
        outgoing: {allow_addresses: [127.0.0.0/8, "fd00::/8"], allow_hosts: [a.b]}
        policies: [{name: p, model: m, matchers: [a=b], cooldown: 1d, launcher: {webhook: {url: 'http://x/'}}}]
        """.utf8)

    @Test(arguments: 0..<300)
    func `whatever happens to a file, it is read or refused with its mistakes`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = Self.notifications
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(start + Int.random(in: 0...12, using: &random), bytes.count)
            let piece: [UInt8] =
                [[], Array("~".utf8), Array("[".utf8), Array(": ".utf8), Array("{}".utf8), [0], [0xC3, 0xA9]]
                .randomElement(using: &random) ?? []
            bytes.replaceSubrange(start..<end, with: piece)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            let settings = try NotificationSettings(file: "n.yaml", text: text)
            #expect(settings.receivers.values.contains { $0.name == settings.route.receiver })
        } catch {
            #expect(!error.diagnostics.isEmpty)
        }
        do {
            let settings = try RetrainingSettings(file: "r.yaml", text: text)
            #expect(settings.policies.allSatisfy { !$0.matchers.isEmpty })
        } catch {
            #expect(!error.diagnostics.isEmpty)
        }
    }
}
