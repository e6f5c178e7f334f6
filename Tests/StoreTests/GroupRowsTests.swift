import Testing

@testable import Store

struct GroupRowsTests {
    @Test(arguments: [[], [0], [3], [0, 2, 0, 0, 3, 1, 0], [1, 1, 1, 1], [5, 0, 7]])
    func `numbers are found where they stand, whatever pieces are asked for`(counts: [Int]) {
        let rows = GroupRows(counts: counts)
        let all = counts.enumerated().flatMap { submission, count in (0..<count).map { [submission, $0] } }
        #expect(rows.count == all.count)
        for first in 0...all.count {
            for end in first...all.count {
                let parts = rows.parts(of: first..<end)
                #expect(parts.flatMap { part in part.rows.map { [part.submission, $0] } } == Array(all[first..<end]))
                #expect(parts.allSatisfy { !$0.rows.isEmpty })
            }
        }
    }
}
