package import Statistics

/// A reference laid open: cut points and counts in place of rows, so that it can be made where the rows may not leave.
package struct ReferenceProfile: Sendable {
    /// What a column holds.
    package enum Content: Sendable {
        /// Numbers over a grid.
        case numeric(NumericParts)
        /// Texts.
        case categorical(CategoricalParts)
    }

    /// A column by its address.
    package struct Column: Sendable {
        /// The column.
        package let name: ColumnName
        /// Its grid; nil in segments, which are counted on the same one.
        package let grid: RankGrid?
        /// Its counts.
        package let content: Content

        /// A column.
        package init(name: ColumnName, grid: RankGrid?, content: Content) {
            self.name = name
            self.grid = grid
            self.content = content
        }
    }

    /// Labelled rows that are all alike.
    package struct Labelled: Sendable {
        /// What was predicted.
        package let predicted: Outcome
        /// The score, NaN for none.
        package let score: Double
        /// What turned out true.
        package let actual: Outcome
        /// How many rows there are of them.
        package let count: Int
        /// How much each of them counts.
        package let weight: RowWeight

        /// Rows that are all alike.
        package init(
            predicted: Outcome, score: Double, actual: Outcome, count: Int, weight: RowWeight = .one
        ) {
            self.predicted = predicted
            self.score = score
            self.actual = actual
            self.count = count
            self.weight = weight
        }
    }

    /// What weights other than 1 change, all in units of 1/1024 row.
    package struct Weights: Sendable {
        /// What heavier rows count beyond a row.
        package var more = Part()
        /// What lighter rows lack of a row.
        package var less = Part()
        /// The sum of w^2 - 1024^2 over all rows.
        package var squares: Int128 = 0
        /// The part of `squares` that comes from rows in which a column is null.
        package var missingSquares: [(name: ColumnName, squares: Int128)] = []

        /// Rows counted as often as their weights say.
        package struct Part: Sendable {
            /// How often rows are counted.
            package var count = 0
            /// The columns, on the grids of all rows.
            package var columns: [Column] = []

            /// Nothing counted.
            package init() {}
        }

        /// No weighted rows.
        package init() {}
    }

    /// The rows of a slice: all of them, or a segment's.
    package struct Rows: Sendable {
        /// How many rows there are.
        package var count = 0
        /// How many of them had undeclared features.
        package var undeclared = 0
        /// The columns.
        package var columns: [Column] = []
        /// The labelled rows.
        package var labelled: [Labelled] = []
        /// What weights change; nil where every row counts once.
        package var weights: Weights?

        /// No rows.
        package init() {}
    }

    /// All rows.
    package var pooled = Rows()

    /// The rows of segments, by text form.
    package var segments: [(name: ByteText, rows: Rows)] = []

    /// The units in which residuals are summed.
    package var residualScale = FixedPointScale.unscaled

    /// A profile without rows.
    package init() {}

    /// The most labelled rows that a profile may tell one by one.
    package static let mostLabelled = 10_000_000
}
