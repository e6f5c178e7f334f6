import Crypto
package import Monitoring
import Postgres
package import Statistics

/// Where the record of a prediction id lies: the model, and 128 bits of the SHA-256 of the id.
///
/// A hash makes every key equally short, and lets an erased id stay known without being kept.
package struct IdentityKey: Hashable, Comparable, Sendable {
    package let model: Int32
    package let high: UInt64
    package let low: UInt64

    package init(model: Int32, id: ByteText) {
        let digest = Self.digest(Array(id.string.utf8))
        self.init(model: model, high: digest.high, low: digest.low)
    }

    init(model: Int32, high: UInt64, low: UInt64) {
        self.model = model
        self.high = high
        self.low = low
    }

    init(model: Int32, octets: Octets16) {
        self.init(model: model, high: octets.high, low: octets.low)
    }

    /// The first 128 bits of the SHA-256 of some bytes.
    package static func digest(_ bytes: [UInt8]) -> ContentDigest {
        var words: (UInt64, UInt64) = (0, 0)
        for (place, byte) in SHA256.hash(data: bytes).enumerated() {
            if place < 8 {
                words.0 = words.0 << 8 | UInt64(byte)
            } else if place < 16 {
                words.1 = words.1 << 8 | UInt64(byte)
            }
        }
        return ContentDigest(high: words.0, low: words.1)
    }

    /// What the database holds for it.
    var octets: Octets16 { Octets16(high: high, low: low) }

    package static func < (left: IdentityKey, right: IdentityKey) -> Bool {
        (left.model, left.high, left.low) < (right.model, right.high, right.low)
    }
}
