import Monitoring
import Statistics

/// The counts and grids of a reference that was frozen.
///
/// The counts are bytes while nobody compares with them; ``ReferenceShelf`` holds those in use.
final class FrozenReference: Sendable {
    /// No other reference of the process's lifetime has it.
    let id: UInt64
    private let packed: PackedReference

    /// Takes a reference that was read from bytes that are stored.
    init(decoding bytes: [UInt8]) throws(CodecError) {
        packed = PackedReference(try Reference(decoding: bytes))
        id = ReferenceShelf.shared.nextNumber()
    }

    /// How many rows the reference has.
    var count: Int { packed.count }

    /// What columns are counted over.
    var grids: ColumnGrids { packed.grids }

    /// The reference, ready to be compared with.
    var content: Reference {
        ReferenceShelf.shared.reference(of: self) { packed.content }
    }

    /// What the laws of a side's measures need on the grids of the reference.
    func noise(of side: ReferenceSide, _ segment: ByteText) -> ReferenceNoise {
        ReferenceShelf.shared.noise(of: self, segment) { ReferenceNoise(side.pane, grids: grids) }
    }
}
