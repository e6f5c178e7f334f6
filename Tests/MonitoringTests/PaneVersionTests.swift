import Monitoring
import Statistics
import Testing

struct PaneVersionTests {
    @Test func `a pane of version 1 is read, and written again in the newest version`() throws {
        let pane = try Pane(decoding: StoredVersionOne.pane)
        #expect(pane.predictions == 2)
        #expect(pane.numeric[.score]?.moments.mean == 0.8)
        #expect(pane.categorical[.feature("country")]?.named == ["DE": 1, "XX": 1])
        #expect(pane.outcomes.counts.labels == 2)
        #expect(pane.outcomes.counts.corrections == 4)
        #expect(pane.outcomes.known.count == 5)
        let bytes = pane.encoded()
        #expect(bytes.first == SummaryCodec.version)
        #expect(try Pane(decoding: bytes) == pane)
    }

    @Test func `a reference of version 1 is read, and written again in the newest version`() throws {
        let reference = try Reference(decoding: StoredVersionOne.reference)
        #expect(reference.name == Reference.training)
        #expect(reference.count == 50)
        #expect(reference.pane.outcomes.counts.labels == 33)
        #expect(reference.pane.numeric[.score]?.moments.mean == 0.49)
        let bytes = reference.encoded()
        #expect(bytes.first == SummaryCodec.version)
        #expect(try Reference(decoding: bytes).encoded() == bytes)
    }
}
