import Monitoring
import Statistics
import Store

/// A version of a reference with its summary.
struct ReferenceVersion: Sendable {
    /// Names one version of one reference.
    struct Key: Hashable, Sendable {
        let name: ByteText
        let version: Int32
    }

    let name: String
    let version: Int32
    let effectiveFrom: Time?
    let createdAt: Time
    let definition: ReferenceDefinition
    /// Its rows, counted; nil where every window has others.
    let frozen: FrozenReference?

    /// The name under which the grid of the first rows is kept; no reference of a user begins with a point.
    static let firstRows = ".first-rows"

    /// A reference as it is stored.
    init(_ stored: StoredReference) throws {
        name = stored.name
        version = stored.version
        effectiveFrom = stored.effectiveFrom
        createdAt = stored.createdAt
        definition = try ReferenceDefinition(stored: stored.definition)
        frozen = definition.rolling == nil ? try FrozenReference(decoding: stored.summary) : nil
    }

    /// Its rows, ready to be compared with; kept for those who ask often, see ``ReferenceShelf``.
    var summary: Reference? { frozen?.content }

    /// Which version of which reference it is.
    var key: Key { Key(name: ByteText(name), version: version) }

    /// Whether it only lends its grid.
    var isHidden: Bool { ByteText(name) == ByteText(Self.firstRows) }
}
