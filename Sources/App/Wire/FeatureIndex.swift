import Monitoring
import Statistics

/// The features of a schema, to be found by the bytes of their names. Made once for a schema and copied for each request.
package struct FeatureIndex: Sendable {
    /// What must be known about a feature for every value of it.
    struct Slot: Sendable {
        let kind: FeatureType
        /// The position among the features that are kept in the same way.
        let column: Int
        let min: Double
        let max: Double
        let dimension: Int
    }

    private(set) var slots: [Slot] = []

    /// For each slot the pointer to its feature in a row.
    private(set) var pointers: [String] = []
    /// Positions that the schema uses, by how their values are kept.
    let numericPositions: [Int]
    let categoricalPositions: [Int]
    let embeddingPositions: [Int]
    private var names = TextTable()
    /// Which feature stood at which place of the row before, at first that of the schema: nearly always it stands there again.
    private var expected: [Int] = []

    init(_ schema: ModelSchema) {
        numericPositions = schema.numericFeatures.map(\.position)
        categoricalPositions = (schema.categoricalFeatures + schema.textFeatures).map(\.position)
        embeddingPositions = schema.embeddingFeatures.map(\.position)
        for feature in schema.features {
            // Names of a valid schema differ and can be stored, so that places and slots run side by side.
            guard names.insert(feature.name.utf8.span) == slots.count else { continue }
            slots.append(
                Slot(
                    kind: feature.kind, column: feature.position, min: feature.min ?? -.infinity,
                    max: feature.max ?? .infinity, dimension: feature.dimension ?? 0))
            pointers.append("/features/\(SchemaMistake.token(feature.name.string))")
        }
        expected = Array(slots.indices)
    }

    /// The slot of a feature name that stands at a place of its row; nil for an undeclared feature.
    mutating func slot(named name: Span<UInt8>, at place: Int) -> Int? {
        if place < expected.count {
            let slot = expected[place]
            if slot >= 0, names.matches(slot, name) { return slot }
        }
        let found = names.place(of: name)
        while expected.count <= place, place < slots.count * 2 { expected.append(-1) }
        if place < expected.count { expected[place] = found ?? -1 }
        return found
    }
}
