package import Statistics

/// Labels of one request as columns, as they arrived and were accepted.
package struct LabelBatch: Sendable {
    /// Ids of the predictions that the labels belong to.
    package var ids: [ByteText] = []

    /// When each label became known; nil where the request did not say.
    package var times: [Time?] = []

    /// The true classes as canonical text, in classification; else empty.
    package var classes: [ByteText] = []

    /// The true numbers, in regression; else empty.
    package var numbers: [Double] = []

    /// A batch without rows.
    package init() {}

    /// How many labels there are.
    package var count: Int { ids.count }

    /// The truth that a row states: a number where the batch has numbers, else a class.
    package func actual(row: Int) -> Outcome {
        if numbers.indices.contains(row) { return .number(numbers[row]) }
        return classes.indices.contains(row) ? .category(classes[row]) : .none
    }

    /// A batch of only these rows, in this order.
    package func selecting(rows: [Int]) -> Self {
        var batch = Self()
        batch.ids = ids.selecting(rows)
        batch.times = times.selecting(rows)
        batch.classes = classes.selecting(rows)
        batch.numbers = numbers.selecting(rows)
        return batch
    }
}
