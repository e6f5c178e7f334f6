/// One-dimensional arrays. Every length is checked against the bytes, so that a damaged stream cannot trap.
extension Cell {
    /// Object identifier of the elements, where they start and how many there are; `nil` when this is no such array.
    private var head: (element: UInt32, start: Int, count: Int)? {
        guard let dimensions = load(0, as: Int32.self), let element = load(8, as: UInt32.self) else { return nil }
        if dimensions == 0 { return (element, 12, 0) }
        guard dimensions == 1, let count = load(12, as: Int32.self), count >= 0,
            Int(count) <= (bytes.byteCount - 20) / 4
        else { return nil }
        return (element, 20, Int(count))
    }

    /// Calls the body with each element, `nil` for NULL.
    /// - Returns: Whether the cell is an array and the body took every element.
    /// - Complexity: O(*n*) in the bytes of the array.
    func forEachElement(_ body: (borrowing Cell?) -> Bool) -> Bool {
        guard let head else { return false }
        var offset = head.start
        for _ in 0..<head.count {
            guard let length = load(offset, as: Int32.self) else { return false }
            offset += 4
            if length < 0 {
                guard body(nil) else { return false }
                continue
            }
            guard Int(length) <= bytes.byteCount - offset else { return false }
            let element = Cell(type: head.element, bytes: bytes.extracting(offset..<offset + Int(length)))
            guard body(element) else { return false }
            offset += Int(length)
        }
        return true
    }

    /// The elements, `nil` for NULL; `nil` when the cell is no array of such elements.
    func array<Element: PostgresElement>(of: Element.Type) -> [Element?]? {
        var values: [Element?] = []
        values.reserveCapacity(head?.count ?? 0)
        let isWhole = forEachElement { cell in
            guard let cell else {
                values.append(nil)
                return true
            }
            guard let value = Element(cell: cell) else { return false }
            values.append(value)
            return true
        }
        return isWhole ? values : nil
    }

    /// The elements, with a value in the place of NULL; `nil` when the cell is no array of such elements.
    func array<Element: PostgresElement>(of: Element.Type, null: Element) -> [Element]? {
        var values: [Element] = []
        values.reserveCapacity(head?.count ?? 0)
        let isWhole = forEachElement { cell in
            guard let cell else {
                values.append(null)
                return true
            }
            guard let value = Element(cell: cell) else { return false }
            values.append(value)
            return true
        }
        return isWhole ? values : nil
    }
}
