import Statistics

/// What weights other than 1 change in the counts of a pane's rows.
///
/// Statistics are linear in rows. So a row of weight w, in units of 1/1024, is counted once as a row, and here w - 1024 times
/// more: in the *surplus* where it counts more than a row, in the *deficit* where it counts less. The weighted view of
/// anything counted is its 1024-fold plus the surplus minus the deficit. All are whole numbers, so it adds up and leaves again,
/// and does not depend on order. Without weighted rows there is nothing here.
///
/// Bounds: a multiplicity is below 2^30, so that counts hold 2^33 rows of the greatest weight. Sums hold a total weight of 2^40
/// of values as large as the reference's largest; where larger ones or more of them run over, mean and spread are nil.
package struct RowWeights: MergeableSummary {
    /// What heavier rows count beyond a row; one pane or none.
    private(set) var surplus: [Pane] = []

    /// What lighter rows lack of a row; one pane or none.
    private(set) var deficit: [Pane] = []

    /// The sum of w^2 - 1024^2 over the rows, in squared units.
    private(set) var squares: Int128 = 0

    /// The part of `squares` that comes from rows in which a column is null.
    private(set) var missingSquares: [ColumnName: Int128] = [:]

    /// The part of `squares` that comes from labelled rows.
    private(set) var labelSquares: Int128 = 0

    /// The part of `labelSquares` that became known up to a pane boundary and after the one before.
    private(set) var knownSquares: [Time: Int128] = [:]

    /// No weighted row.
    package init() {}

    init(
        surplus: [Pane], deficit: [Pane], squares: Int128, missingSquares: [ColumnName: Int128], labelSquares: Int128,
        knownSquares: [Time: Int128]
    ) {
        self.surplus = surplus
        self.deficit = deficit
        self.squares = squares
        self.missingSquares = missingSquares
        self.labelSquares = labelSquares
        self.knownSquares = knownSquares
    }

    /// Whether all rows count once.
    package var isEmpty: Bool { surplus.isEmpty && deficit.isEmpty }

    /// Both panes, to be looked at alike.
    var parts: [Pane] { surplus + deficit }

    /// Changes both panes alike.
    mutating func forEachPart<Failure: Error>(_ body: (inout Pane) throws(Failure) -> Void) throws(Failure) {
        for index in surplus.indices { try body(&surplus[index]) }
        for index in deficit.indices { try body(&deficit[index]) }
    }

    /// Adds the weighted ones among the rows of a batch.
    ///
    /// - Complexity: O(30 x columns) folds and merges of weighted rows, however many different weights there are.
    mutating func fold(_ batch: PredictionBatch, rows: [Int32], layout: ColumnLayout, count: Fold) {
        let weighted = rows.filter { !batch.weight(row: Int($0)).isOne }
        guard !weighted.isEmpty else { return }
        let excess = { (row: Int32) in batch.weight(row: Int(row)).excess }
        add(Pane(counting: weighted, times: excess) { count($0, &$1) }, to: \.surplus)
        add(Pane(counting: weighted, times: { -excess($0) }) { count($0, &$1) }, to: \.deficit)
        for row in weighted {
            let square = batch.weight(row: Int(row)).squareExcess
            squares &+= square
            for column in layout.nullColumns(of: batch, row: Int(row)) { missingSquares.add(square, for: column) }
        }
    }

    /// How rows are counted once each, into a pane.
    typealias Fold = ([Int32], inout Pane) -> Void

    /// Adds the outcomes of weighted rows, in the pane that ends at `paneEnd`.
    mutating func fold(
        _ deltas: [OutcomeDelta], rows: [Int32], paneEnd: Time, grid: PaneGrid, rules: OutcomeRules
    ) {
        let weighted = rows.filter { !deltas[Int($0)].weight.isOne }
        guard !weighted.isEmpty else { return }
        let excess = { (row: Int32) in deltas[Int(row)].weight.excess }
        let count = { (rows: [Int32], pane: inout Pane) in
            pane.outcomes.fold(deltas, rows: rows, paneEnd: paneEnd, grid: grid, rules: rules)
        }
        add(Pane(counting: weighted, times: excess, count), to: \.surplus)
        add(Pane(counting: weighted, times: { -excess($0) }, count), to: \.deficit)
        for row in weighted {
            let delta = deltas[Int(row)]
            let square = delta.weight.squareExcess * (delta.sign < 0 ? -1 : 1)
            labelSquares &+= square
            knownSquares.add(square, for: max(grid.boundary(notBefore: delta.knownAt), paneEnd))
        }
    }

    /// Forgets what was known when, as the panes of references do.
    mutating func forgetKnown() {
        forEachPart { $0.outcomes.known = [:] }
        knownSquares = [:]
    }

    /// Adds scores that went into cells up anew, where the panes of the window have them exactly.
    mutating func restoreExactScores(from panes: some Sequence<RowWeights>) {
        for part in [\Self.surplus, \Self.deficit] {
            guard let sum = self[keyPath: part].first?.outcomes.pairs, !sum.isExact else { continue }
            var fresh = ScorePairs()
            var isExact = true
            for pane in panes {
                guard let pairs = pane[keyPath: part].first?.outcomes.pairs else { continue }
                isExact = isExact && pairs.isExact
                if isExact { fresh.merge(pairs) }
            }
            if isExact { self[keyPath: part][0].outcomes.pairs = fresh }
        }
    }

    /// Adds class scores that were given up anew, where the panes of the window have few classes.
    mutating func restoreClassScores(
        _ scores: WritableKeyPath<Pane, ClassScores>, from panes: some Sequence<RowWeights>
    ) {
        for part in [\Self.surplus, \Self.deficit] where self[keyPath: part].first?[keyPath: scores].isWide == true {
            let parts = panes.lazy.compactMap { $0[keyPath: part].first?[keyPath: scores] }
            if let fresh = ClassScores(merging: parts) { self[keyPath: part][0][keyPath: scores] = fresh }
        }
    }

    private mutating func add(_ pane: Pane, to part: WritableKeyPath<Self, [Pane]>) {
        guard !pane.isEmpty else { return }
        if self[keyPath: part].isEmpty {
            self[keyPath: part] = [pane]
        } else {
            self[keyPath: part][0].merge(pane)
        }
        settle(part)
    }

    /// What cancelled out does not exist.
    private mutating func settle(_ part: WritableKeyPath<Self, [Pane]>) {
        if self[keyPath: part].first?.isEmpty == true { self[keyPath: part] = [] }
    }
}

