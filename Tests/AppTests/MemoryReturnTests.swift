import Testing

@testable import App

struct MemoryReturnTests {
    private static let gibibyte = 1 << 30

    @Test func `a small process keeps what it has freed`() {
        #expect(!MemoryReturn().isDue(resident: 200 << 20, held: 0))
    }

    @Test func `what is resident far beyond what is held is given back, and tried again only when more became free`() {
        var memory = MemoryReturn()
        #expect(memory.isDue(resident: 3 * Self.gibibyte, held: Self.gibibyte))
        memory.note(resident: 2 * Self.gibibyte, held: Self.gibibyte)
        #expect(!memory.isDue(resident: 2 * Self.gibibyte + 1, held: Self.gibibyte))
        #expect(memory.isDue(resident: 2 * Self.gibibyte + (200 << 20), held: Self.gibibyte))
    }

    @Test func `what became free although nothing else is resident is given back`() {
        var memory = MemoryReturn()
        memory.note(resident: 2 * Self.gibibyte, held: Self.gibibyte)
        #expect(memory.isDue(resident: 2 * Self.gibibyte, held: Self.gibibyte / 2))
    }

    @Test func `memory that went by itself counts as given back`() {
        var memory = MemoryReturn()
        memory.note(resident: 3 * Self.gibibyte, held: Self.gibibyte)
        memory.observe(resident: Self.gibibyte, held: Self.gibibyte)
        #expect(memory.isDue(resident: 2 * Self.gibibyte, held: Self.gibibyte))
    }
}
