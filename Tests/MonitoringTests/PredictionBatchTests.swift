import Monitoring
import Statistics
import Testing

struct PredictionBatchTests {
    private func batch() -> PredictionBatch {
        var batch = PredictionBatch()
        batch.ids = ["a", "b", "c"]
        batch.versions = ["", "1", ""]
        batch.times = [.epoch, .epoch + .hours(1), .epoch + .hours(2)]
        batch.numeric = [[1, .nan, 3], []]
        batch.categorical = [CategoricalColumn(["x", nil, "y"])]
        batch.scores = [0.1, .nan, 0.3]
        batch.classPredictions = CategoricalColumn(["1", "0", nil])
        batch.classScores = [nil, "{\"0\":1}", nil]
        batch.extras = [nil, nil, "{\"z\":1}"]
        batch.typeErrors = [[1], [], [0, 2]]
        return batch
    }

    private func content(_ batch: PredictionBatch, _ row: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        batch.contentBytes(row: row, into: &bytes)
        return bytes
    }

    @Test func `a selection has the rows asked for, in that order`() {
        let selected = batch().selecting(rows: [2, 0])
        #expect(selected.ids == ["c", "a"])
        #expect(selected.numeric[0] == [3, 1])
        #expect(selected.numeric[1].isEmpty)
        #expect(selected.categorical[0][0] == "y")
        #expect(selected.typeErrors == [[], [], [0, 1]])
        #expect(selected.hasExtras(row: 0))
        #expect(selected.count == 2)
    }

    @Test(arguments: [[[0], [1, 2]], [[2], [0], [1]], [[0, 1, 2]], [[1], [], [2, 0]]])
    func `joined batches have the rows of each, one after the other`(parts: [[Int]]) throws {
        let whole = batch()
        let order = parts.flatMap(\.self)
        let joined = try #require(PredictionBatch(joining: parts.filter { !$0.isEmpty }.map(whole.selecting)))
        #expect(joined.ids == order.map { whole.ids[$0] })
        #expect(order.indices.map { content(joined, $0) } == order.map { content(whole, $0) })
        #expect(joined.typeErrors == whole.selecting(rows: order).typeErrors)
    }

    @Test func `what a request left out is filled when it is joined, and other columns are not joined`() throws {
        var plain = batch().selecting(rows: [0])
        plain.extras = []
        var weighted = batch().selecting(rows: [2])
        weighted.weights = [try #require(RowWeight(2.0))]
        let joined = try #require(PredictionBatch(joining: [plain, weighted]))
        #expect(!joined.hasExtras(row: 0) && joined.hasExtras(row: 1))
        #expect(joined.weight(row: 0).isOne && joined.weight(row: 1) == weighted.weight(row: 0))
        var grown = batch()
        grown.numeric.append([1, 2, 3])
        #expect(PredictionBatch(joining: [batch(), grown]) == nil)
    }

    @Test(arguments: 0..<3)
    func `the content does not depend on the place in a batch`(row: Int) {
        let whole = batch()
        #expect(content(whole, row) == content(whole.selecting(rows: [row]), 0))
    }

    @Test func `the content does not change when a schema grows`() {
        var grown = batch()
        grown.numeric.append([.nan, .nan, .nan])
        grown.categorical.append(CategoricalColumn([nil, nil, nil]))
        grown.typeErrors = [[1], [], [], [0, 2], []]
        #expect((0..<3).map { content(grown, $0) } == (0..<3).map { content(batch(), $0) })
    }

    @Test func `every part of the content counts`() {
        let edits: [@Sendable (inout PredictionBatch) -> Void] = [
            { $0.times[0] = Time(microseconds: 1) }, { $0.numeric[0][0] = 2 }, { $0.numeric[0][0] = .nan },
            { $0.numeric[1] = [1, 1, 1] }, { $0.categorical[0].codes[0] = 1 }, { $0.categorical[0].codes[0] = -1 },
            { $0.scores[0] = .nan }, { $0.classPredictions.codes[0] = 1 }, { $0.numberPredictions = [1, 1, 1] },
            { $0.classScores[0] = "{}" }, { $0.extras[0] = "{}" }, { $0.typeErrors[2] = [2] },
            { $0.typeErrors[1] = [0] },
        ]
        var seen: Set<[UInt8]> = [content(batch(), 0)]
        for edit in edits {
            var other = batch()
            edit(&other)
            let isNew = seen.insert(content(other, 0)).inserted
            #expect(isNew)
        }
    }

    @Test func `an arrival time is not content and minus zero is zero`() {
        var first = batch()
        first.timeIsArrival = [true, false, false]
        var second = first
        second.times[0] = .epoch + .days(1)
        #expect(content(first, 0) == content(second, 0))
        first.numeric[0][0] = 0
        second.numeric[0][0] = -0.0
        #expect(content(first, 0) == content(second, 0))
    }

    @Test func `values are compared as bytes`() {
        let column = CategoricalColumn(["\u{E9}", "e\u{301}", "\u{E9}"])
        #expect(column.values.count == 2)
        #expect(column.codes == [0, 1, 0])
        #expect(column[7] == nil)
    }
}
