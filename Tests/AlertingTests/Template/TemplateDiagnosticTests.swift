import Alerting
import Query
import Testing

struct TemplateDiagnosticTests {
    @Test(arguments: [
        ("{{", "1:1: this {{ is not closed"), ("a\n {{ $value", "2:2: this {{ is not closed"),
        ("{{ }}", "1:1: {{ }} is empty"), ("{{ foo }}", "1:4: the function foo is not known"),
        ("{{ query \"up\" }}", "1:4: the function query is not known"),
        ("{{ range $labels }}", "1:4: range is not supported"), ("{{ with $value }}", "1:4: with is not supported"),
        ("{{ end }}", "1:4: end without if"), ("{{ else }}", "1:4: else without if"),
        ("{{ if true }}", "1:4: this if is not closed"),
        ("{{ if true }}{{ else }}{{ else }}{{ end }}", "1:27: a second else"),
        ("{{ if }}{{ end }}", "1:4: a value is missing"), ("{{ $labels }}", "1:4: $labels needs the name"),
        ("{{ $labels.a.b }}", "1:13: a text has no field .b"), ("{{ $value.x }}", "1:10: a number has no field .x"),
        ("{{ $x := 5 }}", "1:7: unexpected character"), ("{{ . }}", "1:4: . is not known"),
        ("{{ $foo }}", "1:4: $foo is not known in templates"), ("{{ . | html }}", "1:4: . is not known"),
        ("{{ .Labels }}", "1:4: .Labels needs the name"), ("{{ join $labels.a }}", "1:4: the function join is not"),
        ("{{ .Foo }}", "1:4: a rule has no field .Foo; it has ExternalLabels, ExternalURL, Labels, Value"),
        ("{{ $value 5 }}", "1:11: a value takes no arguments"),
        ("{{ 5 | $value }}", "1:8: only a function may follow |"), ("{{ $value | }}", "1:11: a value is missing"),
        ("{{ (5 }}", "1:4: a ) is missing"), ("{{ 5) }}", "1:5: unexpected word"), ("{{ \"a }}", "1:4: the closing \""),
        ("{{ \"\\q\" }}", "1:6: unknown escape"), ("{{ 'a' }}", "1:4: unexpected character"),
        ("{{ 010 }}", "1:4: \"010\" is not a decimal"), ("{{ /* x", "1:4: unexpected character"),
        ("{{/* x", "1:1: this comment is not closed"), ("{{/* x */ 5}}", "1:10: a comment ends with"),
        ("{{ printf }}", "1:4: printf takes at least 1"),
        ("{{ printf $labels.a }}", "1:4: the format of printf must be a text in quotes"),
        ("{{ printf \"%d\" $value }}", "1:4: %d does not print a number; write %.0f"),
        ("{{ printf \"%s\" $value }}", "1:4: %s does not print a number; write %v"),
        ("{{ printf \"%x\" 5 }}", "1:4: printf knows the verbs"),
        ("{{ printf \"%.1000f\" $value }}", "1:4: width and precision"),
        ("{{ printf \"%f\" }}", "1:4: printf has 1 verbs for 0 values"), ("{{ printf \"%\" }}", "1:4: printf knows"),
        ("{{ gt $value 5 }}", "1:4: gt cannot compare a number with a whole number; write the number with a point"),
        ("{{ eq $labels.a 5 }}", "1:4: eq cannot compare a text with a whole number"),
        ("{{ lt true false }}", "1:4: lt cannot compare a truth value"),
        ("{{ toUpper $value }}", "1:4: toUpper takes a text"),
        ("{{ match \"(\" $labels.a }}", "1:4: \"(\" is not a regular expression"),
        ("{{ match $labels.a \"x\" }}", "1:4: the pattern of match must be"),
        ("{{ not }}", "1:4: not takes 1 argument, not 0"), ("{{ humanize true }}", "1:4: humanize takes a text"),
        ("{{ $value}} }}{{", "1:15: this {{ is not closed"),
    ])
    func `place and message`(text: String, start: String) {
        let error = #expect(throws: QueryError.self) { try Template(text) }
        #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "accepted")")
    }

    @Test(arguments: [
        String(repeating: "{{ if true }}", count: 1000), "{{ " + String(repeating: "(", count: 1000),
        String(repeating: "a", count: 1 << 20), String(repeating: "{{ if true }}{{ else if true }}", count: 500),
    ])
    func `too deep and too long templates are refused`(text: String) {
        #expect(throws: QueryError.self) { try Template(text) }
    }
}
