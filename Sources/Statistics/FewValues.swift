/// The values themselves of a column that has few of them, from which everything else that is counted of it follows: they take
/// less than half of the bytes.
///
/// Whether they are known depends on the values alone, in whatever order and parts they came; what was taken out again makes them
/// unknown.
struct FewValues: Sendable {
    /// The most values that are kept.
    static let most = 32

    /// The values in ascending order, without nulls and without -0; nil where they were too many or are not known.
    private(set) var ascending: [Double]?

    /// No values yet.
    static let none = FewValues(ascending: [])

    /// Values that nobody knows.
    static let unknown = FewValues(ascending: nil)

    /// Values in ascending order.
    init(ascending: [Double]?) {
        self.ascending = ascending
    }

    /// Takes in a column or some of its rows; NaN stands for null.
    mutating func fold(_ values: Span<Double>, rows: Span<Int32>?) {
        guard var kept = ascending.take() else { return }
        for position in 0..<(rows?.count ?? values.count) {
            var row = position
            if let rows { row = Int(rows[position]) }
            let value = values[row]
            guard value == value else { continue }
            guard kept.count < Self.most else { return }
            kept.append(value + 0)
        }
        kept.sort()
        ascending = kept
    }

    /// Takes in what another summary knows.
    mutating func merge(_ other: FewValues) {
        guard let own = ascending, let others = other.ascending, own.count + others.count <= Self.most else {
            ascending = nil
            return
        }
        guard !others.isEmpty else { return }
        ascending = own.isEmpty ? others : (own + others).sorted()
    }
}

/// They say nothing that the counts do not say.
extension FewValues: Equatable {
    static func == (left: FewValues, right: FewValues) -> Bool { true }
}
