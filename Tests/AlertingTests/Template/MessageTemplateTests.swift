import Alerting
import Query
import Testing

struct MessageTemplateTests {
    private let value = TemplateValue.record([
        ("Receiver", .text("team")), ("Status", .text("firing")),
        (
            "Alerts",
            .list([
                .record([
                    ("Status", .text("firing")), ("Labels", .labels([("feature", "a<b")])),
                    ("Annotations", .labels([])),
                    ("StartsAt", .text("2026-01-01T00:00:00Z")),
                ]),
                .record([
                    ("Status", .text("resolved")), ("Labels", .labels([("feature", "c")])),
                    ("Annotations", .labels([("summary", "s")])), ("StartsAt", .text("2026-01-01T00:00:00Z")),
                ]),
            ])
        ),
        ("CommonLabels", .labels([("Alert", "x"), ("model", "churn")])), ("TruncatedAlerts", .integer(3)),
        ("Replayed", .boolean(false)), ("GroupLabels", .labels([])), ("ExternalURL", .text("https://x/?a b&\u{e9}")),
    ])

    @Test(arguments: [
        ("plain", "plain"), ("{{ .Receiver }}/{{.Status}}", "team/firing"), ("{{ .CommonLabels.model }}", "churn"),
        ("{{ .CommonLabels.nothing }}.", "."),
        ("{{ range .Alerts }}[{{ .Labels.feature }} {{ $.Receiver }}]{{ end }}", "[a<b team][c team]"),
        ("{{ range .Alerts.Firing }}{{ .Labels.feature }}{{ end }}", "a<b"),
        ("{{ range .Alerts.Resolved }}{{ .Labels.feature }}{{ else }}none{{ end }}", "c"),
        ("{{ range .GroupLabels.Names }}x{{ else }}none{{ end }}", "none"),
        ("{{ if .Replayed }}r{{ else if eq .Status \"firing\" }}f{{ else }}n{{ end }}", "f"),
        ("{{ if and (gt .TruncatedAlerts 2) (not .Replayed) }}y{{ end }}", "y"),
        ("{{ len .Alerts }}{{ len .CommonLabels }}", "22"),
        ("{{ range .CommonLabels.SortedPairs }}{{ .Name }}={{ .Value }},{{ end }}", "Alert=x,model=churn,"),
        ("{{ .CommonLabels.Values | join \"|\" }}", "x|churn"),
        ("{{ .CommonLabels | json }}", "{\"Alert\":\"x\",\"model\":\"churn\"}"),
        (
            "{{ range .Alerts.Firing }}{{ json . }}{{ end }}",
            "{\"status\":\"firing\",\"labels\":{\"feature\":\"a\\u003cb\"},\"annotations\":{},\"startsAt\":\"2026-01-01T00:00:00Z\"}"
        ),
        ("{{ range .Alerts.Firing }}{{ .Labels.feature | html }}{{ end }}", "a&lt;b"),
        ("{{ .ExternalURL | urlquery }}", "https%3A%2F%2Fx%2F%3Fa+b%26%C3%A9"),
        ("{{ .Status | toUpper | title }}", "FIRING"), ("a {{- /* c */ -}} b", "ab"),
        ("{{ range .CommonLabels.Names }}{{ . }};{{ end }}", "Alert;model;"),
        ("{{ or .CommonLabels.nothing .Receiver }}", "team"),
        ("{{ printf \"%s: %d, %.1f\" .Receiver .TruncatedAlerts 1.5 }}", "team: 3, 1.5"),
        ("{{ if match \"^f\" .Status }}{{ reReplaceAll \"(i)r\" \"$1\" .Status }}{{ end }}", "fiing"),
        ("{{ if lt .Receiver .Status }}before{{ else }}after{{ end }} {{ eq .Status \"x\" \"firing\" }}", "after true"),
    ])
    func `a template is filled in as Go would`(text: String, expected: String) throws {
        #expect(try Template(text, language: .message).expansion(of: value) == expected)
    }

