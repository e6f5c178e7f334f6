import Monitoring
import Statistics
import Testing

/// What the scores of every class of a model with many tell of a window, with labels and without.
struct ClassReadingTests {
    private struct Row {
        var ranking: ClassRanking?
        var predicted: ByteText?
        var actual: ByteText?
        var weight = RowWeight.one
    }

    private static func schema() throws -> ModelSchema {
        var change = ModelSchemaChange()
        change.task = .multiclass
        change.features = []
        return try ModelSchema.creating(from: change)
    }

    private static func ranking(_ scores: [(ByteText, Double)]) -> ClassRanking {
        ClassRanking(scores.map { ClassRanking.Entry(name: $0.0, probability: $0.1) })
    }

    /// Rows of which a class comes true as often as its score says; with `shift`, as often as another one's says.
    private static func rows(_ count: Int, seed: UInt64, shift: Bool = false) -> [Row] {
        var random = SeededRandom(seed)
        let names: [ByteText] = ["a", "b", "c"]
        return (0..<count).map { _ in
            var scores = names.map { _ in Double.random(in: 0...1, using: &random) }
            scores = scores.map { $0 * $0 + 0.01 }
            let sum = scores.reduce(0, +)
            scores = scores.map { $0 / sum }
            let draw = Double.random(in: 0..<1, using: &random)
            let own = draw < scores[0] ? 0 : draw < scores[0] + scores[1] ? 1 : 2
            let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
            return Row(
                ranking: ranking(Array(zip(names, scores))), predicted: names[best],
                actual: names[shift ? (own + 1) % 3 : own])
        }
    }

    private static func table(_ rows: [Row]) -> ReferenceRows {
        var table = ReferenceRows()
        table.count = rows.count
        table.scores = rows.map { row in row.ranking?.entries.first?.probability ?? .nan }
        table.rankings = rows.map(\.ranking)
        table.classPredictions = CategoricalColumn(rows.map(\.predicted))
        table.actualClasses = CategoricalColumn(rows.map(\.actual))
        table.weights = rows.contains { !$0.weight.isOne } ? rows.map(\.weight) : []
        return table
    }

    private static func summary(_ window: [Row], reference: [Row]? = nil) throws -> WindowSummary {
        let schema = try schema()
        let frozen = Reference.freezing(table(reference ?? rows(3000, seed: 1)), schema: schema)
        let pane = Reference.counting(table(window), on: frozen.grids, schema: schema, name: "window").pane
        return WindowSummary(
            window: Window(end: .epoch + .days(1), length: .days(1)), pane: pane, schema: schema, grids: frozen.grids,
            reference: frozen.side())
    }

    private func gap(_ summary: WindowSummary) -> EstimateGap? {
        do throws(EstimateGap) {
            _ = try summary.classEstimates()
            return nil
        } catch {
            return error
        }
    }

    private static let areas: [Measure] = [.rocAUCMacro, .rocAUCWeighted, .prAUCMacro, .prAUCWeighted]

    @Test func `what is expected of every class comes true, and each measure is put on trial by itself`() throws {
        let summary = try Self.summary(Self.rows(800, seed: 2))
        let expected = Measure.expected(of: .multiclass)
        #expect(expected.count == 6)
        for measure in expected {
            let estimate = try #require(summary.estimate(of: measure), "\(measure.rawValue)")
            let labelled = try #require(measure.expects)
            let truth = try #require(summary.value(of: labelled))
            #expect((estimate.value - truth).magnitude < 0.05, "\(measure.rawValue)")
            #expect(try #require(estimate.interval).contains(truth), "\(measure.rawValue)")
            let trial = try #require(summary.estimateTrial(of: measure), "\(measure.rawValue)")
            #expect(trial.isInside && trial.truth == truth, "\(measure.rawValue)")
            // All rows are labelled, so that these are the same rows.
            #expect((trial.expected.value - estimate.value).magnitude < 0.01, "\(measure.rawValue)")
        }
        let changed = try Self.summary(Self.rows(800, seed: 2, shift: true))
        for measure in expected {
            let trial = try #require(changed.estimateTrial(of: measure), "\(measure.rawValue)")
            #expect(!trial.isInside && trial.error > 0.1, "\(measure.rawValue)")
        }
        #expect(try Self.summary(Self.rows(29, seed: 2)).estimateTrial(of: .estimatedF1Macro) == nil)
        #expect(summary.estimateTrial(of: .accuracy) == nil)
    }

