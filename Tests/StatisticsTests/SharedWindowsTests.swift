import Statistics
import Testing

/// Every 7-day window of the two logs, as a running total of days, against SciPy and scikit-learn.
@Suite(.sharedFiles)
struct SharedWindowsTests {
    @Test(arguments: WindowLog.Name.allCases)
    func `an uncompressed grid gives SciPy's values in every window`(name: WindowLog.Name) throws {
        let log = try WindowLog(name)
        for feature in log.features("numeric") {
            try slide(log, feature, limit: 65536) { window, pair, expected in
                let place = "\(feature) \(window)"
                let ks = try #require(pair.ks)
                if !isClose(ks.statistic, expected["ks_statistic"][window].number)
                    || !isCloseProbability(ks.pValue, expected["ks_pvalue_asymp"][window].number)
                {
                    Issue.record("\(place): \(ks)")
                }
                #expect(ks.errorBound == 0, "\(place)")
                #expect(pair.window.missing == expected["null"][window].int, "\(place)")
                checkArea(pair, expected["wasserstein"][window].number, place)
                #expect(isClose(pair.window.moments.mean, expected["mean"][window].number), "\(place)")
                checkBins(pair.bins(.left).counts, expected, window, "left", place)
                checkBins(pair.bins(.right).counts, expected, window, "right", place)
            }
        }
    }

    @Test(arguments: WindowLog.Name.allCases)
    func `the default grid gives SciPy's values within its bounds`(name: WindowLog.Name) throws {
        let log = try WindowLog(name)
        for feature in log.features("numeric") {
            try slide(log, feature, limit: 1024) { window, pair, expected in
                let place = "\(feature) \(window)"
                let (ks, statistic) = (try #require(pair.ks), try #require(expected["ks_statistic"][window].number))
                #expect(ks.errorBound <= 0.002, "\(place)")
                #expect(
                    ks.statistic <= statistic + 1e-9 && statistic <= ks.statistic + ks.errorBound + 1e-9, "\(place)")
                checkArea(pair, expected["wasserstein"][window].number, place)
                #expect(isClose(pair.window.moments.mean, expected["mean"][window].number), "\(place)")
                checkBins(pair.bins(.left).counts, expected, window, "left", place)
                checkBins(pair.bins(.right).counts, expected, window, "right", place)
            }
        }
    }

    private func slide(
        _ log: WindowLog, _ feature: String, limit: Int,
        check: (Int, ColumnComparison, JSONValue) throws -> Void
    ) throws {
        let column = try WindowLog.numbers(log.predictions, feature)
        var pair = ColumnComparison(reference: try WindowLog.numbers(log.reference, feature), window: [], limit: limit)
        let reference = log.expected["features"][feature]["reference"]
        #expect(pair.grid.deciles.count == reference["decile_edges"].array.count)
        #expect(isClose(pair.reference.moments.mean, reference["mean"].number))
        #expect(isClose(pair.reference.moments.std, reference["std_ddof0"].number))
        #expect(isClose(pair.reference.extremes.maximum, reference["max"].number))
        var scratch = FoldScratch()
        let days = log.rowsOfDay.map { rows in
            var day = NumericSummary(grid: pair.grid)
            day.fold(column.span, rows: rows.span, on: pair.grid, scratch: &scratch)
            return day
        }
        let expected = log.expected["features"][feature]["windows"]
        try WindowLog.slide(days, count: log.windowCount) { window, total in
            pair.window = total
            try check(window, pair, expected)
        }
    }

    private func checkArea(_ pair: ColumnComparison, _ expected: Double?, _ place: String) {
        guard let area = pair.wasserstein, let expected else {
            Issue.record("no distance: \(place)")
            return
        }
        #expect((area.distance - expected).magnitude <= area.errorBound, "\(place): \(area)")
    }

