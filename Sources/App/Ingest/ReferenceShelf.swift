import Monitoring
import Statistics
import Synchronization

/// The references that windows of this process are compared with, ready for use: as many as the budget allows.
///
/// Those that were not used lately go first, in any order, and with them what belongs to references that nobody has any more. What
/// is not here is made again from bytes, which takes some ten microseconds a column.
final class ReferenceShelf: Sendable {
    /// The one of this process.
    static let shared = ReferenceShelf()

    /// The most bytes that are held unless the settings say otherwise.
    static let standardBudget = 256 << 20

    private struct Key: Hashable {
        let reference: UInt64
        /// Nil for the counts of the reference, else the segment whose noise it is.
        let segment: ByteText?
    }

    private enum Value {
        case reference(Reference)
        case noise(ReferenceNoise)

        var footprint: Int {
            switch self {
            case .reference(let reference): reference.footprint
            case .noise(let noise): noise.footprint
            }
        }
    }

    private struct State {
        var budget = ReferenceShelf.standardBudget
        var total = 0
        var clock: UInt64 = 0
        var numbers: UInt64 = 0
        /// The clock when room was made the last time.
        var made: UInt64 = 0
        var values: [Key: (value: Value, bytes: Int, lastUse: UInt64)] = [:]
    }

    private let state = Mutex(State())

    /// About how many bytes may be held, beside those of one value.
    var budget: Int {
        get { state.withLock { $0.budget } }
        set { state.withLock { $0.budget = newValue } }
    }

    /// About how many bytes are held.
    var footprint: Int { state.withLock { $0.total } }

    /// The counts of a reference; made outside of the lock where they are not here.
    func reference(of frozen: FrozenReference, _ make: () -> Reference) -> Reference {
        let key = Key(reference: frozen.id, segment: nil)
        if case .reference(let known)? = known(key) { return known }
        let made = make()
        keep(.reference(made), for: key)
        return made
    }

    /// The noise of a segment of a reference; made outside of the lock where it is not here.
    func noise(of frozen: FrozenReference, _ segment: ByteText, _ make: () -> ReferenceNoise) -> ReferenceNoise {
        let key = Key(reference: frozen.id, segment: segment)
        if case .noise(let known)? = known(key) { return known }
        let made = make()
        keep(.noise(made), for: key)
        return made
    }

    /// A number that no other reference has.
    func nextNumber() -> UInt64 {
        state.withLock { state in
            state.numbers += 1
            return state.numbers
        }
    }

    private func known(_ key: Key) -> Value? {
        state.withLock { state in
            state.clock += 1
            state.values[key]?.lastUse = state.clock
            return state.values[key]?.value
        }
    }

    private func keep(_ value: Value, for key: Key) {
        let bytes = value.footprint
        state.withLock { state in
            guard state.values[key] == nil else { return }
            state.clock += 1
            state.values[key] = (value, bytes, state.clock)
            state.total += bytes
            guard state.total > state.budget else { return }
            // A tenth more than must goes, so that this is rare; those that were used since then go last.
            let since = state.made
            state.made = state.clock
            let used = state.values.filter { $0.value.lastUse > since }.sorted { $0.value.lastUse < $1.value.lastUse }
            for (key, entry) in state.values.filter({ $0.value.lastUse <= since }).shuffled() + used {
                guard state.total > state.budget / 10 * 9, entry.lastUse < state.clock else { break }
                state.total -= entry.bytes
                state.values[key] = nil
            }
        }
    }
}
