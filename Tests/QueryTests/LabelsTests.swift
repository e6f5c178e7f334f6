import Query
import Testing

struct LabelsTests {
    @Test func `labels are sorted, the last of a name counts, empty ones are dropped`() {
        let labels = Labels([
            Label(name: "b", value: "1"), Label(name: "a", value: "2"), Label(name: "b", value: "3"),
            Label(name: "c", value: ""),
        ])
        #expect(labels.pairs.map(\.name) == ["a", "b"])
        #expect(labels["b"] == "3")
        #expect(labels["c"] == "")
    }

    @Test func `identity is bytes, not Unicode forms`() {
        let composed: Labels = ["a": "\u{E9}"]
        let decomposed: Labels = ["a": "e\u{301}"]
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
    }

    @Test(
        arguments: [
            (["__name__": "m"], "m"), (["__name__": "m", "b": "x", "a": "y\"\n"], #"m{a="y\"\n", b="x"}"#), ([:], "{}"),
            (["a": "ä\u{7}"], #"{a="ä\a"}"#),
        ] as [(Labels, String)])
    func `the notation is Prometheus's`(labels: Labels, text: String) throws {
        #expect(labels.description == text)
        #expect(try Labels(parsing: text) == labels)
    }

    @Test func `names are added, changed and removed`() {
        let labels: Labels = ["__name__": "m", "a": "1", "c": "3"]
        #expect(labels.setting("b", to: "2").pairs.map(\.name) == ["__name__", "a", "b", "c"])
        #expect(labels.setting("a", to: "") == ["__name__": "m", "c": "3"])
        #expect(labels.withoutName.keeping(["a"]) == ["a": "1"])
        #expect(labels.removing(["a", "c"]) == ["__name__": "m"])
    }

    @Test(arguments: ["m{a=~\"b\"}", "m{a=\"1\",a=\"2\"}", "m{", "m{a=\"b\"} 5", "", "m{__name__=\"b\"}"])
    func `a series with anything else is refused`(text: String) {
        #expect(throws: QueryError.self) { try Labels(parsing: text) }
    }
}
