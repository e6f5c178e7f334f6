import Crypto
package import Monitoring
package import Store
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys that may call the API, by the SHA-256 of their text; the text itself is shown once and kept nowhere.
package final class KeyRing: Sendable {
    private let digests = Mutex<[[UInt8]: APIKey]>([:])
    private let readAt = Mutex(Time.epoch)
    private let store: Store

    package init(store: Store) {
        self.store = store
    }

    /// Reads the keys anew.
    package func reload() async throws {
        let keys = try await store.keys()
        digests.withLock { $0 = Dictionary(keys.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first }) }
    }

    /// Whether there is any key.
    package var isEmpty: Bool { digests.withLock { $0.isEmpty } }

    /// The key of that text, nil when there is none. Looking a digest up tells nothing about the text.
    ///
    /// A text that is not known may be a key that was made just now: the keys are read again, at most once a second.
    package func key(for text: String, at now: Time) async throws -> APIKey? {
        guard text.utf8.count <= 256 else { return nil }
        let digest = Self.digest(of: text)
        if let key = digests.withLock({ $0[digest] }) { return key }
        let isDue = readAt.withLock { last in
            guard now - last >= PrometheusDuration(microseconds: 1_000_000) else { return false }
            last = now
            return true
        }
        if isDue { try await reload() }
        return digests.withLock { $0[digest] }
    }

    /// Makes a key and keeps its digest.
    /// - Returns: the text to hand to the caller, `dlk_` and 256 random bits.
    package static func create(name: String, in store: Store, at now: Time) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        let text = "dlk_" + hexadecimal((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
        let id = hexadecimal((0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) })
        try await store.add(
            APIKey(id: id, name: name, digest: digest(of: text), role: "admin", createdAt: now))
        return text
    }

    static func digest(of text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
