import Statistics

/// What holds for every pane that was merged over all writers.
extension Pane {
    /// Everything that does not hold, as sentences; empty for a sound pane.
    ///
    /// The panes of references do not keep what was known when, and are `timeless`.
    package func contradictions(timeless: Bool = false) -> [String] {
        var found: [String] = []
        if predictions < 0 || undeclared < 0 || undeclared > predictions {
            found.append("\(undeclared) rows with undeclared features of \(predictions) predictions")
        }
        for (name, summary) in numeric {
            if summary.count < 0 || summary.missing < 0 || summary.count + summary.missing != predictions {
                found.append("column \(name.address): \(summary.count) values and \(summary.missing) nulls")
            }
            if summary.cells.count != summary.count { found.append("column \(name.address): cells and moments differ") }
            if summary.typeErrors > summary.missing || summary.outOfRange > summary.count {
                found.append("column \(name.address): more values at fault than values")
            }
        }
        for (name, summary) in categorical.sorted(by: { $0.key < $1.key }) {
            let total = summary.named.values.reduce(0, +) + summary.hashed.values.reduce(0, +)
            if summary.count != total || summary.count + summary.missing != predictions {
                found.append("column \(name.address): \(summary.count) values and \(summary.missing) nulls")
            }
        }
        if weightedPredictions < 0 || weights.deficit.contains(where: { $0.predictions > RowWeight.unit * predictions })
        {
            found.append("weights take away more than the rows count")
        }
        return found + outcomes.contradictions(predictions: predictions, timeless: timeless)
    }
}

extension Outcomes {
    fileprivate func contradictions(predictions: Int, timeless: Bool) -> [String] {
        var found: [String] = []
        if counts.labels < 0 || counts.labels > predictions || counts.corrections < 0 {
            found.append("\(counts.labels) labels of \(predictions) predictions, \(counts.corrections) corrections")
        }
        if !timeless, known.values.reduce(into: OutcomeCounts(), { $0.merge($1) }) != counts {
            found.append("what became known over time is not what is known in the end")
        }
        if counts.confusion.counts.values.contains(where: { $0 < 0 }) || counts.confusion.count > counts.labels {
            found.append("the confusion matrix holds other rows than have labels")
        }
        if pairs.positives < 0 || pairs.negatives < 0 || pairs.positives + pairs.negatives > counts.labels {
            found.append("the scored rows are more than have labels")
        }
        return found
    }
}