    @Test func `without labels all is expected and nothing tried`() throws {
        let blind = Self.rows(400, seed: 3).map { Row(ranking: $0.ranking, predicted: $0.predicted, actual: nil) }
        let summary = try Self.summary(blind)
        for measure in Measure.expected(of: .multiclass) {
            #expect(summary.value(of: measure) != nil, "\(measure.rawValue)")
            #expect(summary.estimateTrial(of: measure) == nil, "\(measure.rawValue)")
        }
        for measure in Self.areas { #expect(summary.performance.gap(measure) == .noLabels) }
    }

    @Test func `areas of every class have values, intervals and reasons`() throws {
        let summary = try Self.summary(Self.rows(300, seed: 4))
        for measure in Self.areas + Measure.accuracyAt {
            let value = try #require(summary.value(of: measure), "\(measure.rawValue)")
            #expect(summary.estimate(of: measure)?.value == value)
            #expect(try #require(summary.estimate(of: measure)?.interval).contains(value))
            #expect(summary.decay(of: measure)?.isWorse == false, "\(measure.rawValue)")
            #expect(!measure.dependsOnLabelTimes)
        }
        #expect(summary.value(of: .accuracyAt1) == summary.value(of: .accuracy))
        #expect(summary.value(of: .accuracyAt3) == 1 && summary.value(of: .accuracyAt10) == 1)
        #expect(summary.performance.classAreas?.parts.map(\.name) == ["a", "b", "c"])
        var rows = Self.rows(100, seed: 5).map { row in
            Row(ranking: row.ranking, predicted: row.predicted, actual: row.actual == "c" ? "a" : row.actual)
        }
        let missing = try Self.summary(rows)
        for measure in Self.areas {
            #expect(missing.value(of: measure) == nil)
            #expect(missing.performance.gap(measure) == .missingClass)
        }
        #expect(missing.performance.classAreas?.parts.map { $0.rocAUC != nil } == [true, true, false])
        rows[0].ranking = Self.ranking([("a", 3), ("b", -1)])
        #expect(try Self.summary(rows).performance.gap(.rocAUCMacro) == .scoresOutside)
        rows[0].ranking = Self.ranking((0..<12).map { (ByteText("k\($0)"), 1.0 / 12) })
        let wide = try Self.summary(rows)
        #expect(wide.performance.gap(.rocAUCMacro) == .manyClasses)
        #expect(wide.value(of: .accuracyAt2) != nil)
        let none = try Self.summary(rows.map { Row(ranking: nil, predicted: $0.predicted, actual: $0.actual) })
        #expect(none.performance.gap(.prAUCWeighted) == .noClassScores)
        #expect(none.performance.gap(.accuracyAt2) == .noClassScores)
    }

    @Test func `what stands in the way of expecting something of the classes is told`() throws {
        var rows = Self.rows(100, seed: 6)
        #expect(gap(try Self.summary(rows)) == nil)
        #expect(gap(try Self.summary([])) == .noScores)
        let blind = Self.rows(100, seed: 7).map { Row(ranking: $0.ranking, predicted: $0.predicted, actual: nil) }
        #expect(gap(try Self.summary(rows, reference: blind)) == .noReferenceClasses)
        let two = Self.rows(200, seed: 7).map { row in
            Row(ranking: row.ranking, predicted: row.predicted, actual: row.actual == "c" ? "a" : row.actual)
        }
        #expect(gap(try Self.summary(rows, reference: two)) == .noReferenceClasses)
        let undecided = rows.map { Row(ranking: $0.ranking, predicted: nil, actual: $0.actual) }
        #expect(gap(try Self.summary(undecided)) == .missingClassScores)
        rows[3].ranking = Self.ranking([("a", 2)])
        #expect(gap(try Self.summary(rows)) == .outside)
        rows[3].ranking = Self.ranking((0..<12).map { (ByteText("k\($0)"), 1.0 / 12) })
        #expect(gap(try Self.summary(rows)) == .manyClasses)
        rows[3].ranking = nil
        let partial = try Self.summary(rows)
        #expect(gap(partial) == .missingClassScores)
        #expect(partial.gap(of: .estimatedF1Macro, column: nil, method: nil) == .noClassScores)
    }

    @Test func `a row of weight 3 counts as three rows, whose intervals know that it is one`() throws {
        let (rows, heavy) = (Self.rows(90, seed: 8), try #require(RowWeight(3)))
        let weighted = rows.enumerated().map { index, row in
            Row(
                ranking: row.ranking, predicted: row.predicted, actual: row.actual,
                weight: index % 2 == 0 ? heavy : .one)
        }
        let repeated = weighted.flatMap { row in
            (0..<(row.weight.isOne ? 1 : 3)).map { _ in
                Row(ranking: row.ranking, predicted: row.predicted, actual: row.actual)
            }
        }
        let (left, right) = (try Self.summary(weighted), try Self.summary(repeated))
        for measure in Self.areas + Measure.accuracyAt + Measure.expected(of: .multiclass) {
            let (one, other) = (left.estimate(of: measure), right.estimate(of: measure))
            let value = try #require(one?.value, "\(measure.rawValue)")
            #expect((value - (try #require(other?.value))).magnitude < 1e-9, "\(measure.rawValue)")
            let (wide, narrow) = (one?.interval?.width ?? 0, other?.interval?.width ?? 0)
            #expect(wide > narrow || measure.placesCounted != nil, "\(measure.rawValue)")
        }
    }

    @Test func `rows that an older version counted are not taken for all`() throws {
        let rows = Self.rows(100, seed: 9)
        let schema = try Self.schema()
        let frozen = Reference.freezing(Self.table(Self.rows(500, seed: 1)), schema: schema)
        var panes = PaneSet(schema: schema, grids: frozen.grids)
        func deltas(_ rows: ArraySlice<Row>, isOld: Bool) -> [OutcomeDelta] {
            rows.map { row in
                OutcomeDelta(
                    eventTime: .epoch, version: "", segments: [],
                    predicted: row.predicted.map(Outcome.category) ?? .none,
                    score: row.ranking?.entries[0].probability ?? .nan, actual: .category(row.actual ?? "a"),
                    knownAt: .epoch, sign: 1, isReplacement: false,
                    actualRank: row.ranking?.rank(of: row.actual ?? "a"), ranking: isOld ? nil : row.ranking)
            }
        }
        func gap() throws -> NullReason? {
            let pane = try #require(panes[PaneKey(start: .epoch)])
            let read = try Pane(decoding: pane.encoded())
            #expect(read == pane)
            return WindowSummary(
                window: Window(end: .epoch + .hours(1), length: .hours(1)), pane: read, schema: schema,
                grids: frozen.grids, reference: nil
            ).performance.gap(.rocAUCMacro)
        }
        panes.insert(nil, for: PaneKey(start: .epoch))
        let new = deltas(rows[..<60], isOld: false)
        panes.fold(new, panes.plan(new))
        #expect(try gap() == nil)
        let old = deltas(rows[60...], isOld: true)
        panes.fold(old, panes.plan(old))
        #expect(try gap() == .notCounted)
    }

    @Test(arguments: 0..<8)
    func `a window that slides over classes that come and go is the window built anew`(seed: UInt64) throws {
        let schema = try Self.schema()
        let grids = ColumnGrids()
        var random = SeededRandom(seed)
        var panes = PaneSet(schema: schema, grids: grids)
        for hour in 0..<40 {
            // In some hours one class more than are kept, in others few of them.
            let names = (0..<(hour % 13 == 5 ? 11 : 3)).map { ByteText("c\((hour / 13 * 4 + $0) % 16)") }
            let deltas = names.map { name in
                let share = Double.random(in: 0...1, using: &random)
                return OutcomeDelta(
                    eventTime: .epoch + .hours(Int64(hour)), version: "", segments: [], predicted: .category(names[0]),
                    score: share, actual: .category(name), knownAt: .epoch, sign: 1, isReplacement: false,
                    weight: hour % 3 == 0 ? RowWeight(2.5) ?? .one : .one, actualRank: 1,
                    ranking: Self.ranking([(name, share), (names[0] == name ? "c0" : names[0], 1 - share)]))
            }
            panes.insert(nil, for: PaneKey(start: .epoch + .hours(Int64(hour))))
            panes.fold(deltas, panes.plan(deltas))
        }
        var sliding = WindowAccumulator(length: .hours(4), grid: panes.grid)
        var (few, many) = (0, 0)
        for hours in stride(from: Int64(4), through: 42, by: seed % 2 == 0 ? 1 : 3) {
            let end = Time.epoch + .hours(hours)
            sliding.slide(to: end) { panes[PaneKey(start: $0)] }
            var fresh = WindowAccumulator(length: .hours(4), grid: panes.grid)
            fresh.slide(to: end) { panes[PaneKey(start: $0)] }
            #expect(sliding.merged == fresh.merged, "\(hours)")
            #expect(sliding.merged.encoded() == fresh.merged.encoded(), "\(hours)")
            if fresh.merged.outcomes.classScores.isWide { many += 1 } else { few += 1 }
            if seed % 3 == 0 { sliding.pack { _ in nil } }
        }
        #expect(few > 0 && many > 0)
    }

    @Test(arguments: 0..<6)
    func `any order and any splitting of rows and labels give the same panes`(seed: UInt64) throws {
        let schema = try Self.schema()
        var random = SeededRandom(seed)
        let rows = Self.rows(120, seed: seed)
        func folded(_ order: [Int], sizes: ClosedRange<Int>) -> [UInt8]? {
            var panes = PaneSet(schema: schema, grids: ColumnGrids())
            panes.insert(nil, for: PaneKey(start: .epoch))
            var rest = order[...]
            while !rest.isEmpty {
                let part = rest.prefix(Int.random(in: sizes, using: &random))
                rest = rest.dropFirst(part.count)
                var batch = PredictionBatch()
                batch.ids = part.map { ByteText("\($0)") }
                batch.versions = part.map { _ in "" }
                batch.times = part.map { _ in .epoch }
                batch.scores = part.map { rows[$0].ranking?.entries[0].probability ?? .nan }
                batch.classPredictions = CategoricalColumn(part.map { rows[$0].predicted })
                batch.rankings = part.map { rows[$0].ranking }
                let plan = panes.plan(batch, rows: Array(0..<batch.count), segments: { _ in [] })
                panes.fold(batch, plan, watermark: nil)
                // Every label is corrected once.
                let deltas = part.flatMap { index -> [OutcomeDelta] in
                    let row = rows[index]
                    return [("b", 1), ("b", -1), (row.actual ?? "a", 1)].map { (actual: ByteText, sign: Int64) in
                        OutcomeDelta(
                            eventTime: .epoch, version: "", segments: [],
                            predicted: row.predicted.map(Outcome.category) ?? .none,
                            score: row.ranking?.entries[0].probability ?? .nan, actual: .category(actual),
                            knownAt: .epoch, sign: sign, isReplacement: false,
                            actualRank: row.ranking?.rank(of: actual),
                            ranking: row.ranking)
                    }
                }.shuffled(using: &random)
                panes.fold(deltas, panes.plan(deltas))
            }
            return panes[PaneKey(start: .epoch)]?.encoded()
        }
        let whole = try #require(folded(Array(rows.indices), sizes: 200...200))
        for size in [1, 7, 60] {
            #expect(folded(rows.indices.shuffled(using: &random), sizes: 1...size) == whole)
        }
    }
}
