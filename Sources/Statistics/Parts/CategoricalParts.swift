/// What is counted of a categorical column, laid open: the content of a portable profile.
package struct CategoricalParts: Hashable, Sendable {
    /// How many values were null, whatever the reason.
    package var missing = 0

    /// How many of the nulls stand for a value of another type.
    package var typeErrors = 0

    /// Categories with how often each occurs.
    package var categories: [(name: ByteText, count: Int)] = []

    /// Cells that categories without a name share, with how many values each holds.
    package var hashed: [(cell: Int, count: Int)] = []

    /// No parts yet.
    package init() {}

    package static func == (left: Self, right: Self) -> Bool {
        left.missing == right.missing && left.typeErrors == right.typeErrors
            && left.categories.elementsEqual(right.categories, by: ==)
            && left.hashed.elementsEqual(right.hashed, by: ==)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(missing)
        for category in categories {
            hasher.combine(category.name)
            hasher.combine(category.count)
        }
    }
}

extension CategoricalSummary {
    /// The summary laid open, categories in the order of their bytes.
    package var parts: CategoricalParts {
        var parts = CategoricalParts()
        parts.missing = missing
        parts.typeErrors = typeErrors
        parts.categories = named.sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
        parts.hashed = hashed.sorted { $0.key < $1.key }.map { (cell: $0.key, count: $0.value) }
        return parts
    }

    /// A summary of parts from outside.
    package init(_ parts: CategoricalParts) throws(PartsError) {
        var (named, hashed, total): ([ByteText: Int], [Int: Int], Int) = ([:], [:], 0)
        for (index, category) in parts.categories.enumerated() {
            total = try Self.sum(total, category.count, "/categories/\(index)")
            guard named.updateValue(category.count, forKey: category.name) == nil else {
                throw PartsError("/categories/\(index)", "the category is there twice")
            }
        }
        for (index, cell) in parts.hashed.enumerated() {
            total = try Self.sum(total, cell.count, "/hashed/\(index)")
            guard (0..<CategoryHash.cellCount).contains(cell.cell) else {
                throw PartsError("/hashed/\(index)", "cells are numbered from 0 to \(CategoryHash.cellCount - 1)")
            }
            guard hashed.updateValue(cell.count, forKey: cell.cell) == nil else {
                throw PartsError("/hashed/\(index)", "the cell is there twice")
            }
        }
        guard (0...NumericParts.mostRows).contains(parts.missing) else {
            throw PartsError("/missing", "give a count from 0 to \(NumericParts.mostRows)")
        }
        guard (0...parts.missing).contains(parts.typeErrors) else {
            throw PartsError("/type_errors", "values of another type are among the missing ones")
        }
        self.init(
            count: total, missing: parts.missing, typeErrors: parts.typeErrors, named: named, hashed: hashed)
    }

    private static func sum(_ total: Int, _ count: Int, _ place: String) throws(PartsError) -> Int {
        guard (1...NumericParts.mostRows).contains(count), total + count <= NumericParts.mostRows else {
            throw PartsError(place, "give a count from 1 to \(NumericParts.mostRows)")
        }
        return total + count
    }
}
