import Monitoring
import Statistics
import Testing

/// What is read of windows whose labels are few, of one class, or come to scores that are missing or elsewhere.
struct EstimateReadingTests {
    private struct Row {
        var score: Double
        var predicted: ByteText?
        var actual: ByteText?
    }

    private func schema(_ task: ModelSchema.Task = .binary) throws -> ModelSchema {
        var change = ModelSchemaChange()
        change.task = task
        change.features = []
        return try ModelSchema.creating(from: change)
    }

    private func rows(_ list: [Row]) -> ReferenceRows {
        var rows = ReferenceRows()
        rows.count = list.count
        rows.scores = list.map(\.score)
        rows.classPredictions = CategoricalColumn(list.map(\.predicted))
        rows.actualClasses = CategoricalColumn(list.map(\.actual))
        return rows
    }

    /// Rows whose score comes true as often as it says.
    private func calibrated(_ count: Int, class name: (Bool) -> ByteText = { $0 ? "1" : "0" }) -> [Row] {
        (0..<count).map { index in
            let score = Double((index * 37) % 100) / 100 + 0.005
            var mixed = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            let draw = Double(mixed >> 11) / 0x1p53
            return Row(score: score, predicted: nil, actual: name(draw < score))
        }
    }

    private func summary(
        _ window: [Row], reference: [Row]? = nil, task: ModelSchema.Task = .binary, watermark: Time? = nil
    ) throws -> WindowSummary {
        let schema = try schema(task)
        let frozen = Reference.freezing(rows(reference ?? calibrated(1000)), schema: schema)
        let pane = Reference.counting(rows(window), on: frozen.grids, schema: schema, name: "window").pane
        var summary = WindowSummary(
            window: Window(end: .epoch + .days(1), length: .days(1)), pane: pane, schema: schema, grids: frozen.grids,
            reference: frozen.side())
        summary.watermark = watermark
        return summary
    }

    private func gap(_ summary: WindowSummary) -> EstimateGap? {
        do throws(EstimateGap) {
            _ = try summary.performanceEstimate()
            return nil
        } catch {
            return error
        }
    }

    @Test func `what is expected is near what comes`() throws {
        let summary = try summary(calibrated(500))
        let expected = try #require(summary.estimate(of: .estimatedAccuracy))
        #expect(try #require(expected.interval).contains(try #require(summary.value(of: .accuracy))))
        #expect(try summary.performanceEstimate().accuracyBound == 0)
        #expect(summary.value(of: .estimateTrust) == 1)
        #expect(summary.decay(of: .accuracy)?.isWorse == false)
        #expect(summary.decay(of: .positiveRate) == nil)
    }

    @Test func `rows without a score, other predictions and a reference without labels are no ground to estimate on`()
        throws
    {
        var some = calibrated(200)
        some[3].score = .nan
        #expect(gap(try summary(some)) == .missingScores)
        #expect(try summary(some).value(of: .logLoss) == nil)
        #expect(try summary(some).value(of: .accuracyCorrected) == nil)
        let other = calibrated(200).map {
            Row(score: $0.score, predicted: $0.score >= 0.8 ? "1" : "0", actual: $0.actual)
        }
        let same = calibrated(200).map {
            Row(score: $0.score, predicted: $0.score >= 0.5 ? "1" : "0", actual: $0.actual)
        }
        #expect(gap(try summary(other, reference: same)) == .otherThreshold)
        #expect(gap(try summary(same, reference: same)) == nil)
        #expect(gap(try summary(same)) == nil)
        let blind = calibrated(200).map { Row(score: $0.score, predicted: nil, actual: nil) }
        #expect(gap(try summary(same, reference: blind)) == .noReference)
        let certain = calibrated(200) { _ in "1" }
        #expect(gap(try summary(same, reference: certain)) == .noReference)
        #expect(gap(try summary([])) == .noScores)
        #expect(gap(try summary([], task: .regression)) == .task)
    }

