/// SHA-256 and HMAC written again from FIPS 180-4 and RFC 2104, so that signatures are not checked with the code that made
/// them.
enum SHA256 {
    /// The digest of bytes.
    static func digest(_ message: [UInt8]) -> [UInt8] {
        var state = initial
        let padding = [UInt8](repeating: 0, count: (119 - message.count % 64) % 64)
        let length = UInt64(message.count) * 8
        let bytes = message + [0x80] + padding + (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
        for start in stride(from: 0, to: bytes.count, by: 64) { compress(bytes[start..<start + 64], into: &state) }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    }

    /// The code of a message under a key.
    static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        let short = key.count > 64 ? digest(key) : key
        let block = short + [UInt8](repeating: 0, count: 64 - short.count)
        return digest(block.map { $0 ^ 0x5C } + digest(block.map { $0 ^ 0x36 } + message))
    }

    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words: [UInt32] = []
        for index in stride(from: block.startIndex, to: block.endIndex, by: 4) {
            words.append(block[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) })
        }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let first: UInt32 = turned(early, 7) ^ turned(early, 18) ^ (early >> 3)
            let second: UInt32 = turned(late, 17) ^ turned(late, 19) ^ (late >> 10)
            words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
        }
        var work = state
        for index in 0..<64 {
            let (a, e) = (work[0], work[4])
            let second: UInt32 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
            let choice: UInt32 = (e & work[5]) ^ (~e & work[6])
            let one: UInt32 = work[7] &+ second &+ choice &+ constants[index] &+ words[index]
            let first: UInt32 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
            let majority: UInt32 = (a & work[1]) ^ (a & work[2]) ^ (work[1] & work[2])
            work.removeLast()
            work[3] &+= one
            work.insert(one &+ first &+ majority, at: 0)
        }
        for index in state.indices { state[index] &+= work[index] }
    }

    private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 {
        (word >> count) | (word << (32 - count))
    }

    private static let primes: [Double] = (2...311).filter { number in !(2..<number).contains { number % $0 == 0 } }
        .map { Double($0) }

    /// The first bits of the fractions of the square roots of the first eight primes.
    private static let initial: [UInt32] = primes.prefix(8).map { fraction($0.squareRoot()) }

    /// Those of the cube roots of the first 64.
    private static let constants: [UInt32] = primes.map { prime in
        // A step of Newton's method: a root of 53 bits has 35 bits of fraction and more.
        var root = 1 + prime / 4
        for _ in 0..<60 { root -= (root * root * root - prime) / (3 * root * root) }
        return fraction(root)
    }

    private static func fraction(_ number: Double) -> UInt32 {
        UInt32((number - number.rounded(.down)) * 4_294_967_296)
    }
}
