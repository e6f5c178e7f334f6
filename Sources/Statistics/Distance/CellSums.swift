/// The parts of what is added up over cells, for every place of a chunk by itself, so that places are added side by side.
struct CellSums<Part: CellPart> {
    private var numbers = [Double](repeating: 0, count: Part.count * CellColumns.places)

    /// All numbers of a part together, always in the same order.
    func sum(_ part: Part) -> Double {
        let start = part.rawValue * CellColumns.places
        var sums = (0.0, 0.0, 0.0, 0.0)
        for place in stride(from: start, to: start + CellColumns.places, by: 4) {
            sums.0 += numbers[place]
            sums.1 += numbers[place + 1]
            sums.2 += numbers[place + 2]
            sums.3 += numbers[place + 3]
        }
        return (sums.0 + sums.1) + (sums.2 + sums.3)
    }

    /// The greatest number of a part.
    func greatest(_ part: Part) -> Double {
        let start = part.rawValue * CellColumns.places
        return numbers[start..<start + CellColumns.places].reduce(0, max)
    }

    /// The numbers as they lie in memory, part after part.
    var span: Span<Double> {
        @_lifetime(borrow self)
        @inline(__always)
        get { numbers.span }
    }

    /// The number of a part at a place.
    @inline(__always)
    subscript(_ part: Part, _ place: Int) -> Double { numbers[part.rawValue * CellColumns.places + place] }

    /// The numbers themselves, to be added to.
    var places: Places {
        @_lifetime(&self)
        @inline(__always)
        mutating get { Places(numbers.mutableSpan) }
    }

    /// The numbers of all parts at all places.
    struct Places: ~Copyable, ~Escapable {
        private var numbers: MutableSpan<Double>

        @_lifetime(copy numbers)
        @inline(__always)
        fileprivate init(_ numbers: consuming MutableSpan<Double>) {
            precondition(numbers.count == Part.count * CellColumns.places, "every part has a number for each place")
            self.numbers = numbers
        }

        @inline(__always)
        subscript(_ part: Part, _ place: Int) -> Double {
            get { numbers[part.rawValue &* CellColumns.places &+ place] }
            set { numbers[part.rawValue &* CellColumns.places &+ place] = newValue }
        }
    }
}
