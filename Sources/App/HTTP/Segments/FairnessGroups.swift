import Monitoring
import Statistics

/// The rows of a window by group.
struct FairnessGroups {
    /// One group that has rows.
    struct Group {
        let segment: Segment
        let summary: WindowSummary
    }

    let combination: [ByteText]
    private(set) var groups: [Group] = []
    /// All rows of the window.
    let predictions: Int

    init(_ question: WindowQuestion, _ combination: [ByteText]) async throws {
        self.combination = combination
        let columns = ColumnSelection(
            columns: FairnessReading.columns, outcomes: question.view.isKnownAtEnd ? .known : .all)
        predictions = try await question.summary(of: .pooled, columns: columns).predictions
        let segments = await question.model.windows.segments(of: combination)
        groups = zip(segments, try await question.summaries(of: segments, columns: columns))
            .map { Group(segment: $0, summary: $1) }.filter { $0.summary.predictions > 0 }
    }

    /// How many rows are in one of the groups; the others have no value, or one that has no slice of its own.
    var grouped: Int { groups.reduce(0) { $0 + $1.summary.predictions } }
}