/// Addition and subtraction, of all or of some columns.
extension RowWeights {
    /// Adds what another pane's weights change.
    package mutating func merge(_ other: Self) {
        merge(other, columns: .all)
        mergeKnown(other)
    }

    /// Takes away what was merged before.
    package mutating func subtract(_ other: Self) {
        subtract(other, columns: .all)
        subtractKnown(other)
    }

    mutating func merge(_ other: Self, columns: ColumnSelection) {
        guard !other.isEmpty || !isEmpty else { return }
        combine(\.surplus, other.surplus) { $0.merge($1, columns: columns) }
        combine(\.deficit, other.deficit) { $0.merge($1, columns: columns) }
        addSquares(of: other, sign: 1, columns)
    }

    mutating func subtract(_ other: Self, columns: ColumnSelection) {
        guard !other.isEmpty || !isEmpty else { return }
        combine(\.surplus, other.surplus) { $0.subtract($1, columns: columns) }
        combine(\.deficit, other.deficit) { $0.subtract($1, columns: columns) }
        addSquares(of: other, sign: -1, columns)
    }

    mutating func mergeKnown(_ other: Self) {
        combine(\.surplus, other.surplus) { $0.outcomes.mergeKnown($1.outcomes) }
        combine(\.deficit, other.deficit) { $0.outcomes.mergeKnown($1.outcomes) }
        for (boundary, square) in other.knownSquares { knownSquares.add(square, for: boundary) }
    }

    mutating func subtractKnown(_ other: Self) {
        combine(\.surplus, other.surplus) { $0.outcomes.subtractKnown($1.outcomes) }
        combine(\.deficit, other.deficit) { $0.outcomes.subtractKnown($1.outcomes) }
        for (boundary, square) in other.knownSquares { knownSquares.add(-square, for: boundary) }
    }

    private mutating func combine(
        _ part: WritableKeyPath<Self, [Pane]>, _ other: [Pane], _ body: (inout Pane, Pane) -> Void
    ) {
        guard let other = other.first else { return }
        if self[keyPath: part].isEmpty { self[keyPath: part] = [Pane()] }
        body(&self[keyPath: part][0], other)
        settle(part)
    }

    private mutating func addSquares(of other: Self, sign: Int128, _ columns: ColumnSelection) {
        squares &+= sign &* other.squares
        labelSquares &+= sign &* other.labelSquares
        for (column, square) in other.missingSquares where columns.contains(column) {
            missingSquares.add(sign &* square, for: column)
        }
        guard columns.outcomes == .known || columns.outcomes == .everything else { return }
        for (boundary, square) in other.knownSquares { knownSquares.add(sign &* square, for: boundary) }
    }
}

extension Dictionary where Value == Int128 {
    /// Adds to a sum; one that becomes 0 is removed.
    fileprivate mutating func add(_ number: Int128, for key: Key) {
        let sum = self[key, default: 0] &+ number
        self[key] = sum == 0 ? nil : sum
    }
}
