import Alerting
import Query
import Testing

/// Whatever the text, the answer is a value or mistakes with their places.
struct RuleFuzzTests {
    private static let words = [
        "groups:", "- name: g", "rules:", "- alert: A", "expr: a > 1", "record: r", "for: 5m", "labels:",
        "annotations: {s: '{{ $value }}'}", "{", "}", "[", "]", ": ", "- ", "\n", "\n  ", "\n    ", "\"", "'", "|", ">",
        "&a", "*a", "!t", "#", "? ", "---", "...", "<<", "~", "ä", "\t", "\u{0}", "%", "@", "`", ",",
    ]
    private static let templates = [
        "{{", "}}", "{{-", "-}}", " ", "$value", ".Value", "$labels.a", "$labels", ".Labels.b", "if", "else", "end",
        "printf", "\"%.2f\"", "\"%s%d\"", "|", "(", ")", "humanize", "eq", "and", "5", "5.5", "-", "\"a", "`", "/*",
        "*/", "match", "\"(\"", "reReplaceAll", "x", "\n", "true", "$", ".", "not", "0x", "1e",
    ]

    private static func text(_ words: [String], seed: UInt64, separator: String = "") -> String {
        var random = SeededGenerator(seed: seed)
        return (0..<Int.random(in: 1...50, using: &random)).map { _ in random.pick(words) }.joined(separator: separator)
    }

    @Test(arguments: UInt64(0)..<200)
    func `random YAML never traps`(seed: UInt64) {
        for round in 0..<20 {
            let text = Self.text(Self.words, seed: seed &* 1000 &+ UInt64(round))
            do {
                _ = try RuleFile(file: "f", text: text)
                _ = try RuleTestFile(file: "f", text: text)
            } catch {
                #expect(error.diagnostics.allSatisfy { $0.line >= 1 && $0.column >= 1 })
                #expect(!error.diagnostics.isEmpty)
            }
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `random templates never trap`(seed: UInt64) {
        for round in 0..<50 {
            let text = Self.text(
                Self.templates, seed: seed &* 1000 &+ UInt64(round), separator: round % 2 == 0 ? " " : "")
            do {
                _ = try Template(text).expansion(of: TemplateValue(labels: ["a": "x"], value: .nan))
            } catch {
                #expect(error.position >= .start)
            }
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `random bytes never trap`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = String(decoding: (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }, as: UTF8.self)
        #expect(throws: RuleFileError.self) { try RuleFile(file: "f", text: "groups: " + text + "[") }
        do { _ = try Matcher.list(text) } catch { #expect(error.position >= .start) }
        do { _ = try Template(text) } catch { #expect(error.position >= .start) }
        #expect(Fingerprint(text) == nil)
    }

    @Test(arguments: UInt64(0)..<200)
    func `a valid file with random damage never traps`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let valid =
            "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: |\n      a{b=~\"c.*\"} > 1\n    labels: {s: 'x'}\n    annotations:\n      t: \"{{ $value | printf \\\"%.2f\\\" }}\"\n"
        var scalars = Array(valid.unicodeScalars)
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            scalars[Int.random(in: 0..<scalars.count, using: &random)] = random.pick([
                "{", "}", "\"", "'", "\n", " ", "\\", "(", ":", "-", "ä", "$", "%", "|",
            ])
        }
        let text = String(String.UnicodeScalarView(scalars))
        do {
            _ = try RuleFile(file: "f", text: text)
        } catch {
            #expect(error.diagnostics.allSatisfy { $0.line >= 1 && $0.column >= 1 })
        }
    }
}
