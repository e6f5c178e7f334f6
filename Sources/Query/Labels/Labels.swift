/// A label set: names with values, sorted by name, identified by their UTF-8 bytes.
///
/// A label with an empty value is the same as no label, as everywhere in Prometheus, so none is kept. Lookups are
/// linear: sets have a handful of members.
package struct Labels: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The labels in the byte order of their names, without duplicates and without empty values.
    package let pairs: [Label]
    /// Made once, because label sets are mostly used as keys.
    private let identity: Int

    /// No labels at all.
    package static let empty = Self(sorted: [])
    /// The label that holds the name of a metric.
    package static let metricName = "__name__"

    /// A set of labels in any order; of equal names the last counts.
    package init(_ labels: some Sequence<Label>) {
        var kept: [Label] = []
        for label in labels {
            if let index = kept.firstIndex(where: { $0.name.hasSameBytes(as: label.name) }) {
                kept[index] = label
            } else {
                kept.append(label)
            }
        }
        self.init(sorted: kept.filter { !$0.value.isEmpty }.sorted { $0.name.precedesInBytes($1.name) })
    }

    /// A set of labels by name.
    package init(_ values: [String: String]) {
        self.init(values.map { Label(name: $0.key, value: $0.value) })
    }

    private init(sorted pairs: [Label]) {
        self.pairs = pairs
        var hasher = Hasher()
        for pair in pairs { pair.hash(into: &hasher) }
        identity = hasher.finalize()
    }

    /// The value of a label, empty where there is none.
    package subscript(name: String) -> String {
        for pair in pairs where pair.name.hasSameBytes(as: name) { return pair.value }
        return ""
    }

    /// The metric's name, empty where there is none.
    package var name: String { self[Self.metricName] }

    /// Whether there are no labels.
    package var isEmpty: Bool { pairs.isEmpty }

    /// The set with one label changed or added; an empty value removes it.
    package func setting(_ name: String, to value: String) -> Self {
        var changed = pairs.filter { !$0.name.hasSameBytes(as: name) }
        if !value.isEmpty {
            let index = changed.firstIndex { name.precedesInBytes($0.name) } ?? changed.endIndex
            changed.insert(Label(name: name, value: value), at: index)
        }
        return Self(sorted: changed)
    }

    /// The set without the labels of these names.
    package func removing(_ names: [String]) -> Self {
        Self(sorted: pairs.filter { pair in !names.contains { $0.hasSameBytes(as: pair.name) } })
    }

    /// The set with only the labels of these names.
    package func keeping(_ names: [String]) -> Self {
        Self(sorted: pairs.filter { pair in names.contains { $0.hasSameBytes(as: pair.name) } })
    }

    /// The set without the metric's name.
    package var withoutName: Self { removing([Self.metricName]) }

    package static func == (left: Self, right: Self) -> Bool {
        left.identity == right.identity && left.pairs == right.pairs
    }

    package static func < (left: Self, right: Self) -> Bool {
        for (first, second) in zip(left.pairs, right.pairs) {
            let order = first.byteOrder(to: second)
            if order != 0 { return order < 0 }
        }
        return left.pairs.count < right.pairs.count
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(identity)
    }

    /// Prometheus's notation: `name{a="b", c="d"}`, `{}` where there is nothing.
    package var description: String {
        let rest = pairs.filter { !$0.name.hasSameBytes(as: Self.metricName) }
        let list = rest.map { "\($0.name)=\($0.value.quoted)" }.joined(separator: ", ")
        return rest.isEmpty && !name.isEmpty ? name : "\(name){\(list)}"
    }
}

extension Labels: ExpressibleByDictionaryLiteral {
    /// A set of labels as a literal; of equal names the last counts.
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Label(name: $0.0, value: $0.1) })
    }
}
