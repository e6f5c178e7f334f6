import Alerting
import Monitoring
import Query
import Testing

struct RouteTests {
    private static let text = """
        route:
          receiver: root
          group_by: [alertname]
          repeat_interval: 2h
          routes:
            - matchers: ['team=~"a|b"', 'severity="page"']
              receiver: pager
              group_wait: 10s
              continue: true
              routes:
                - matchers: [model!="x"]
                  receiver: night
                  group_by: ['...']
            - matchers: [severity="page"]
              group_by: []
            - matchers: [severity="ticket"]
              receiver: both
            - receiver: root
              matchers: [severity="none"]
              routes: [{receiver: root, matchers: [a="b"], continue: true}, {receiver: root, matchers: [a="b"]}]
        receivers:
          - {name: root, webhook_configs: [{url: "http://r/"}]}
          - {name: pager, webhook_configs: [{url: "http://p/"}]}
          - {name: night, webhook_configs: [{url: "http://n/"}]}
          - {name: both, webhook_configs: [{url: "http://b/1"}, {url: "http://b/2"}]}
        """

    @Test(
        arguments: [
            (["alertname": "A"], [#"root/webhook/0:{}:{alertname="A"}"#]),
            (["alertname": "A", "model": "m"], [#"root/webhook/0:{}:{alertname="A", model="m"}"#]),
            (
                ["alertname": "A", "model": "m", "severity": "page", "team": "a"],
                [
                    #"night/webhook/0:{}/{severity="page",team=~"a|b"}/{model!="x"}:"#
                        + #"{alertname="A", model="m", severity="page", team="a"}"#,
                    #"root/webhook/0:{}/{severity="page"}:{model="m"}"#,
                ]
            ),
            (
                ["alertname": "A", "model": "x", "severity": "page", "team": "b"],
                [
                    #"pager/webhook/0:{}/{severity="page",team=~"a|b"}:{alertname="A", model="x"}"#,
                    #"root/webhook/0:{}/{severity="page"}:{model="x"}"#,
                ]
            ),
            (["severity": "page", "team": "ab"], [#"root/webhook/0:{}/{severity="page"}:{}"#]),
            (
                ["severity": "ticket", "model": "é"],
                [
                    #"both/webhook/0:{}/{severity="ticket"}:{model="é"}"#,
                    #"both/webhook/1:{}/{severity="ticket"}:{model="é"}"#,
                ]
            ),
            (["severity": "none", "a": "b"], [#"root/webhook/0:{}/{severity="none"}/{a="b"}:{}"#]),
        ] as [(Labels, [String])])
    func `labels lead to groups`(labels: Labels, expected: [String]) throws {
        let settings = try NotificationSettings(file: "n.yaml", text: Self.text)
        #expect(settings.groups(for: labels).map(\.stream) == expected)
    }

    @Test func `what a route leaves out it has from its parent`() throws {
        let settings = try NotificationSettings(file: "n.yaml", text: Self.text)
        let night = try #require(settings.route.routes.first?.routes.first)
        #expect(night.timers.wait == PrometheusDuration("10s"))
        #expect(night.timers.interval == PrometheusDuration("5m"))
        #expect(night.timers.repetition == PrometheusDuration("2h"))
        let page = settings.route.routes[1]
        #expect(page.receiver == "root")
        #expect(page.grouping == .by([]))
        #expect(settings.route.routes[2].grouping == .by(["alertname"]))
    }

    @Test func `names that only look alike are different receivers`() throws {
        let (one, two) = ("caf\u{e9}", "cafe\u{301}")
        let settings = try NotificationSettings(
            file: "n.yaml",
            text: """
                route: {receiver: "\(two)"}
                receivers:
                  - {name: "\(one)", webhook_configs: [{url: "http://one/"}]}
                  - {name: "\(two)", webhook_configs: [{url: "http://two/"}]}
                """)
        let group = try #require(settings.groups(for: ["alertname": "A"]).first)
        #expect(group.destination.name.utf8.elementsEqual(two.utf8))
        guard case .webhook(let webhook)? = settings.channel(of: group.destination) else { return }
        #expect(webhook.address == .inline(try WebhookURL("http://two/")))
    }

    @Test func `without a file nobody is told`() {
        #expect(NotificationSettings.silent.groups(for: ["alertname": "A"]).isEmpty)
    }
}
