/// What is counted of each column, in the order of the columns' names.
///
/// Names and contents stand in an array each: tables of the same columns are gone through side by side without looking a name
/// up, and a content, which is large, is read where it stands.
package struct ColumnTable<Content: Equatable & Sendable>: Equatable, Sendable {
    /// The names in ascending order.
    package private(set) var keys: [ColumnName] = []
    /// What belongs to each of `keys`.
    package internal(set) var values: [Content] = []

    /// No columns.
    package init() {}

    /// Where a column stands, which is looked for first at `near`: O(1) there, else O(log columns).
    func place(of name: ColumnName, near: Int = 0) -> Int? {
        if near < keys.count, keys[near] == name { return near }
        let place = place(notBefore: name)
        return place < keys.count && keys[place] == name ? place : nil
    }

    /// Where a column stands, which is added where it is new. O(columns) then.
    mutating func place(of name: ColumnName, near: Int = 0, adding content: @autoclosure () -> Content) -> Int {
        if let place = place(of: name, near: near) { return place }
        let place = place(notBefore: name)
        keys.insert(name, at: place)
        values.insert(content(), at: place)
        return place
    }

    /// What belongs to a column; nil takes it out.
    package subscript(name: ColumnName) -> Content? {
        get { place(of: name).map { values[$0] } }
        set {
            if let newValue {
                values[place(of: name, adding: newValue)] = newValue
            } else if let place = place(of: name) {
                keys.remove(at: place)
                values.remove(at: place)
            }
        }
    }

    /// Adds a column behind all others, in whose order it must come; false, and nothing done, where it does not.
    mutating func append(_ name: ColumnName, _ content: Content) -> Bool {
        if let last = keys.last, !(last < name) { return false }
        keys.append(name)
        values.append(content)
        return true
    }

    /// Takes the last column out.
    mutating func popLast() -> (name: ColumnName, content: Content)? {
        guard let name = keys.popLast(), let content = values.popLast() else { return nil }
        return (name, content)
    }

    /// Takes columns out.
    mutating func removeAll(where isOut: (Content) -> Bool) {
        let kept = values.indices.filter { !isOut(values[$0]) }
        guard kept.count < values.count else { return }
        keys = kept.map { keys[$0] }
        values = kept.map { values[$0] }
    }

    mutating func reserveCapacity(_ columns: Int) {
        keys.reserveCapacity(columns)
        values.reserveCapacity(columns)
    }

    /// The place of the first column that does not come before a name.
    private func place(notBefore name: ColumnName) -> Int {
        guard let last = keys.last, !(last < name) else { return keys.count }
        var (low, high) = (0, keys.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Names with what belongs to them. To read one copies it: whoever goes through many reads `values`.
extension ColumnTable: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { keys.count }
    package subscript(place: Int) -> (key: ColumnName, value: Content) { (keys[place], values[place]) }
}
