import Statistics

/// A frozen reference whose counts are kept as bytes until windows are compared with it.
///
/// The grids stay as they are, because every row is counted on them; the counts take a tenth of their memory as bytes.
package struct PackedReference: Sendable {
    /// How many rows it has.
    package let count: Int
    /// What columns are counted over.
    package let grids: ColumnGrids

    private let name: ByteText
    private let version: Int
    private let effectiveFrom: Time?
    private let pane: [UInt8]
    private let segments: [ByteText: [UInt8]]

    /// Packs a reference.
    package init(_ reference: Reference) {
        name = reference.name
        version = reference.version
        effectiveFrom = reference.effectiveFrom
        grids = reference.grids
        count = reference.count
        pane = reference.pane.encoded()
        segments = reference.segments.mapValues { $0.encoded() }
    }

    /// The reference as it was. O(its bytes), and the learning of what scores mean.
    package var content: Reference {
        Reference(
            name: name, version: version, effectiveFrom: effectiveFrom, grids: grids, pane: Self.pane(pane),
            segments: segments.mapValues(Self.pane))
    }

    private static func pane(_ bytes: [UInt8]) -> Pane {
        do throws(CodecError) {
            return try Pane(decoding: bytes)
        } catch {
            preconditionFailure("a reference that was packed in this process can be read: \(error)")
        }
    }
}

extension Reference {
    /// About how many bytes its counts take in memory, without the grids. O(columns x segments).
    package var footprint: Int { segments.values.reduce(pane.footprint) { $0 + $1.footprint } }
}

extension ReferenceNoise {
    /// About how many bytes it takes in memory.
    package var footprint: Int { count * 4096 }
}
