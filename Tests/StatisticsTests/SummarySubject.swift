import Statistics

/// Every conformer of `MergeableSummary`.
enum SummarySubject: String, CaseIterable, Sendable {
    case moments
    case coarseGrid
    case fineGrid
    case numeric
    case ungriddedNumeric
    case categorical
    case confusion
    case scorePairs
    case probabilities
    case residuals
    case calibration
    case ranks
    case labelLags
    case residualSpread
    case classScores

    static let grid = RankGrid(freezing: [-1, 0, 1, 2], limit: 8)
    static let fine = RankGrid(freezing: (-200...200).map { Double($0) / 64 }, limit: 1024)

    var check: any SummaryCheck {
        switch self {
        case .moments: SummaryChecks(fold: Self.moments)
        case .coarseGrid: SummaryChecks(fold: { Self.counts($0, on: Self.grid) })
        case .fineGrid: SummaryChecks(fold: { Self.counts($0, on: Self.fine) })
        case .numeric: SummaryChecks(fold: { Self.numeric($0, on: Self.fine) }, additive: Self.withoutExtremes)
        case .ungriddedNumeric: SummaryChecks(fold: { Self.numeric($0, on: .empty) }, additive: Self.withoutExtremes)
        case .categorical: SummaryChecks(fold: Self.categorical)
        case .confusion: SummaryChecks(fold: Self.confusion)
        case .scorePairs: SummaryChecks(fold: Self.scorePairs)
        case .probabilities: SummaryChecks(fold: Self.probabilities)
        case .residuals: SummaryChecks(fold: Self.residuals)
        case .calibration: SummaryChecks(fold: Self.calibration)
        case .ranks: SummaryChecks(fold: Self.ranks)
        case .labelLags: SummaryChecks(fold: Self.labelLags)
        case .residualSpread: SummaryChecks(fold: Self.residualSpread)
        case .classScores: SummaryChecks(fold: Self.classScores)
        }
    }

    @Sendable private static func moments(_ rows: [SampleRow]) -> Moments {
        var result = Moments(scale: FixedPointScale(largestMagnitude: 3))
        for row in rows where !row.value.isNaN { result.fold(row.value) }
        return result
    }

    private static func counts(_ rows: [SampleRow], on grid: RankGrid) -> GridCounts {
        var result = GridCounts(grid: grid)
        var scratch = FoldScratch()
        let values = rows.map(\.value)
        result.fold(values.span, on: grid, scratch: &scratch)
        return result
    }

    private static func numeric(_ rows: [SampleRow], on grid: RankGrid) -> NumericSummary {
        var result = NumericSummary(grid: grid)
        var scratch = FoldScratch()
        let errors = rows.count { $0.value.isNaN && $0.isPositive }
        let values = rows.map(\.value)
        result.fold(values.span, typeErrors: errors, range: -1...1, on: grid, scratch: &scratch)
        return result
    }

    @Sendable private static func withoutExtremes(_ summary: NumericSummary) -> NumericSummary {
        var result = summary
        result.extremes = Extremes()
        result.forgetDistinct()
        return result
    }

    @Sendable private static func categorical(_ rows: [SampleRow]) -> CategoricalSummary {
        var result = CategoricalSummary()
        let values = Array(Set(rows.map(\.category)))
        let codes = rows.map { row in row.value.isNaN ? -1 : Int32(values.firstIndex(of: row.category) ?? -1) }
        result.fold(codes: codes.span, values: values) { $0 < "c5" }
        return result
    }

    @Sendable private static func confusion(_ rows: [SampleRow]) -> ConfusionCounts {
        var result = ConfusionCounts()
        for row in rows {
            result.fold(predicted: row.category, actual: row.isPositive ? "c1" : "c2", times: row.sign)
        }
        return result
    }

    @Sendable private static func scorePairs(_ rows: [SampleRow]) -> ScorePairs {
        var result = ScorePairs()
        result.fold(rows.map { ScoredLabel(score: $0.score, isPositive: $0.isPositive, times: $0.sign) })
        return result
    }

    @Sendable private static func probabilities(_ rows: [SampleRow]) -> ProbabilitySums {
        var result = ProbabilitySums()
        for row in rows {
            result.fold(score: row.value.isNaN ? .nan : row.score * 1.01, isPositive: row.isPositive, times: row.sign)
        }
        return result
    }

    @Sendable private static func residuals(_ rows: [SampleRow]) -> Residuals {
        var result = Residuals(scale: FixedPointScale(largestMagnitude: 3))
        for row in rows { result.fold(prediction: row.value, actual: row.other, times: row.sign) }
        return result
    }

    @Sendable private static func ranks(_ rows: [SampleRow]) -> RankCounts {
        var result = RankCounts()
        for row in rows { result.fold(rank: 1 + Int(row.score * 8), times: row.sign) }
        return result
    }

    @Sendable private static func labelLags(_ rows: [SampleRow]) -> LabelLags {
        var result = LabelLags()
        for row in rows { result.fold(microseconds: Int64(row.score * 99) << 30 - 9, times: row.sign) }
        return result
    }

    @Sendable private static func residualSpread(_ rows: [SampleRow]) -> ResidualSpread {
        var result = ResidualSpread()
        for row in rows { result.fold(prediction: row.value, actual: row.other, times: row.sign) }
        return result
    }

    @Sendable private static func classScores(_ rows: [SampleRow]) -> ClassScores {
        var result = ClassScores()
        result.fold(
            rows.map { row in
                // Eight classes; some rows name few, some none, and some a score that is no probability.
                let scores = [(row.category, row.score), ("c0", 1 - row.score), ("c1", row.value)]
                var named: [(name: ByteText, score: Double)] = []
                for (name, score) in scores.dropLast(row.value.isNaN ? 2 : row.value < 1 ? 1 : 0)
                where !named.contains(where: { $0.name == name }) {
                    named.append((name, score))
                }
                return RowScores(own: row.isPositive ? row.category : "c2", scores: named, times: row.sign)
            })
        return result
    }

    @Sendable private static func calibration(_ rows: [SampleRow]) -> Calibration {
        var result = Calibration()
        for row in rows { result.fold(score: row.score, isPositive: row.isPositive, times: row.sign) }
        return result
    }
}
