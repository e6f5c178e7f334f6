package import Statistics

/// A part of a model's rows: all of them, those of a segment, or those of a model version.
package struct Slice: Hashable, Comparable, Sendable {
    /// The text form of the segment; empty for none.
    package let segment: ByteText

    /// The model version; empty for all.
    package let version: ByteText

    /// A slice; both texts empty is the pooled one.
    package init(segment: ByteText = "", version: ByteText = "") {
        self.segment = segment
        self.version = version
    }

    /// All rows.
    package static let pooled = Self()

    /// By segment, then by version.
    package static func < (left: Self, right: Self) -> Bool {
        left.segment == right.segment ? left.version < right.version : left.segment < right.segment
    }
}
