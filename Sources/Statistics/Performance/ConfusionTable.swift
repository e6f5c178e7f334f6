/// A confusion matrix frozen for reading: classes by number, counts as effective rows.
///
/// Every measure here is a smooth function of the cells that does not change when all cells are multiplied, so that its
/// variance under multinomial sampling is `sum over cells of count * gradient^2` (delta method; Agresti 2013, 16.1.4). O(cells).
package struct ConfusionTable: Sendable {
    /// One cell that is not empty, its classes as numbers.
    struct Cell: Sendable {
        let predicted: Int
        let actual: Int
        let count: Double
    }

    let cells: [Cell]
    /// The classes in the order of their bytes.
    package let classes: [ByteText]
    /// For every class how many rows were predicted rightly, predicted, true.
    private(set) var hits: [Double]
    private(set) var predicted: [Double]
    private(set) var actual: [Double]
    private(set) var total = 0.0
    private(set) var hit = 0.0

    /// The table of some counts; a count stands for `unit` effective rows.
    package init(_ counts: ConfusionCounts, unit: Double = 1) {
        let classes = counts.classes
        var numbers: [ByteText: Int] = [:]
        for (number, name) in classes.enumerated() { numbers[name] = number }
        var cells: [Cell] = []
        cells.reserveCapacity(counts.counts.count)
        for (key, count) in counts.counts {
            guard let left = numbers[key.predicted], let right = numbers[key.actual] else { continue }
            cells.append(Cell(predicted: left, actual: right, count: Double(count) * unit))
        }
        // In a fixed order, so that sums of real numbers are the same in every run.
        cells.sort { $0.actual == $1.actual ? $0.predicted < $1.predicted : $0.actual < $1.actual }
        self.init(classes: classes, cells: cells)
    }

    private init(classes: [ByteText], cells: [Cell]) {
        self.classes = classes
        self.cells = cells
        hits = [Double](repeating: 0, count: classes.count)
        predicted = hits
        actual = hits
        for cell in cells {
            predicted[cell.predicted] += cell.count
            actual[cell.actual] += cell.count
            total += cell.count
            guard cell.predicted == cell.actual else { continue }
            hits[cell.actual] += cell.count
            hit += cell.count
        }
    }

    /// The table with half a row more in every cell, also in empty ones. O(classes^2).
    var filled: ConfusionTable {
        var cells = cells
        for predicted in classes.indices {
            for actual in classes.indices { cells.append(Cell(predicted: predicted, actual: actual, count: 0.5)) }
        }
        return ConfusionTable(classes: classes, cells: cells)
    }

    /// The variance of a measure from its gradient at every cell.
    func variance(_ gradient: (Cell) -> Double) -> Double {
        cells.reduce(0) { sum, cell in
            let slope = gradient(cell)
            return sum + cell.count * slope * slope
        }
    }

    /// How often prediction and truth of the same classes would meet by chance, times the square of all rows.
    private var chance: Double { zip(predicted, actual).reduce(0) { $0 + $1.0 * $1.1 } }

    /// Cohen's kappa, `(p_o - p_e) / (1 - p_e)` (Cohen 1960), and its variance; nil where one class is all there is.
    var kappa: (value: Double, variance: Double)? {
        let chance = chance
        let room = total * total - chance
        guard total > 0, room > 0 else { return nil }
        let value = (hit * total - chance) / room
        let spread = variance { cell in
            let sides = actual[cell.predicted] + predicted[cell.actual]
            let gain = (cell.predicted == cell.actual ? total : 0) + hit - sides
            return (gain - value * (2 * total - sides)) / room
        }
        return (value, spread)
    }

    /// Matthews' correlation for any number of classes (Gorodkin 2004), and its variance; nil where one side has one class.
    var matthews: (value: Double, variance: Double)? {
        let left = total * total - predicted.reduce(0) { $0 + $1 * $1 }
        let right = total * total - actual.reduce(0) { $0 + $1 * $1 }
        guard left > 0, right > 0 else { return nil }
        // Equal sides have an exact root, so that a window without a mistake has 1.
        let root = left == right ? left : left.squareRoot() * right.squareRoot()
        let value = min(max((hit * total - chance) / root, -1), 1)
        let spread = variance { cell in
            let gain =
                (cell.predicted == cell.actual ? total : 0) + hit - actual[cell.predicted] - predicted[cell.actual]
            return gain / root - value
                * ((total - predicted[cell.predicted]) / left + (total - actual[cell.actual]) / right)
        }
        return (value, spread)
    }
}
