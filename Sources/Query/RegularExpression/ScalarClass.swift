/// A set of Unicode scalars: ranges and general categories, or everything but these.
struct ScalarClass: Hashable, Sendable {
    /// Ranges of scalar values, in no particular order.
    private var ranges: [ClosedRange<UInt32>] = []
    /// General categories by their one- or two-letter names, wanted or excluded.
    private var categories: [Category] = []
    /// Whether the set is everything outside.
    var isNegated = false
    /// Whether upper and lower case are the same.
    var foldsCase = false

    private struct Category: Hashable {
        let name: String
        let isNegated: Bool
    }

    /// The empty set.
    init() {}

    /// One scalar.
    init(_ scalar: Unicode.Scalar, foldsCase: Bool) {
        insert(scalar.value...scalar.value)
        self.foldsCase = foldsCase && scalar.properties.isCased
    }

    /// Every scalar, with or without the end of a line.
    init(anyWithNewline: Bool) {
        isNegated = true
        if !anyWithNewline { insert(10...10) }
    }

    /// The only scalar of the set, if it has just one.
    var single: Unicode.Scalar? {
        guard !isNegated, !foldsCase, categories.isEmpty, ranges.count == 1, let range = ranges.first,
            range.count == 1
        else { return nil }
        return Unicode.Scalar(range.lowerBound)
    }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        ranges.append(range)
    }

    mutating func insert(category name: String, isNegated: Bool) {
        categories.append(Category(name: name, isNegated: isNegated))
    }

    mutating func insert(_ perl: PerlClass) {
        for range in perl.isNegated ? perl.complement : perl.ranges { insert(range) }
    }

    /// Whether the scalar is in the set; linear in the number of ranges.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        var isIn = holds(scalar)
        if !isIn, foldsCase {
            isIn = Self.foldings(of: scalar).contains(where: holds)
        }
        return isIn != isNegated
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        for range in ranges where range.contains(scalar.value) { return true }
        for category in categories where scalar.isIn(category: category.name) != category.isNegated { return true }
        return false
    }

    /// The other cases of a scalar, as far as they are single scalars.
    private static func foldings(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let properties = scalar.properties
        let upper = properties.uppercaseMapping.unicodeScalars
        let lower = properties.lowercaseMapping.unicodeScalars
        var others: [Unicode.Scalar] = []
        if upper.count == 1, let first = upper.first {
            others.append(first)
            others.append(contentsOf: first.properties.lowercaseMapping.unicodeScalars.prefix(1))
        }
        if lower.count == 1, let first = lower.first { others.append(first) }
        return others
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is of a general category such as `L` or `Lu`.
    fileprivate func isIn(category name: String) -> Bool {
        GeneralCategoryName.names(of: properties.generalCategory).contains(name)
    }
}
