package import Statistics

/// Which rows of a model a pane holds.
package struct PaneKey: Hashable, Comparable, Sendable {
    /// The slice.
    package let slice: Slice

    /// The first instant of the pane.
    package let start: Time

    /// The pane of a slice that starts then.
    package init(slice: Slice = .pooled, start: Time) {
        self.slice = slice
        self.start = start
    }

    /// The text form of the segment; empty for none.
    package var segment: ByteText { slice.segment }

    /// The model version; empty for all.
    package var version: ByteText { slice.version }

    /// The pane and, of a pooled one, that of the version for which it stands.
    package func with(sole version: ByteText?) -> [PaneKey] {
        guard slice == .pooled, let version else { return [self] }
        return [self, PaneKey(slice: Slice(version: version), start: start)]
    }

    /// By slice, then by time.
    package static func < (left: Self, right: Self) -> Bool {
        left.slice == right.slice ? left.start < right.start : left.slice < right.slice
    }
}
