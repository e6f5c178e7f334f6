import Synchronization

/// One batch of rows that is sent again and again under other ids, so that making rows costs the service's cores little.
final class NumberedBatch: Sendable {
    /// How many rows there are.
    let size: Int
    private let template: [UInt8]
    /// Where the number of each row's id begins.
    private let places: [Int]
    private let sent = Mutex(0)

    private static let digits = 8

    init(size: Int) {
        self.size = size
        var random = SeededNumbers(size)
        // A number of eight digits, which is what is replaced.
        let sender = 12_345_678
        let rows = Array(RowBatch(sender: sender, from: 0, size: size, using: &random).rows.utf8)
        let mark = Array("\"s\(sender)-".utf8)
        places = rows.indices.filter { rows[$0...].starts(with: mark) }.map { $0 + 2 }
        template = rows
    }

    /// The rows under ids that were not used before.
    func next() -> [UInt8] {
        var number = sent.withLock { sent in
            sent += 1
            return sent
        }
        // Eight digits are one word, which is written far faster than eight bytes where nothing is optimised.
        var digits: UInt64 = 0
        for place in 0..<Self.digits {
            digits |= UInt64(0x30 + number % 10) << UInt64(8 * (Self.digits - 1 - place))
            number /= 10
        }
        var rows = template
        var span = rows.mutableSpan
        var bytes = unsafe span.mutableBytes
        for place in places { bytes.storeBytes(of: digits.littleEndian, toByteOffset: place, as: UInt64.self) }
        return rows
    }
}
