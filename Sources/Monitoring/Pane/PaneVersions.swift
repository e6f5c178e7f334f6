import Statistics

/// Of which model versions the rows of a pooled pane are.
///
/// While they are all of one, the pane of that version would be the same: it is not made, and the pooled one stands for it.
enum PaneVersions: Hashable, Sendable {
    /// Nothing was counted yet.
    case none
    /// All are of a version that has a slice of its own.
    case sole(ByteText)
    /// They are of several, or of one without a slice of its own; or it was not kept of which.
    case several

    /// Those of a saved pane, of which `sole` was kept.
    init(saved sole: ByteText?) {
        self = sole.map { .sole($0) } ?? .several
    }

    /// The only version.
    var sole: ByteText? {
        if case .sole(let version) = self { version } else { nil }
    }

    /// Takes note of rows that are counted in the slice of their version.
    mutating func note(_ slice: Slice) {
        let new: Self = slice.segment.utf8.isEmpty && !slice.version.utf8.isEmpty ? .sole(slice.version) : .several
        note(new)
    }

    /// Takes note of rows of versions.
    mutating func note(_ new: Self) {
        switch (self, new) {
        case (_, .none): break
        case (.none, _): self = new
        default: if self != new { self = .several }
        }
    }
}
