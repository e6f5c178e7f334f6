import Foundation
import Statistics
import Testing

/// Cases whose values SciPy and scikit-learn gave, within the tolerances of the files.
@Suite(.sharedFiles)
struct SharedCasesTests {
    /// A column in which null and NaN are nulls, and infinities are left out as well.
    private func column(_ value: JSONValue) throws -> [Double] {
        guard let file = value["file"].text, let name = value["column"].text else {
            return value.array.map { $0.number ?? .nan }
        }
        return try #require(SharedFiles.csv("expected/\(file)")[name]).map { Double($0) ?? .nan }
    }

    @Test func `numeric cases have SciPy's values`() throws {
        let cases = try SharedFiles.json("expected/numeric_cases.json")["cases"].array
        #expect(cases.count == 9)
        for one in cases {
            let name = try #require(one["id"].text)
            let pair = ColumnComparison(reference: try column(one["reference"]), window: try column(one["current"]))
            let expected = one["expected"]
            #expect(pair.reference.count == one["n"]["reference_usable"].int, "\(name)")
            #expect(pair.window.missing == one["n"]["current_null"].int, "\(name)")
            #expect(isClose(pair.ks?.statistic, expected["ks"]["statistic"].number), "\(name)")
            #expect(isCloseProbability(pair.ks?.pValue, expected["ks"]["pvalue_asymp"].number), "\(name)")
            let distance = try #require(pair.wasserstein)
            let area = try #require(expected["wasserstein"]["distance"].number)
            #expect((distance.distance - area).magnitude <= distance.errorBound + 1e-9, "\(name)")
            #expect(
                isClose(pair.reference.moments.std, expected["wasserstein"]["reference_std_ddof0"].number), "\(name)")
            checkBins(pair, expected["decile_bins"], name)
        }
    }

    private func checkBins(_ pair: ColumnComparison, _ expected: JSONValue, _ name: String) {
        #expect(pair.grid.deciles == expected["edges"].numbers, "\(name)")
        for (closing, key) in [(BinClosing.left, "left_closed"), (.right, "right_closed")] {
            let (counts, values) = (pair.bins(closing).counts, expected[key])
            #expect(counts.reference == values["reference_counts"].ints, "\(name)")
            #expect(counts.window == values["current_counts"].ints, "\(name)")
            checkShares(counts, values, name)
        }
    }

    private func checkShares(_ counts: PairedCounts, _ values: JSONValue, _ name: String) {
        let half = PopulationStability.value(of: counts, zeroPolicy: .half)
        let floor = PopulationStability.value(of: counts, zeroPolicy: .floor)
        let none = PopulationStability.value(of: counts, zeroPolicy: .none)
        #expect(isClose(half, values["psi"]["add_half"].number), "\(name)")
        #expect(isClose(floor, values["psi"]["zero_to_1e-4"].number), "\(name)")
        #expect(isClose(none, values["psi"]["no_smoothing"].number), "\(name): \(String(describing: none))")
        #expect(
            isClose(JensenShannon.distance(of: counts), values["js_distance_base2"].number, absolute: 1e-7), "\(name)")
        #expect(isClose(Hellinger.distance(of: counts), values["hellinger"].number, absolute: 1e-7), "\(name)")
        #expect(isClose(TotalVariation.distance(of: counts), values["total_variation"].number), "\(name)")
        #expect(isClose(LInfinity.distance(of: counts), values["l_infinity"].number), "\(name)")
    }

    private func categories(_ value: JSONValue) -> CategoricalSummary {
        let texts = value.array.map { $0.text ?? $0.bool.map { $0 ? "true" : "false" } }
        let values = Set(texts.compactMap { $0 }).map { ByteText($0) }
        let codes = texts.map { text in Int32(text.flatMap { values.firstIndex(of: ByteText($0)) } ?? -1) }
        var summary = CategoricalSummary()
        summary.fold(codes: codes.span, values: values) { _ in true }
        return summary
    }

    @Test func `categorical cases have SciPy's values`() throws {
        let cases = try SharedFiles.json("expected/categorical_cases.json")["cases"].array
        #expect(cases.count == 3)
        for one in cases {
            let name = try #require(one["id"].text)
            let (reference, window) = (categories(one["reference"]), categories(one["current"]))
            let table = CategoryTable(reference: reference, window: window)
            let expected = one["expected"]
            #expect(table.rows.map { $0.name?.string } == expected["categories"].array.map(\.text), "\(name)")
            #expect(table.counts.reference == expected["reference_counts"].ints, "\(name)")
            #expect(table.counts.window == expected["current_counts"].ints, "\(name)")
            checkShares(table.counts, expected, name)
            let test = ChiSquared(table.counts)
            #expect(isClose(test?.statistic, expected["chi2_contingency"]["statistic"].number), "\(name)")
            #expect(isCloseProbability(test?.pValue, expected["chi2_contingency"]["pvalue"].number), "\(name)")
            #expect(test?.degreesOfFreedom == expected["chi2_contingency"]["dof"].int, "\(name)")
        }
    }

    @Test func `performance cases have scikit-learn's values`() throws {
        let cases = try SharedFiles.json("expected/performance_cases.json")["cases"].array
        #expect(cases.count == 4)
        for one in cases {
            switch one["task"].text {
            case "binary": checkBinary(one)
            case "multiclass": checkClasses(one)
            case "regression": checkNumbers(one)
            default: Issue.record("an unknown task")
            }
        }
    }

    private func checkBinary(_ one: JSONValue) {
        var (confusion, scores, sums) = (ConfusionCounts(), ScorePairs(), ProbabilitySums())
        for row in one["actual"].ints.indices {
            let actual = one["actual"].ints[row]
            confusion.fold(predicted: ByteText("\(one["prediction"].ints[row])"), actual: ByteText("\(actual)"))
            scores.fold([ScoredLabel(score: one["score"].numbers[row], isPositive: actual == 1)])
            sums.fold(score: one["score"].numbers[row], isPositive: actual == 1)
        }
        let (quality, expected) = (confusion.quality(of: "1"), one["expected"])
        #expect(confusion.count(predicted: "1", actual: "1") == expected["tp"].int)
        #expect(confusion.count(predicted: "1", actual: "0") == expected["fp"].int)
        #expect(isClose(confusion.accuracy, expected["accuracy"].number))
        #expect(isClose(quality.precision, expected["precision"].number))
        #expect(isClose(quality.recall, expected["recall"].number))
        #expect(isClose(quality.f1, expected["f1"].number))
        #expect(isClose(RankQuality(scores)?.rocAUC, expected["roc_auc"].number))
        #expect(isClose(sums.logLoss, expected["log_loss"].number))
        #expect(isClose(sums.brier, expected["brier"].number))
    }

    private func checkClasses(_ one: JSONValue) {
        var confusion = ConfusionCounts()
        let (actual, prediction) = (one["actual"].array, one["prediction"].array)
        for row in actual.indices {
            confusion.fold(predicted: ByteText(prediction[row].text ?? ""), actual: ByteText(actual[row].text ?? ""))
        }
        let expected = one["expected"]
        #expect(isClose(confusion.accuracy, expected["accuracy"].number))
        for (quality, name) in [
            (confusion.macro, "macro"), (confusion.micro, "micro"), (confusion.weighted, "weighted"),
        ] {
            #expect(isClose(quality.precision, expected["precision_\(name)"].number))
            #expect(isClose(quality.recall, expected["recall_\(name)"].number))
            #expect(isClose(quality.f1, expected["f1_\(name)"].number))
        }
        for (name, f1) in zip(confusion.classes, expected["per_class_f1"].numbers) {
            #expect(isClose(confusion.quality(of: name).f1, f1))
        }
    }

    private func checkNumbers(_ one: JSONValue) {
        var residuals = Residuals(scale: FixedPointScale(largestMagnitude: 18))
        for (actual, prediction) in zip(one["actual"].numbers, one["prediction"].numbers) {
            residuals.fold(prediction: prediction, actual: actual)
        }
        let expected = one["expected"]
        #expect(residuals.count == expected["n"].int)
        #expect(isClose(residuals.mae, expected["mae"].number))
        #expect(isClose(residuals.rmse, expected["rmse"].number))
        #expect(isClose(residuals.bias, expected["bias_mean_prediction_minus_actual"].number))
        #expect(isClose(residuals.r2, expected["r2"].number))
    }
}
