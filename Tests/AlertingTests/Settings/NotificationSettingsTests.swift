import Addresses
import Alerting
import Monitoring
import Query
import Statistics
import Testing

struct NotificationSettingsTests {
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test func `the minimal file is read with every default`() throws {
        let settings = try NotificationSettings(
            file: "n.yaml",
            text: """
                route: {receiver: team, group_by: [model, alertname]}
                receivers:
                  - name: team
                    webhook_configs: [{url: "http://127.0.0.1:9999/hook", signing_secret: "\(secret)"}]
                outgoing: {allow_addresses: [127.0.0.0/8], allow_hosts: [Hooks.Internal]}
                """)
        #expect(settings.route.timers == .standard)
        #expect(settings.route.key == "{}")
        #expect(settings.outgoing == (try AddressPolicy(allowing: ["127.0.0.0/8", "hooks.internal"])))
        let channel = settings.channel(of: Destination(name: "team", channel: "webhook/0"))
        guard case .webhook(let webhook) = try #require(channel) else { return }
        #expect(webhook.address == .inline(try WebhookURL("http://127.0.0.1:9999/hook")))
        #expect(webhook.signingSecret == .inline(Secret(secret)))
        #expect(webhook.audience == Audience(sendsResolved: true, mostAlerts: 0))
        #expect(webhook.timeout == PrometheusDuration("15s"))
        #expect(settings.channel(of: Destination(name: "team", channel: "webhook/1")) == nil)
    }

