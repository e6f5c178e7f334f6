extension Evaluator {
    /// The value of an operator.
    func value(of binary: BinaryOperation, at position: SourcePosition) throws(QueryError) -> Value {
        let left = try value(of: binary.left)
        let right = try value(of: binary.right)
        switch (left, right) {
        case (.scalar(let first, let firstSources), .scalar(let second, let secondSources)):
            let result = Arithmetic.apply(binary.operation, first, second)
            let value = binary.operation.isComparison ? (result.isKept ? 1 : 0) : result.value
            return .scalar(value, .union([firstSources, secondSources]))
        case (.vector(let elements), .scalar(let number, let sources)):
            return try unique(combine(elements, number, sources, binary, isSwapped: false), at: position)
        case (.scalar(let number, let sources), .vector(let elements)):
            return try unique(combine(elements, number, sources, binary, isSwapped: true), at: position)
        case (.vector(let first), .vector(let second)):
            let result =
                binary.operation.isSet
                ? sets(first, second, binary) : try matched(first, second, binary, at: position)
            return try unique(result, at: position)
        default: throw QueryError("a text has no operators", at: position)
        }
    }

    private func combine(
        _ elements: [Element], _ number: Double, _ sources: SampleSources, _ binary: BinaryOperation, isSwapped: Bool
    ) -> [Element] {
        elements.compactMap { element in
            let result =
                isSwapped
                ? Arithmetic.apply(binary.operation, number, element.value)
                : Arithmetic.apply(binary.operation, element.value, number)
            var combined = element
            if binary.returnsBool {
                combined.value = result.isKept ? 1 : 0
            } else if binary.operation.isComparison {
                // A comparison keeps the vector's value on whichever side it stands.
                guard result.isKept else { return nil }
            } else {
                combined.value = result.value
            }
            if binary.operation.dropsName || binary.returnsBool { combined.labels = combined.labels.withoutName }
            combined.sources = .union([element.sources, sources])
            return combined
        }
    }

    // MARK: Sets

    private func sets(_ left: [Element], _ right: [Element], _ binary: BinaryOperation) -> [Element] {
        let matching = binary.matching
        switch binary.operation {
        case .or:
            let keys = Set(left.map { matching.key(of: $0.labels) })
            return left + right.filter { !keys.contains(matching.key(of: $0.labels)) }
        case .unless:
            let keys = Set(right.map { matching.key(of: $0.labels) })
            return left.filter { !keys.contains(matching.key(of: $0.labels)) }
        default:
            let partners = Dictionary(grouping: right) { matching.key(of: $0.labels) }
            return left.compactMap { element in
                guard let partners = partners[matching.key(of: element.labels)] else { return nil }
                var kept = element
                kept.sources = .union([element.sources] + partners.map(\.sources))
                return kept
            }
        }
    }

    // MARK: Matching one to one and one to many

    private func matched(
        _ left: [Element], _ right: [Element], _ binary: BinaryOperation, at position: SourcePosition
    ) throws(QueryError) -> [Element] {
        guard !left.isEmpty, !right.isEmpty else { return [] }
        let matching = binary.matching
        let isSwapped = matching.cardinality == .oneToMany
        let (many, one) = isSwapped ? (right, left) : (left, right)
        let partners = try partners(one, matching, side: isSwapped ? "left" : "right", at: position)
        var results: [Element] = []
        var taken: [Labels: Set<Labels>] = [:]
        for element in many {
            let key = matching.key(of: element.labels)
            guard let partner = partners[key] else { continue }
            let result =
                isSwapped
                ? Arithmetic.apply(binary.operation, partner.value, element.value)
                : Arithmetic.apply(binary.operation, element.value, partner.value)
            if !binary.returnsBool, !result.isKept { continue }
            let value = binary.returnsBool ? (result.isKept ? 1 : 0) : result.value
            let labels = resultLabels(element.labels, partner.labels, binary)
            try claim(key, labels, matching, in: &taken, at: position)
            results.append(Element(labels: labels, value: value, sources: .union([element.sources, partner.sources])))
        }
        return results
    }

    private func partners(
        _ elements: [Element], _ matching: VectorMatching, side: String, at position: SourcePosition
    ) throws(QueryError) -> [Labels: Element] {
        var partners: [Labels: Element] = [:]
        for element in elements {
            let key = matching.key(of: element.labels)
            if let other = partners.updateValue(element, forKey: key) {
                let pair = "\(element.labels) and \(other.labels)"
                throw QueryError(
                    "found duplicate series for the match group \(key) on the \(side) side: \(pair);"
                        + " many-to-many matching is not allowed, so the labels must be unique on one side",
                    at: position)
            }
        }
        return partners
    }

    private func claim(
        _ key: Labels, _ labels: Labels, _ matching: VectorMatching, in taken: inout [Labels: Set<Labels>],
        at position: SourcePosition
    ) throws(QueryError) {
        if matching.cardinality == .oneToOne {
            guard taken.updateValue([], forKey: key) == nil else {
                throw QueryError(
                    "multiple matches for the labels \(key);"
                        + " many-to-one matching must be explicit (group_left or group_right)",
                    at: position)
            }
        } else {
            guard taken[key, default: []].insert(labels).inserted else {
                throw QueryError(
                    "multiple matches for the labels \(labels); the grouping labels must make matches unique",
                    at: position)
            }
        }
    }

    private func resultLabels(_ many: Labels, _ one: Labels, _ binary: BinaryOperation) -> Labels {
        let matching = binary.matching
        var labels = binary.operation.dropsName || binary.returnsBool ? many.withoutName : many
        if matching.cardinality == .oneToOne {
            labels = matching.isOn ? labels.keeping(matching.labels) : labels.removing(matching.labels)
        }
        for name in matching.included { labels = labels.setting(name, to: one[name]) }
        return binary.returnsBool ? labels.withoutName : labels
    }
}
