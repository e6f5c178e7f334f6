import Monitoring
import Statistics
import Testing

struct SegmentTests {
    @Test(
        arguments: [
            ([("country", "DE")], "country=DE"), ([("country", "DE"), ("device", "ios")], "country=DE,device=ios"),
            ([("a=b", "c,d%")], "a%3Db=c%2Cd%25"), ([("", "")], "="), ([("ü", "")], "ü="),
        ] as [([(ByteText, ByteText)], ByteText)])
    func `the text form reads back`(parts: [(ByteText, ByteText)], text: ByteText) {
        let segment = Segment(parts: parts.map { Segment.Part(feature: $0.0, value: $0.1) })
        #expect(segment.text == text)
        #expect(Segment(text: text.string) == segment)
    }

    @Test(arguments: ["", "a", "a=b=c", "a=%2", "a=%zz", "a=b,", "other", "other versions"])
    func `other texts are no segments`(text: String) {
        #expect(Segment(text: text) == nil)
    }

    @Test func `segments and versions are admitted while there is room`() {
        var names = SliceNames()
        for number in 0..<SliceNames.most {
            #expect(names.admit(segment: ByteText("a=\(number)")) == true)
            #expect(names.admit(version: ByteText("\(number)")) == true)
        }
        #expect(names.admit(segment: "a=0") == false)
        #expect(names.admit(segment: "a=x") == false)
        #expect(names.segment(for: "a=0") == "a=0")
        #expect(names.segment(for: "a=x") == Segment.other)
        #expect(names.slice(forVersion: "7") == Slice(version: "7"))
        #expect(names.slice(forVersion: "x") == Slice(segment: Segment.otherVersions))
        #expect(names.slice(forVersion: "") == nil)
    }

    @Test(arguments: [
        ("score", ColumnName.score, "score"), ("prediction", .prediction, "prediction"),
        ("age", .feature("age"), "age"),
        ("features.score", .feature("score"), "features.score"), ("features.age", .feature("age"), "age"),
        ("features.features.x", .feature("features.x"), "features.features.x"),
    ])
    func `a feature is addressed by name, an output by its word`(address: String, column: ColumnName, written: String) {
        #expect(ColumnName(address: address) == column)
        #expect(column.address == written)
    }

    @Test(arguments: [
        ("acuracy", Measure.accuracy), ("js", .jsDistance), ("ks_pvalue", .ksPValue), ("rocauc", .rocAUC), ("xyz", nil),
    ])
    func `the nearest measure is suggested`(name: String, measure: Measure?) {
        #expect(Measure.nearest(to: name) == measure)
    }
}
