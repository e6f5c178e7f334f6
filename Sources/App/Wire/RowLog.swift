import Monitoring

/// Rejections and warnings of a request: all are counted, and so many are kept with their words.
struct RowLog {
    private(set) var rejections: [RowRejection] = []
    private(set) var rejectionCount = 0
    private(set) var warnings: [RowWarning] = []
    private(set) var warningCount = 0
    /// Warnings about the row that is being read; they count only if it is taken.
    private var staged: [RowFault] = []
    private var stagedCount = 0
    private let rejectionLimit: Int
    private let warningLimit: Int

    init(rejectionLimit: Int, warningLimit: Int = 100) {
        self.rejectionLimit = rejectionLimit
        self.warningLimit = warningLimit
    }

    /// Forgets warnings about a row that was not taken.
    mutating func begin() {
        if stagedCount == 0 { return }
        staged.removeAll(keepingCapacity: true)
        stagedCount = 0
    }

    /// Notes something about the row that is being read; the words are made only where there is room for them.
    mutating func warn(_ warning: @autoclosure () -> RowFault) {
        stagedCount += 1
        if warnings.count + staged.count < warningLimit { staged.append(warning()) }
    }

    /// Keeps the warnings about a row that was taken.
    mutating func commit(index: Int) {
        if stagedCount == 0 { return }
        for warning in staged {
            warnings.append(RowWarning(index: index, pointer: warning.pointer, detail: warning.detail))
        }
        warningCount += stagedCount
        begin()
    }

    /// Counts a row that was not taken.
    mutating func reject(_ fault: RowFault, index: Int) {
        begin()
        rejectionCount += 1
        if rejections.count < rejectionLimit {
            rejections.append(RowRejection(index: index, pointer: fault.pointer, detail: fault.detail))
        }
    }
}
