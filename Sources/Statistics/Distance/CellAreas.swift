/// The inner open cells of a chunk in units of a grid's scale: how wide they are, and what area the values in them span.
///
/// Positions and sums are integers and become doubles only when what is alike has been taken away. The outermost cells, which
/// have no width, are left out.
enum CellAreas: Int, CellPart {
    /// From one cut point to the next.
    case width
    /// The area between the reference's values and the cut point above them, as a share.
    case reference
    /// The same of the window's values.
    case window
    /// Whether the cell is looked at by itself.
    case isStepped

    static let count = 4

    /// Measures the cells of a chunk.
    static func measure(_ cells: borrowing CellChunk, _ grid: RankGrid, into areas: inout CellSums<CellAreas>) {
        let (start, last) = (cells.start, grid.count)
        let cuts = grid.guarded.span
        let (reference, window) = (cells.reference.cells, cells.window.cells)
        var target = areas.places
        let (each, other) = (cells.reference.each, cells.window.each)
        var low = start > 0 ? grid.scale.quantised(cuts[start &- 1]) : 0
        for place in 0..<CellColumns.places {
            let index = start &+ place
            guard index > 0, index < last else {
                (target[.width, place], target[.reference, place], target[.window, place]) = (0, 0, 0)
                if index == 0, last > 0 { low = grid.scale.quantised(cuts[0]) }
                continue
            }
            let high = grid.scale.quantised(cuts[index])
            target[.width, place] = (high &- low).real
            target[.reference, place] = reference.area(place, below: high).real * each
            target[.window, place] = window.area(place, below: high).real * other
            low = high
        }
    }
}
