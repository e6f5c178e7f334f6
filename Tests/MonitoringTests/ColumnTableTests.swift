import Statistics
import Testing

@testable import Monitoring

/// Columns in the order of their names.
struct ColumnTableTests {
    private static let names: [ColumnName] = [
        .feature("b"), .multivariate(.mahalanobis), .feature("a"), .prediction, .derived("t", .length), .score,
        .feature("e\u{301}"), .feature("\u{e9}"),
    ]

    @Test(arguments: UInt64(0)..<20)
    func `holds what a dictionary would, in the order of names`(seed: UInt64) {
        var generator = SeededRandom(seed)
        var table = ColumnTable<Int>()
        var expected: [ColumnName: Int] = [:]
        for step in 0..<40 {
            let name = Self.names[Int.random(in: 0..<Self.names.count, using: &generator)]
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: (table[name], expected[name]) = (nil, nil)
            case 1:
                let near = Int.random(in: 0..<10, using: &generator)
                table.values[table.place(of: name, near: near, adding: 0)] += step
                expected[name, default: 0] += step
            default: (table[name], expected[name]) = (step, step)
            }
            #expect(table.keys == expected.keys.sorted())
            #expect(table.map(\.value) == expected.keys.sorted().map { expected[$0] })
            #expect(table[name] == expected[name])
            #expect(table.place(of: name, near: 3) == table.keys.firstIndex(of: name))
        }
        table.removeAll { $0 % 2 == 0 }
        #expect(table.keys == expected.keys.sorted().filter { (expected[$0] ?? 0) % 2 != 0 })
        while let (name, content) = table.popLast() { #expect(expected[name] == content) }
        #expect(table.isEmpty)
    }

    @Test func `takes at the end only what comes after all others`() {
        var table = ColumnTable<Int>()
        let isTaken = [table.append(.feature("b"), 1), table.append(.feature("b"), 2), table.append(.feature("a"), 3)]
        #expect(isTaken == [true, false, false])
        #expect(table.keys == [.feature("b")])
        #expect(table.values == [1])
    }
}
