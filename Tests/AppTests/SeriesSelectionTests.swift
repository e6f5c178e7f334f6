import Monitoring
import Query
import Statistics
import Testing

@testable import App

struct SeriesSelectionTests {
    private static let slices = SliceNames(segments: ["country=DE", "country=FR"], versions: ["1", "2"])

    private func subject(task: ModelSchema.Task = .binary, references: [String] = ["training"]) throws
        -> SeriesReader.Subject
    {
        var change = ModelSchemaChange()
        change.task = task
        change.features = [
            FeatureDeclaration(name: "age", kind: .numeric), FeatureDeclaration(name: "score", kind: .numeric),
            FeatureDeclaration(name: "country", kind: .categorical),
        ]
        change.segments = [["country"]]
        let schema = try ModelSchema.creating(from: change)
        return SeriesReader.Subject(
            model: "churn", schema: schema, references: references, slices: Self.slices,
            firstEvent: Time(rfc3339: "2026-01-01T00:10:00Z"), watermark: Time(rfc3339: "2026-01-03T02:30:00Z"))
    }

    private func labels(
        _ selector: String, _ subject: SeriesReader.Subject
    ) throws -> [String] {
        let matchers = try Expression(selector).selectors[0].matchers
        let selection = SeriesReader.Selection(matchers, of: subject)
        let series = selection.groups.flatMap(\.series).map(\.labels.description)
        #expect(series.count == selection.count)
        return series.sorted()
    }

    @Test
    func `a drift series names its reference and an output its kind`() throws {
        #expect(
            try labels(#"driftline_ks{window="24h", segment="", version=""}"#, subject()) == [
                #"driftline_ks{feature="age", model="churn", reference="training", window="24h"}"#,
                #"driftline_ks{feature="features.score", model="churn", reference="training", window="24h"}"#,
                #"driftline_ks{feature="score", model="churn", reference="training", window="24h"}"#,
            ])
        #expect(
            try labels(#"driftline_chi2{window="24h", feature!="country", segment="", version=""}"#, subject()) == [
                #"driftline_chi2{feature="prediction", model="churn", reference="training", window="24h"}"#
            ])
    }

    @Test(arguments: [#"feature=~".+""#, #"feature!="""#, #"feature=~"multivariate[.].*""#])
    func `what is computed of all features together is chosen where a feature is asked for`(matcher: String) throws {
        let selector = "driftline_ks{window=\"24h\", segment=\"\", version=\"\", \(matcher)}"
        #expect(try labels(selector, subject()).count { $0.contains("multivariate.") } == 2)
    }

    @Test
    func `the reference's own value has exactly the labels of the measure`() throws {
        for name in SeriesName.all where name.isReference {
            let own = try labels(name.text, subject()).map { $0.dropFirst(name.text.count) }
            let measure = SeriesName(name.measure).text
            #expect(try labels(measure, subject()).map { $0.dropFirst(measure.count) } == own)
        }
    }

    @Test
    func `volume and performance have neither a feature nor a reference`() throws {
        #expect(
            try labels(#"driftline_predictions{segment="",version=""}"#, subject()) == [
                #"driftline_predictions{model="churn", window="24h"}"#,
                #"driftline_predictions{model="churn", window="7d"}"#,
            ])
        #expect(try labels(#"driftline_accuracy{feature="age"}"#, subject()).isEmpty)
        #expect(try labels("driftline_mae", subject()).isEmpty)
        #expect(try labels(#"driftline_mae{segment="",version=""}"#, subject(task: .regression)).count == 2)
    }

    @Test
    func `every reference of the model has series, and without any there are none of drift`() throws {
        let both = try subject(references: ["recent", "training"])
        #expect(try labels(#"driftline_psi{feature="age",window="7d",segment="",version=""}"#, both).count == 2)
        #expect(
            try labels(#"driftline_psi{feature="age",window="7d",reference="recent",segment="",version=""}"#, both)
                .count == 1)
        #expect(try labels("driftline_psi", subject(references: [])).isEmpty)
        #expect(try !labels("driftline_mean", subject(references: [])).isEmpty)
    }

    @Test(arguments: [
        (#"driftline_labels{window="24h"}"#, 5), (#"driftline_labels{window="24h",segment="",version=""}"#, 1),
        (#"driftline_labels{window="24h",segment="country=DE"}"#, 1),
        (#"driftline_labels{window="24h",segment!=""}"#, 2),
        (#"driftline_labels{window="24h",version=~".+"}"#, 2),
        (#"driftline_labels{window="24h",segment!="",version!=""}"#, 0),
        (#"driftline_labels{window="24h",other="x"}"#, 0), (#"driftline_labels{window="24h",other=""}"#, 5),
        (#"driftline_labels{window="24h",model="fraud"}"#, 0),
    ])
    func `every slice is chosen unless a condition says otherwise`(selector: String, count: Int) throws {
        #expect(try labels(selector, subject()).count == count)
    }

    @Test
    func `the values of a label are those of the chosen series`() throws {
        let matchers = try Expression(#"driftline_ks{window="7d"}"#).selectors[0].matchers
        let selection = SeriesReader.Selection(matchers, of: try subject())
        #expect(selection.values(of: "feature").sorted() == ["age", "features.score", "score"])
        #expect(selection.values(of: "segment") == ["country=DE", "country=FR"])
        #expect(selection.values(of: "window") == ["7d"])
        #expect(selection.values(of: "other").isEmpty)
    }

    @Test(arguments: [
        ("2026-01-02T00:00:00Z", ["2026-01-02T00:00:00Z"]), ("2026-01-02T00:59:59Z", ["2026-01-02T00:00:00Z"]),
        ("2026-01-03T02:59:59Z", ["2026-01-03T02:00:00Z"]), ("2026-01-03T03:00:00Z", []),
        ("2026-01-01T00:59:59Z", []), ("2026-01-01T01:00:00Z", ["2026-01-01T01:00:00Z"]),
    ])
    func `a sample is seen from its window's end on for one step, up to the watermark`(time: String, ends: [String])
        throws
    {
        let window = try WindowSpec(
            length: #require(PrometheusDuration("24h")), step: #require(PrometheusDuration("1h")))
        let instant = try #require(Time(rfc3339: time))
        #expect(try subject().ends(of: window, seenAt: instant).map(\.rfc3339) == ends)
    }

    @Test
    func `a sample of short steps is seen for five minutes, the newest first`() throws {
        let window = try WindowSpec(
            length: #require(PrometheusDuration("10m")), step: #require(PrometheusDuration("2m")))
        let instant = try #require(Time(rfc3339: "2026-01-01T01:05:00Z"))
        let expected = ["2026-01-01T01:04:00Z", "2026-01-01T01:02:00Z"]
        #expect(try subject().ends(of: window, seenAt: instant).map(\.rfc3339) == expected)
    }

    @Test
    func `slices whose texts differ only in their Unicode form have keys of their own`() throws {
        let window = try WindowSpec(
            length: #require(PrometheusDuration("24h")), step: #require(PrometheusDuration("1h")))
        let keys = ["country=\u{E9}", "country=e\u{301}"].map { text in
            SeriesReader.Group(window: window, slice: Slice(segment: ByteText(text)), reference: "training", series: [])
                .cacheKey(endingAt: .epoch)
        }
        #expect(keys[0] != keys[1])
    }
}
