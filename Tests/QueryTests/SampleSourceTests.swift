import Monitoring
import Query
import Testing

/// Which samples an element of a result rests on.
struct SampleSourceTests {
    private let samples: [Sample] = [
        Sample(labels: ["__name__": "s", "i": "1"], value: 1), Sample(labels: ["__name__": "s", "i": "2"], value: 2),
    ]

    private func sources(_ text: String, _ samples: [[Sample]]) throws -> [[String]] {
        let value = try Expression(text).evaluate(at: .epoch, samples: samples)
        return (value.elements ?? []).map { element in
            element.sources.elements.map { "\($0.selector) \($0.labels)" }.sorted()
        }
    }

    @Test(arguments: [
        ("a > 1", [[#"0 s{i="2"}"#]]), ("sum(a)", [[#"0 s{i="1"}"#, #"0 s{i="2"}"#]]),
        ("a / 2", [[#"0 s{i="1"}"#], [#"0 s{i="2"}"#]]), ("scalar(max(a)) + 1", [[#"0 s{i="1"}"#, #"0 s{i="2"}"#]]),
        ("abs(a{i=\"2\"})", [[#"0 s{i="1"}"#], [#"0 s{i="2"}"#]]), ("topk(1, a)", [[#"0 s{i="1"}"#, #"0 s{i="2"}"#]]),
        ("vector(3)", [[]]),
    ])
    func `of one selector`(text: String, expected: [[String]]) throws {
        let count = try Expression(text).selectors.count
        #expect(try sources(text, Array(repeating: samples, count: count)) == expected)
    }

    @Test(arguments: [
        ("a - b", [[#"0 s{i="1"}"#, #"1 s{i="1"}"#], [#"0 s{i="2"}"#, #"1 s{i="2"}"#]]),
        ("a and b", [[#"0 s{i="1"}"#, #"1 s{i="1"}"#], [#"0 s{i="2"}"#, #"1 s{i="2"}"#]]),
        ("a or b", [[#"0 s{i="1"}"#], [#"0 s{i="2"}"#]]), ("a unless b", []),
        ("a > scalar(count(b))", []),
        ("a >= scalar(count(b))", [[#"0 s{i="2"}"#, #"1 s{i="1"}"#, #"1 s{i="2"}"#]]),
        (
            "a * on() group_left sum(b)",
            [
                [#"0 s{i="1"}"#, #"1 s{i="1"}"#, #"1 s{i="2"}"#], [#"0 s{i="2"}"#, #"1 s{i="1"}"#, #"1 s{i="2"}"#],
            ]
        ),
    ])
    func `of two selectors`(text: String, expected: [[String]]) throws {
        #expect(try sources(text, [samples, samples]) == expected)
    }

    @Test func `absent rests on nothing`() throws {
        #expect(try sources("absent(a)", [[]]) == [[]])
    }

    @Test func `at most a thousand are remembered, and it is said`() throws {
        let many = (0..<1500).map { Sample(labels: ["i": "\($0)"], value: 1) }
        let value = try Expression("sum(a)").evaluate(at: .epoch, samples: [many])
        let sources = try #require(value.elements?.first?.sources)
        #expect(sources.elements.count == SampleSources.limit)
        #expect(sources.isTruncated)
    }
}
