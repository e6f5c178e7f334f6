import Statistics

extension WindowSummary {
    /// Why a measure, whatever it is of, has no value.
    package func gap(of measure: Measure, column: ColumnName?, method: DriftMethod?) -> NullReason {
        switch measure.scope {
        case .drift: column.map { driftGap(measure, $0, method ?? schema.driftMethod) } ?? .undefined
        case .quality: column.map { columnGap(measure, $0) } ?? .undefined
        case .volume: volumeGap(measure)
        case .performance: schema.task == .unlabelled ? .otherTask : performanceGap(measure)
        case .estimate: estimateGap(measure)
        case .fairness: .insufficient
        }
    }

    private func driftGap(_ measure: Measure, _ column: ColumnName, _ method: DriftMethod) -> NullReason {
        guard QualityMeasure(pValue: measure) == nil else { return comparisonGap(column) }
        let reading = driftReading(column)
        let statistic = measure.drift.flatMap { Measure(rawValue: $0.statistic.rawValue) } ?? measure
        guard let reading, reading.value(statistic, method) != nil else {
            return gap(statistic, column, method, reading)
        }
        return reading.pValueGap
    }

    private func columnGap(_ measure: Measure, _ column: ColumnName) -> NullReason {
        switch measure {
        case .distinct: countGap
        case .unseen, .unseenRatio: ratioGap(.unseen, column)
        default: gap(column) ?? .tooLarge
        }
    }

    private func volumeGap(_ measure: Measure) -> NullReason {
        switch measure {
        case .duplicateRatio: duplicateGap
        case .duplicateRatioPValue: duplicateTestGap
        case .volumeExpected, .volumeRatio, .volumePValue: volumeGap
        default: .noRows
        }
    }

    private func estimateGap(_ measure: Measure) -> NullReason {
        switch measure {
        case .labelLagP50, .labelLagP90: return labelLagGap
        case .labelMaturity: return maturityGap
        case .estimateError, .estimateTrust: return trialGap
        default:
            if isKnownAtEnd, measure == .accuracyCorrected { return .notAtEnd }
            do throws(EstimateGap) {
                if measure == .accuracyCorrected {
                    _ = try correctedAccuracy()
                } else if measure.isOfClasses {
                    _ = try classEstimates()
                } else {
                    _ = try performanceEstimate()
                }
                return .undefined
            } catch {
                return error.reason
            }
        }
    }
}
