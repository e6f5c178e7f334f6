import Statistics
import Testing

struct CategoryTests {
    private func summary(_ names: [ByteText], isNamed: (ByteText) -> Bool) -> CategoricalSummary {
        var result = CategoricalSummary()
        let codes = (0..<Int32(names.count)).map { $0 }
        result.fold(codes: codes.span, values: names, isNamed: isNamed)
        return result
    }

    @Test func `two Unicode spellings are two categories`() {
        let all = summary(["\u{e9}", "e\u{301}"]) { _ in true }
        #expect(all.named.count == 2)
    }

    @Test(arguments: 0..<10)
    func `which names are kept does not depend on order or splitting`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let names = (0..<400).map { ByteText("name \($0)") }
        var first = CategoryNames(cap: 50)
        for name in names { first.insert(name) }
        var second = CategoryNames(cap: 50)
        var third = CategoryNames(cap: 50)
        for name in names.shuffled(using: &generator) {
            if Bool.random(using: &generator) { second.insert(name) } else { third.insert(name) }
        }
        second.merge(third)
        #expect(first == second)
        #expect(first.count == 50)
        #expect(first.names.allSatisfy(first.contains))
    }

    @Test func `a name that left never comes back`() {
        var names = CategoryNames(cap: 20)
        var left: Set<ByteText> = []
        for number in 0..<500 {
            let before = names.names
            names.insert(ByteText("n\(number)"))
            left.formUnion(before.filter { !names.contains($0) })
            #expect(left.allSatisfy { !names.contains($0) })
        }
        #expect(left.allSatisfy { !names.insert($0) })
    }

    @Test(arguments: 0..<5)
    func `counts depend on the final names alone`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let all = (0..<300).map { _ in ByteText("c\(Int.random(in: 0..<120, using: &generator))") }
        func total(_ order: [ByteText]) -> CategoricalSummary {
            var names = CategoryNames(cap: 30)
            var total = CategoricalSummary()
            for name in order {
                names.insert(name)
                total.merge(summary([name], isNamed: names.contains))
            }
            return total.projected(onto: names.contains)
        }
        let once = total(all)
        #expect(once == total(all.shuffled(using: &generator)))
        #expect(once.named.count == 30)
        #expect(once.count == 300)
    }

    @Test func `hash cells are rows of their own in a comparison`() {
        let reference = summary(["a", "b", "hidden"]) { $0 != "hidden" }
        let window = summary(["b", "new", "hidden", "hidden"]) { $0 != "hidden" }
        let table = CategoryTable(reference: reference, window: window)
        #expect(table.rows.map(\.name) == ["a", "b", "new", nil])
        #expect(table.rows.map(\.reference) == [1, 1, 0, 1])
        #expect(table.rows.map(\.window) == [0, 1, 1, 2])
        #expect(table.unseen == 1)
    }

    @Test func `names can be written and read`() throws {
        var names = CategoryNames(cap: 5)
        for number in 0..<9 { names.insert(ByteText("x\(number)")) }
        #expect(try CategoryNames(decoding: names.encoded()) == names)
    }

    @Test func `nulls and type errors are no categories`() {
        var all = CategoricalSummary()
        let codes: [Int32] = [0, -1, -1, 0]
        all.fold(codes: codes.span, values: ["a", "unused"], typeErrors: 1) { _ in true }
        #expect(all.count == 2)
        #expect(all.missing == 2)
        #expect(all.typeErrors == 1)
        #expect(all.named == ["a": 2])
    }
}
