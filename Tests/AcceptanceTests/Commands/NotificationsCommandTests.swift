import Foundation
import Testing

/// `driftline notifications`: exit codes, and what Alertmanager's own tool says of what is exported.
@Suite(.timeLimit(.minutes(2)))
struct NotificationsCommandTests {
    private let settings = """
        route:
          receiver: team
          group_by: [model, alertname]
          group_wait: 30s
          group_interval: 1h
          repeat_interval: 1d
          routes:
            - {matchers: ['severity="critical"'], receiver: on-call, group_wait: 0s, continue: true}
            - {matchers: ['kind=~"drift|quality"'], receiver: science, mute_time_intervals: [nights], group_by: ['...']}
        receivers:
          - name: team
            webhook_configs: [{url: "http://127.0.0.1:9999/hook", signing_secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}]
          - name: on-call
            pagerduty_configs: [{routing_key: abc}]
          - name: science
            slack_configs: [{api_url: "https://hooks.slack.com/services/T/B/x", channel: drift}]
        inhibit_rules:
          - {source_matchers: ['kind="quality"'], target_matchers: ['kind="drift"'], equal: [model, feature]}
        time_intervals:
          - name: nights
            time_intervals: [{times: [{start_time: '20:00', end_time: '24:00'}], weekdays: ['monday:friday'], location: Europe/Berlin}]
        outgoing: {allow_addresses: [127.0.0.0/8]}
        """

    private func withFile(_ text: String, _ body: (_ folder: String, _ file: String) throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let file = "\(folder)/notifications.yaml"
            try Data(text.utf8).write(to: URL(filePath: file))
            try body(folder, file)
        }
    }

    @Test
    func `a good file is counted, and a mistake has its place`() async throws {
        try await withFile(settings) { _, file in
            let result = try DriftlineProcess.run(["notifications", "check", file])
            #expect(result.status == 0)
            #expect(result.output == "\(file): receivers: 3, channels: 3, routes: 3, inhibit rules: 1\n")
        }
        try await withFile("route: {receiver: nobody}\nreceivers: []\n") { _, file in
            let result = try DriftlineProcess.run(["notifications", "check", file])
            #expect(result.status == 1)
            #expect(result.output.hasPrefix("\(file):1:"))
        }
    }

    @Test(.enabled(if: ForeignTool.areThere("amtool"), "amtool is not installed"))
    func `a plain Alertmanager accepts what is exported, and routes as we do`() async throws {
        let tool = try #require(ForeignTool("amtool"))
        try await withFile(settings) { folder, file in
            let out = "\(folder)/alertmanager.yml"
            let result = try DriftlineProcess.run(["notifications", "export", file, "--out", out])
            #expect(result.status == 0, "\(result.output)")
            let text = try String(contentsOfFile: out, encoding: .utf8)
            #expect(!text.contains("whsec_") && !text.contains("outgoing"))
            #expect(text.contains("pagerduty_configs") && text.contains("slack_configs"))
            let checked = try tool.run(["check-config", out])
            #expect(checked.status == 0, "\(checked.output)\n\(text)")
            for labels in [
                ["severity=critical"], ["severity=critical", "kind=drift"], ["kind=quality"],
                ["kind=other", "model=m"], [],
            ] {
                let theirs = try tool.run(["config", "routes", "test", "--config.file=\(out)"] + labels)
                let ours = try DriftlineProcess.run(["notifications", "routes", "test", "--file", file] + labels)
                // The tool may warn of its own settings first.
                #expect(ours.status == 0 && theirs.output.hasSuffix(ours.output), "\(labels): \(ours) \(theirs)")
            }
        }
    }

    @Test(.enabled(if: ForeignTool.areThere("amtool"), "amtool is not installed"))
    func `an Alertmanager accepts e-mails and options of HTTP, and what it has no words for is told`() async throws {
        let tool = try #require(ForeignTool("amtool"))
        let text = """
            route: {receiver: all}
            receivers:
              - name: all
                email_configs:
                  - {to: 'ml@example.org, "On call" <call@example.org>', from: 'Drift <drift@example.org>', smarthost: 'smtp.example.org:587', auth_username: me, auth_password_file: /run/mail, html: '<b>{{ .Link }}</b>', tls_config: {ca_file: /etc/ssl/ca.pem}, send_resolved: true}
                  - {to: 'a@example.org', from: 'd@example.org', smarthost: '127.0.0.1:25', require_tls: false}
                  - {to: 'b@example.org', from: 'd@example.org', smarthost: 'smtp.example.org:2465', force_implicit_tls: true}
                webhook_configs:
                  - url: 'http://hooks.example.org/x'
                    signing_secret: whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
                    format: cloudevents-binary
                    http_config: {basic_auth: {username: u, password: hunter2}, tls_config: {server_name: x.example}, proxy_url: 'http://proxy.example:3128/', http_headers: {X-Team: {values: [ml]}}}
                msteamsv2_configs: [{webhook_url: 'https://teams.example/x'}]
                alertmanager_configs: [{url: 'http://am.example:9093'}]
            """
        try await withFile(text) { folder, file in
            let out = "\(folder)/alertmanager.yml"
            let result = try DriftlineProcess.run(["notifications", "export", file, "--out", out])
            #expect(result.status == 0, "\(result.output)")
            let told = [
                "the signature of a webhook", "the format of a webhook", "http_headers", "msteamsv2_configs",
                "alertmanager_configs", "an e-mail over TLS on port 2465", "the texts and headers of an e-mail",
            ]
            let written = try String(contentsOfFile: out, encoding: .utf8)
            for part in told {
                #expect(
                    result.output.contains("warning: receiver all: left out: \(part)"), "\(part) in \(result.output)")
                #expect(written.contains("  # left out: \(part)"), "\(part)")
            }
            for part in [
                "email_configs", "auth_password_file: \"/run/mail\"", "require_tls: false", "proxy_url", "basic_auth",
            ] {
                #expect(written.contains(part), "\(part) in \(written)")
            }
            let checked = try tool.run(["check-config", out])
            #expect(checked.status == 0, "\(checked.output)\n\(written)")
            let masked = try DriftlineProcess.run(["notifications", "export", file, "--masked"])
            #expect(!masked.output.contains("hunter2") && !written.contains("whsec_"))
        }
    }

    @Test
    func `receivers that are not those that were expected end the command with 1`() async throws {
        try await withFile(settings) { _, file in
            let test = ["notifications", "routes", "test", "--file", file, "--verify.receivers"]
            for (arguments, status) in [
                (["on-call,science", "severity=critical", "kind=drift"], Int32(0)), (["team", "severity=critical"], 1),
                (["team", "severity"], 1),
            ] {
                let result = try DriftlineProcess.run(test + arguments)
                #expect(result.status == status, "\(arguments): \(result.output)")
            }
        }
    }
}
