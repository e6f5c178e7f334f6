/// A share of rows as the two counts that it is made of, such as nulls of all rows.
package struct RowShare: Hashable, Sendable {
    /// How many rows have the property.
    package let part: Int
    /// How many rows there are.
    package let whole: Int

    /// A share; a part outside `0...whole` is brought into it.
    package init(_ part: Int, of whole: Int) {
        self.whole = max(whole, 0)
        self.part = min(max(part, 0), self.whole)
    }

    /// The share between 0 and 1; nil without rows.
    package var value: Double? { whole > 0 ? Double(part) / Double(whole) : nil }

    /// The same share of another number of rows, such as the effective one of weighted rows; both counts are rounded.
    package func scaled(to rows: Double) -> RowShare {
        guard whole > 0, rows.isFinite, rows >= 0, rows < Double(whole) else { return self }
        return RowShare(Int((rows * Double(part) / Double(whole)).rounded()), of: Int(rows.rounded()))
    }
}