    private func checkBins(
        _ counts: PairedCounts, _ expected: JSONValue, _ window: Int, _ side: String, _ place: String
    ) {
        #expect(counts.window == expected["counts_\(side)_closed"][window].ints, "\(place)")
        let psi = PopulationStability.value(of: counts, zeroPolicy: .floor)
        #expect(isClose(psi, expected["psi_\(side)_closed_zero_to_1e-4"][window].number), "\(place)")
    }

    @Test(arguments: WindowLog.Name.allCases)
    func `all rows together have SciPy's values`(name: WindowLog.Name) throws {
        let log = try WindowLog(name)
        for feature in log.features("numeric") {
            let pair = ColumnComparison(
                reference: try WindowLog.numbers(log.reference, feature),
                window: try WindowLog.numbers(log.predictions, feature))
            let expected = log.expected["features"][feature]["all_monitored_against_reference"]
            #expect(isClose(pair.ks?.statistic, expected["ks"]["statistic"].number), "\(feature)")
            #expect(isCloseProbability(pair.ks?.pValue, expected["ks"]["pvalue_asymp"].number), "\(feature)")
            checkArea(pair, expected["wasserstein"]["distance"].number, feature)
            for (closing, key) in [(BinClosing.left, "left_closed"), (.right, "right_closed")] {
                let (counts, values) = (pair.bins(closing).counts, expected["decile_bins"][key])
                #expect(counts.window == values["current_counts"].ints, "\(feature)")
                let half = PopulationStability.value(of: counts, zeroPolicy: .half)
                #expect(isClose(half, values["psi"]["add_half"].number), "\(feature)")
                let distance = JensenShannon.distance(of: counts)
                #expect(isClose(distance, values["js_distance_base2"].number, absolute: 1e-7), "\(feature)")
            }
        }
    }

    @Test(arguments: WindowLog.Name.allCases)
    func `categories have SciPy's values in every window`(name: WindowLog.Name) throws {
        let log = try WindowLog(name)
        for feature in log.features("categorical") {
            let reference = try summary(log.reference, feature, rows: nil)
            let days = try log.rowsOfDay.map { try summary(log.predictions, feature, rows: $0) }
            let expected = log.expected["features"][feature]["windows"]
            WindowLog.slide(days, count: log.windowCount) { window, total in
                let table = CategoryTable(reference: reference, window: total)
                let (counts, place) = (table.counts, "\(feature) \(window)")
                #expect(counts.window == expected["counts"][window].ints, "\(place)")
                #expect(table.unseen == expected["n_unseen_categories"][window].int, "\(place)")
                let test = ChiSquared(counts)
                #expect(isClose(test?.statistic, expected["chi2_statistic"][window].number), "\(place)")
                #expect(isCloseProbability(test?.pValue, expected["chi2_pvalue"][window].number), "\(place)")
                #expect(test?.degreesOfFreedom == expected["chi2_dof"][window].int, "\(place)")
                let psi = PopulationStability.value(of: counts, zeroPolicy: .floor)
                #expect(isClose(psi, expected["psi_zero_to_1e-4"][window].number), "\(place)")
                let (js, hellinger) = (JensenShannon.distance(of: counts), Hellinger.distance(of: counts))
                #expect(isClose(js, expected["js_distance_base2"][window].number, absolute: 1e-7), "\(place)")
                #expect(isClose(hellinger, expected["hellinger"][window].number, absolute: 1e-7), "\(place)")
            }
        }
    }

    private func summary(_ table: [String: [String]], _ feature: String, rows: [Int32]?) throws -> CategoricalSummary {
        let column = try #require(table[feature])
        let values = Set(column).filter { !$0.isEmpty }.sorted().map { ByteText($0) }
        let index = Dictionary(uniqueKeysWithValues: zip(values, Int32(0)...))
        let codes = (rows ?? (0..<Int32(column.count)).map { $0 }).map { index[ByteText(column[Int($0)])] ?? -1 }
        var summary = CategoricalSummary()
        summary.fold(codes: codes.span, values: values) { _ in true }
        return summary
    }
}
