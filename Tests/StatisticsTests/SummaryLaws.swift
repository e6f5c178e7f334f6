import Statistics
import Testing

struct SummaryLaws {
    private func rows(_ seed: Int, _ salt: Int, _ count: Int) -> [SampleRow] {
        var generator = SeededGenerator(seed: seed * 31 + salt)
        return SampleRow.random(count, using: &generator)
    }

    @Test(arguments: SummarySubject.allCases, 0..<8)
    func `merging is associative`(subject: SummarySubject, seed: Int) {
        #expect(subject.check.isAssociative(rows(seed, 1, 40), rows(seed, 2, seed * 90), rows(seed, 3, 25)))
    }

    @Test(arguments: SummarySubject.allCases, 0..<8)
    func `merging is commutative`(subject: SummarySubject, seed: Int) {
        #expect(subject.check.isCommutative(rows(seed, 1, 30 * seed), rows(seed, 2, 200)))
    }

    @Test(arguments: SummarySubject.allCases, 0..<4)
    func `an empty summary changes nothing`(subject: SummarySubject, seed: Int) {
        #expect(subject.check.hasNeutral(rows(seed, 1, 100)))
    }

    @Test(arguments: SummarySubject.allCases, 0..<8)
    func `subtracting undoes merging`(subject: SummarySubject, seed: Int) {
        #expect(subject.check.isUndone(rows(seed, 1, seed * 60), rows(seed, 2, 1 + seed * 100)))
    }

    @Test(arguments: SummarySubject.allCases, 0..<4)
    func `what all of is subtracted is empty`(subject: SummarySubject, seed: Int) {
        #expect(subject.check.isEmptyAgain(rows(seed, 1, 30 + 300 * seed)))
    }

    @Test(arguments: SummarySubject.allCases, 0..<8)
    func `any order and any splitting give the same bytes`(subject: SummarySubject, seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let all = SampleRow.random(700, using: &generator)
        let orders = (0..<3).map { _ in
            var rest = all.shuffled(using: &generator)[...]
            var parts: [[SampleRow]] = []
            while !rest.isEmpty {
                let size = Int.random(in: 1...300, using: &generator)
                parts.append(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            return parts
        }
        #expect(subject.check.isFree(of: [[all]] + orders))
    }

    @Test(arguments: SummarySubject.allCases, [0, 1, 17, 400])
    func `bytes can be read again`(subject: SummarySubject, count: Int) throws {
        #expect(try subject.check.roundTrips(rows(5, 1, count)))
    }

    @Test(arguments: SummarySubject.allCases)
    func `bytes that were cut off are refused`(subject: SummarySubject) {
        let rows = rows(9, 1, 12)
        let check = subject.check
        var length = 0
        _ = check.decodingErrors(of: rows) { length = $0.count }
        for end in 0..<length {
            #expect(check.decodingErrors(of: rows) { $0.removeSubrange(end...) } != nil, "cut at \(end)")
        }
    }

    @Test(arguments: SummarySubject.allCases)
    func `a flipped bit is found`(subject: SummarySubject) {
        let rows = rows(9, 1, 12)
        let check = subject.check
        var length = 0
        _ = check.decodingErrors(of: rows) { length = $0.count }
        for bit in 0..<8 * length {
            #expect(check.decodingErrors(of: rows) { $0[bit / 8] ^= 1 << (bit % 8) } != nil, "bit \(bit)")
        }
    }

    @Test(arguments: SummarySubject.allCases, 0..<40)
    func `damaged content behind a right check value is refused or read`(subject: SummarySubject, seed: Int) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let isFine = subject.check.isReadOrRefused(rows(seed, 1, seed)) { content in
                for _ in 0..<Int.random(in: 1...4, using: &generator) where !content.isEmpty {
                    let bytes: [UInt8] = [0, 0xFF, 0x80, 0x7F, 1, UInt8.random(in: 0...255, using: &generator)]
                    let position = Int.random(in: content.indices, using: &generator)
                    content[position] = bytes[Int.random(in: bytes.indices, using: &generator)]
                }
            }
            #expect(isFine)
        }
    }
}
