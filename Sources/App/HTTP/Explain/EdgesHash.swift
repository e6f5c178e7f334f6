import Crypto
import Monitoring
import Statistics

/// Tells whether two values were computed over the same bins.
enum EdgesHash {
    /// SHA-256 over the edges, each as the 8 bytes of its double, greatest first; of categories over their names in the order
    /// of their bytes, each after its length in 8 such bytes. In hexadecimal digits.
    static func text(of explanation: DriftExplanation) -> String {
        var hash = SHA256()
        func add(_ word: UInt64) {
            hash.update(data: (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) })
        }
        for edge in explanation.edges { add(edge.bitPattern) }
        if explanation.kind == .categorical {
            for name in explanation.bins.compactMap(\.name) {
                add(UInt64(name.utf8.count))
                hash.update(data: Array(name.utf8))
            }
        }
        let digits = Array("0123456789abcdef".utf8)
        let bytes = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "sha256:" + String(decoding: bytes, as: UTF8.self)
    }
}
