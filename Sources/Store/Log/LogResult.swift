package import Monitoring

/// What became of one submission, once it is committed.
package struct LogResult: Sendable {
    /// Rows that were not known before, ascending.
    package var fresh: [Int] = []
    /// Rows that were known with equal content.
    package var duplicates = 0
    /// Rows that were not stored, and why; `index` is the row of the batch.
    package var rejections: [RowRejection] = []
    /// Labels that corrected another one or were corrected by it.
    package var corrections = 0
    /// Labels whose prediction is still to come.
    package var pending = 0
    /// Whether the request was answered before; then nothing was done, and the answer of then holds.
    package var isRepeat = false
    /// What the rows change in the outcomes of panes.
    package var deltas: [OutcomeDelta] = []

    package init() {}

    /// What becomes of a request that was answered before.
    static var repeated: LogResult {
        var result = LogResult()
        result.isRepeat = true
        return result
    }
}