    @Test(arguments: [
        ("{{ .Statuz }}", "1:4: a notification has no field .Statuz; it has Alerts"),
        ("a\n {{ .Alerts.Name }}", "2:12: a list has no field .Name; it has Firing, Resolved"),
        ("{{ range .Status }}{{ end }}", "1:4: range takes a list, not a text"),
        ("{{ range $a }}{{ end }}", "1:10: variables are not supported"),
        ("{{ with .Alerts }}{{ end }}", "1:4: with is not supported in message templates"),
        ("{{ template \"x\" }}", "1:4: template is not supported"),
        ("{{ .Alerts | toUpper }}", "1:14: toUpper takes a text, not a list"),
        ("{{ shell .Status }}", "1:4: the function shell is not known in message templates"),
        ("{{ if .Status }}", "1:4: this if is not closed with {{ end }}"),
        ("{{ end }}", "1:4: end without if or range"),
        ("{{ gt .Status 1 }}", "1:4: gt cannot compare a text with a whole number"),
        ("{{ eq .Status .Replayed }}", "1:4: eq cannot compare a text with a truth value"),
        ("{{ .Status.Length }}", "1:11: a text has no field .Length"),
        ("{{ humanize 1.5 }}", "1:4: the function humanize is not known in message templates"),
        ("{{ range .Alerts }}{{ .Receiver }}{{ end }}", "1:23: an alert has no field .Receiver"),
        ("{{ len }}", "1:4: len takes 1 argument, not 0"), ("{{ }}", "1:1: {{ }} is empty"),
        ("{{ .Status", "1:1: this {{ is not closed with }}"),
    ])
    func `what is not understood is refused with its place`(text: String, start: String) {
        let error = #expect(throws: QueryError.self) { try Template(text, language: .message) }
        #expect(error?.description.hasPrefix(start) == true, "\(String(describing: error))")
    }

    @Test func `a mistake is reported where it stands in the settings`() {
        let error = #expect(throws: RuleFileError.self) {
            try NotificationSettings(
                file: "n.yaml",
                text: """
                    route: {receiver: r}
                    receivers:
                      - name: r
                        webhook_configs:
                          - url: http://x/
                            template: |
                              {"a": 1,
                               "b": {{ .Stauts | json }}}
                    """)
        }
        #expect(error?.diagnostics.first?.description.hasPrefix("n.yaml:8:") == true, "\(String(describing: error))")
    }

    @Test(arguments: 0..<300)
    func `whatever happens to a template, it is read and filled in, or refused with a place`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let whole =
            "{{ range .Alerts.Firing }}{{ if eq .Status \"x\" }}{{ .Labels.a | json }}{{ else }}{{ $.Receiver }}{{ end }}{{ end }}"
        var scalars = Array(whole.unicodeScalars)
        let pieces: [Unicode.Scalar] = ["{", "}", ".", "|", "(", ")", "\"", "$", "-", " ", "\u{0}", "\u{1F4A5}", "e"]
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let index = Int.random(in: 0..<scalars.count, using: &random)
            scalars[index] = pieces.randomElement(using: &random) ?? "."
        }
        let text = String(String.UnicodeScalarView(scalars))
        do {
            _ = try Template(text, language: .message).expansion(of: value)
        } catch {
            #expect(error.position.line >= 1 && !error.message.isEmpty)
        }
    }

    @Test func `a text that grows without end is cut`() throws {
        let inner = String(repeating: "x", count: 60_000)
        let alerts = TemplateValue.list(Array(repeating: .record([("Status", .text("firing"))]), count: 100))
        let text = try Template("{{ range .Alerts }}\(inner){{ end }}", language: .message)
            .expansion(of: .record([("Alerts", alerts)]))
        #expect(text.utf8.count == TemplateLanguage.message.outputLimit)
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "ab\u{2026}"), ("\u{1F4A5}\u{1F4A5}", 3, "\u{1F4A5}\u{2026}"),
        ("\u{1F4A5}x", 2, "\u{2026}"),
        ("", 0, ""), ("ab", 0, "\u{2026}"),
    ])
    func `texts are cut between characters`(text: String, most: Int, expected: String) {
        #expect(CutText.units(text, most: most) == expected)
    }
}