    @Test func `every key of a webhook has its meaning`() throws {
        let settings = try NotificationSettings(
            file: "n.yaml",
            text: """
                route: {receiver: a}
                receivers:
                  - name: a
                    webhook_configs:
                      - {url_file: /run/url, signing_secret_file: /run/key, send_resolved: false, max_alerts: 7, timeout: 5s}
                      - {url: https://example.org/}
                """)
        let channels = try #require(settings.receivers["a"]?.channels)
        #expect(
            channels == [
                .webhook(
                    WebhookSettings(
                        address: .outside(.file("/run/url")), signingSecret: .outside(.file("/run/key")),
                        audience: Audience(sendsResolved: false, mostAlerts: 7),
                        timeout: try #require(PrometheusDuration("5s")))),
                .webhook(WebhookSettings(address: .inline(try WebhookURL("https://example.org/")))),
            ])
    }

    @Test(arguments: [
        ("", "1:1: a notification file needs the key route"),
        ("route: []", "1:8: a route must be a mapping (key: value), not a list"),
        ("route: {}", "1:8: the root route needs the key receiver"),
        ("route: {receiver: x}", "1:19: there is no receiver \"x\" under receivers; there are none"),
        (
            "route: {receiver: x}\nreceivers: [{name: y}]",
            "1:19: there is no receiver \"x\" under receivers; there are: \"y\""
        ),
        (
            "route: {receiver: y, matchers: [a=b]}\nreceivers: [{name: y}]",
            "1:32: the root route takes every alert and has no matchers"
        ),
        (
            "route: {receiver: y, group_by: [a, a]}\nreceivers: [{name: y}]", "1:36: \"a\" occurs twice in group_by"
        ),
        (
            "route: {receiver: y, group_by: ['...', a]}\nreceivers: [{name: y}]",
            "1:33: '...' stands for all labels and must be alone in group_by"
        ),
        (
            "route: {receiver: y, group_by: [a-b]}\nreceivers: [{name: y}]",
            "1:33: \"a-b\" in group_by is not a label name"
        ),
        (
            "route: {receiver: y, group_interval: 0s}\nreceivers: [{name: y}]",
            "1:38: group_interval must be at least 1ms"
        ),
        (
            "route: {receiver: y, repeat_interval: 0}\nreceivers: [{name: y}]",
            "1:39: repeat_interval must be at least 1ms"
        ),
        (
            "route: {receiver: y, group_wait: soon}\nreceivers: [{name: y}]",
            "1:34: group_wait must be a duration such as 30s, 5m or 1h30m, not \"soon\""
        ),
        (
            "route:\n  receiver: y\n  routes:\n    - matchers: ['a=~\"(\"']\nreceivers: [{name: y}]", "4:19: matchers: "
        ),
        (
            "route:\n  receiver: y\n  routes:\n    - match: {a: b}\nreceivers: [{name: y}]",
            "4:7: match is not supported by this version of Driftline; write matchers: ['name=\"value\"'] instead"
        ),
        (
            "route: {receiver: y, mute_time_intervals: [x]}\nreceivers: [{name: y}]\ntime_intervals: [{name: x}]",
            "1:43: the root route takes every alert and has no mute_time_intervals"
        ),
        (
            "route: {receiver: y}\ninhibit_rules: [{source_match: {}, source_matchers: [a=b], target_matchers: [c=d]}]\nreceivers: [{name: y}]",
            "2:18: source_match is not supported by this version of Driftline; write source_matchers"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y, jira_configs: [{}]}]",
            "2:23: jira_configs is not supported by this version of Driftline; leave it out"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y}, {name: y}]",
            "2:31: there are two receivers of the name \"y\""
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y, webhook_configs: [{}]}]",
            "2:41: a webhook_configs entry needs url, url_file or url_env"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y, webhook_configs: [{url: 'http://a/', url_file: b}]}]",
            "2:70: url and url_file exclude each other; write one"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y, webhook_configs: [{url: 'ftp://a/'}]}]",
            "2:47: url: the address has a scheme that is not http or https"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y, webhook_configs: [{url: 'http://a/', timeout: 31s}]}]",
            "2:69: timeout must be at most 30s"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y, webhook_configs: [{url: 'http://a/', send_resolved: maybe}]}]",
            "2:75: send_resolved must be true or false"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y, webhook_configs: [{url: 'http://a/', max_alerts: -1}]}]",
            "2:72: max_alerts must be a whole number from 0 to 100000"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y, webhook_configs: [{url: 'http://a/', payload: {}}]}]",
            "2:60: payload is not supported by this version of Driftline; leave it out"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y}]\noutgoing: {allow_addresses: [10/8]}",
            "3:30: a member of allow_addresses must be a block of addresses such as 10.0.0.0/8 or fd00::/8"
        ),
        (
            "route: {receiver: y}\nreceivers: [{name: y}]\noutgoing: {allow_hosts: ['*.x']}",
            "3:26: a member of allow_hosts must be one exact host name, without wildcard, scheme and port; "
                + "addresses belong into allow_addresses"
        ),
        ("route: {receiver: y}\nreceivers: [{name: y}]\nfoo: 1", "3:1: a notification file has no key \"foo\""),
    ])
    func `a mistake is named with its place`(text: String, expected: String) throws {
        let error = try #require(throws: RuleFileError.self) {
            try NotificationSettings(file: "n.yaml", text: text)
        }
        #expect(error.diagnostics.count == 1)
        #expect(error.diagnostics.first?.description.hasPrefix("n.yaml:" + expected) == true, "\(error)")
    }

    @Test func `all mistakes are named at once, in the order of the file`() throws {
        let error = try #require(throws: RuleFileError.self) {
            try NotificationSettings(
                file: "n.yaml",
                text: """
                    global: {}
                    route: {receiver: nobody, group_wait: x}
                    receivers:
                      - {name: team, webhook_configs: [{url: "gopher://x"}]}
                      - {name: "", jira_configs: []}
                    templates: []
                    """)
        }
        #expect(error.diagnostics.map(\.line) == [1, 2, 4, 5, 5, 6])
    }

    @Test(arguments: [
        "signing_secret: whsec_c2hvcnQ=", "signing_secret: hunter2hunter2", "signing_secret: [hunter2hunter2]",
        "signing_secret: whsec_hunter2!", "signing_secret: 'whsec_c2hvcnQ= hunter2'",
        "url: 'http://x/', signing_secret: hunter2, signing_secret_file: /x", "url: 'http://hunter2@x/c2hvcnQ='",
        "url: 'c2hvcnQ=://x/hunter2'", "url: {hunter2: 1}",
    ])
    func `no mistake repeats a secret`(entry: String) throws {
        let url = entry.contains("url:") ? "" : "url: 'http://x/', "
        let error = try #require(throws: RuleFileError.self) {
            try NotificationSettings(
                file: "n.yaml",
                text: "route: {receiver: y}\nreceivers: [{name: y, webhook_configs: [{\(url)\(entry)}]}]")
        }
        #expect(!error.description.contains("hunter2") && !error.description.contains("c2hvcnQ"))
    }

    @Test func `settings do not print what they keep secret`() throws {
        let settings = try NotificationSettings(
            file: "n.yaml",
            text: """
                route: {receiver: y}
                receivers: [{name: y, webhook_configs: [{url: "https://x.example/T0KEN", signing_secret: "\(secret)"}]}]
                """)
        var text = "\(settings) " + String(reflecting: settings)
        dump(settings, to: &text)
        #expect(!text.contains("T0KEN") && !text.contains("MfKQ"))
    }
}
