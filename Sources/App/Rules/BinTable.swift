import Monitoring
import Statistics

/// What a column's values are in the reference and in a window, by bins: deciles of the reference, or the most frequent categories.
struct BinTable: Hashable, Sendable {
    /// A bin with the values of both sides.
    struct Row: Hashable, Sendable {
        let name: String
        let reference: Int
        let window: Int
    }

    let rows: [Row]
    let referenceTotal: Int
    let windowTotal: Int

    /// The most categories that have a row of their own; the others share the last one.
    static let mostCategories = 10

    /// The bins of a column; nil without a reference or such a column.
    init?(_ summary: WindowSummary, _ column: ColumnName) {
        switch summary.kind(of: column) {
        case .numeric:
            guard let bins = summary.bins(column) else { return nil }
            self.init(
                bins.bins.map { Row(name: Self.name(of: $0, bins.closing), reference: $0.reference, window: $0.window) }
            )
        case .categorical:
            guard let table = summary.categoryTable(column) else { return nil }
            self.init(Self.rows(of: table))
        case nil: return nil
        }
    }

    init(_ rows: [Row]) {
        self.rows = rows
        referenceTotal = rows.reduce(0) { $0 &+ $1.reference }
        windowTotal = rows.reduce(0) { $0 &+ $1.window }
    }

    /// The share of a side that lies in a bin, 0 of a side without values.
    static func share(_ count: Int, of total: Int) -> Double {
        total > 0 ? Double(count) / Double(total) : 0
    }

    /// The bin whose share changed most; nil where a side is empty.
    var mostChanged: Row? {
        guard referenceTotal > 0, windowTotal > 0 else { return nil }
        return rows.max { change(of: $0) < change(of: $1) }
    }

    private func change(of row: Row) -> Double {
        (Self.share(row.window, of: windowTotal) - Self.share(row.reference, of: referenceTotal)).magnitude
    }

    private static func name(of bin: DecileBins.Bin, _ closing: BinClosing) -> String {
        let (above, below) = closing == .left ? ("\u{2265}", "<") : (">", "\u{2264}")
        switch (bin.low, bin.high) {
        case (nil, nil): return "all values"
        case (nil, let high?): return "\(below) \(PageText.number(high))"
        case (let low?, nil): return "\(above) \(PageText.number(low))"
        case (let low?, let high?): return "\(PageText.number(low)) to \(PageText.number(high))"
        }
    }

    private static func rows(of table: CategoryTable) -> [Row] {
        let reference = table.rows.reduce(0) { $0 &+ $1.reference }
        let window = table.windowTotal
        func weight(_ row: CategoryTable.Row) -> Double {
            max(share(row.reference, of: reference), share(row.window, of: window))
        }
        let named = table.rows.filter { $0.name != nil }.sorted { left, right in
            let (first, second) = (weight(left), weight(right))
            return first != second ? first > second : (left.name ?? "") < (right.name ?? "")
        }
        let own = named.prefix(mostCategories)
        let others = named.dropFirst(mostCategories) + table.rows.filter { $0.name == nil }
        let rows = own.map { Row(name: $0.name?.string ?? "", reference: $0.reference, window: $0.window) }
        guard !others.isEmpty else { return rows }
        return rows + [
            Row(
                name: "\(others.count) others", reference: others.reduce(0) { $0 &+ $1.reference },
                window: others.reduce(0) { $0 &+ $1.window })
        ]
    }
}