    @Test func `scores outside 0 and 1 are ranked and calibrated, but have no log loss`() throws {
        let wide = calibrated(600).map { Row(score: 20 * $0.score - 10, predicted: nil, actual: $0.actual) }
        let summary = try summary(wide, reference: wide)
        #expect(summary.value(of: .logLoss) == nil)
        #expect(summary.estimate(of: .logLoss) == nil)
        #expect(summary.estimate(of: .rocAUC)?.interval != nil)
        #expect(try summary.performanceEstimate().isIsotonic)
        let accuracy = try #require(summary.value(of: .accuracy))
        #expect((try #require(summary.value(of: .estimatedAccuracy)) - accuracy).magnitude < 0.02)
    }

    @Test func `a window of one class has no ranking and no loss of it`() throws {
        let summary = try summary(calibrated(50) { _ in "1" })
        for measure in [Measure.rocAUC, .mcc, .specificity, .fpr] {
            #expect(summary.value(of: measure) == nil, "\(measure.rawValue)")
            #expect(summary.estimate(of: measure) == nil, "\(measure.rawValue)")
            #expect(summary.decay(of: measure) == nil, "\(measure.rawValue)")
        }
        #expect(summary.value(of: .prAUC) == 1)
        #expect(summary.value(of: .recall) != nil)
    }

    @Test func `one label is too few for anything but itself`() throws {
        var rows = calibrated(100).map { Row(score: $0.score, predicted: nil, actual: nil) }
        #expect(try summary(rows).value(of: .accuracy) == nil)
        #expect(try summary(rows).maturity?.reasons == [.few, .wide])
        rows[0].actual = "1"
        let summary = try summary(rows)
        #expect(summary.labels == 1)
        #expect(summary.maturity?.isMature == false)
        #expect(summary.value(of: .labelMaturity) == 0)
        #expect(summary.value(of: .estimateTrust) == nil)
        #expect(summary.value(of: .accuracyCorrected) == nil)
        #expect(try #require(summary.estimate(of: .accuracy)?.interval).width > 0.5)
    }

    @Test func `of many classes accuracy alone is expected, from how sure the predicted class is`() throws {
        let rows = calibrated(600).map { Row(score: $0.score, predicted: "a", actual: $0.actual == "1" ? "a" : "b") }
        let summary = try summary(rows, reference: rows, task: .multiclass)
        let accuracy = try #require(summary.value(of: .accuracy))
        #expect((try #require(summary.value(of: .estimatedAccuracy)) - accuracy).magnitude < 0.06)
        #expect(summary.value(of: .estimatedF1) == nil)
        #expect(summary.value(of: .rocAUC) == nil && summary.value(of: .brier) == nil)
        #expect(summary.value(of: .calibrationError) != nil)
        #expect(summary.value(of: .accuracyAt3) == nil)
        #expect(isNear(summary.value(of: .accuracyCorrected), accuracy))
    }

    private func isNear(_ left: Double?, _ right: Double) -> Bool {
        left.map { ($0 - right).magnitude < 1e-9 } ?? false
    }

    @Test func `labels of half the rows are waited for only while they are young`() throws {
        let schema = try schema()
        let all = calibrated(1200)
        let frozen = Reference.freezing(rows(all), schema: schema)
        var panes = PaneSet(schema: schema, grids: frozen.grids)
        let key = PaneKey(start: .epoch)
        panes.insert(
            Reference.counting(
                rows(all.map { Row(score: $0.score, predicted: nil, actual: nil) }), on: frozen.grids, schema: schema,
                name: "window"
            ).pane, for: key)
        let deltas = all.prefix(500).map { row in
            OutcomeDelta(
                eventTime: .epoch, version: "", segments: [], predicted: .none, score: row.score,
                actual: .category(row.actual ?? "0"), knownAt: .epoch + .hours(48), sign: 1, isReplacement: false)
        }
        panes.fold(deltas, panes.plan(deltas))
        let pane = try #require(panes[key])
        func maturity(hoursAfterEnd hours: Int64) -> LabelMaturity? {
            var summary = WindowSummary(
                window: Window(end: .epoch + .hours(1), length: .hours(1)), pane: pane, schema: schema,
                grids: frozen.grids, reference: frozen.side())
            summary.watermark = .epoch + .hours(1 + hours)
            return summary.maturity
        }
        #expect(maturity(hoursAfterEnd: 24)?.reasons == [.coming])
        #expect(maturity(hoursAfterEnd: 49)?.isMature == true)
    }
}
