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
        if !measureInWords(cells, grid, into: &areas) { measureEach(cells, grid, into: &areas) }
    }

    /// The same with integers of 64 bits: nearly every chunk between the outermost cut points. False where that is too few for one
    /// of the cells.
    ///
    /// Positions and sums are taken as what is left of them in 64 bits. The area between values of a cell and its end is at least
    /// nothing and at most what as many values span that all lie at its begin, so that it is exact where that fits.
    static func measureInWords(
        _ cells: borrowing CellChunk, _ grid: RankGrid, into areas: inout CellSums<CellAreas>
    ) -> Bool {
        let (start, scale) = (cells.start, grid.scale)
        guard start > 0, start &+ CellColumns.places <= grid.count else { return false }
        let cuts = grid.guarded.span.extracting(start &- 1..<start &+ CellColumns.places)
        // They ascend.
        guard cuts[0].magnitude < scale.narrowLimit, cuts[CellColumns.places].magnitude < scale.narrowLimit else {
            return false
        }
        let (reference, window) = (cells.reference.cells, cells.window.cells)
        let (each, other) = (cells.reference.each, cells.window.each)
        let columns = cells.columns
        var target = areas.places
        var low = scale.quantisedNarrow(cuts[0])
        var most = 0.0
        for place in 0..<CellColumns.places {
            let high = scale.quantisedNarrow(cuts[place &+ 1])
            let width = Double(high &- low)
            target[.width, place] = width
            target[.reference, place] = Double(reference.wordArea(place, below: high)) * each
            target[.window, place] = Double(window.wordArea(place, below: high)) * other
            most = greater(most, width * greater(columns[.referenceOpen, place], columns[.windowOpen, place]))
            low = high
        }
        return most < 0x1p62
    }

    /// The same with integers of 128 bits, of any cells.
    static func measureEach(
        _ cells: borrowing CellChunk, _ grid: RankGrid, into areas: inout CellSums<CellAreas>
    ) {
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
