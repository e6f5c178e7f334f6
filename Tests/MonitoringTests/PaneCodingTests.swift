import Monitoring
import Statistics
import Testing

struct PaneCodingTests {
    @Test(arguments: 0..<10)
    func `bytes read back as the same pane`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        var panes = log.folded(log.events, sizes: [6])
        for part in panes.takeDirty() {
            let bytes = part.pane.encoded()
            let read = try Pane(decoding: bytes, layout: panes.layout, grids: panes.grids)
            #expect(read == part.pane)
            #expect(read.encoded() == bytes)
        }
    }

    @Test func `damaged bytes are refused, whatever byte it is`() throws {
        let log = try RandomLog(seed: 1, rows: 8)
        var panes = log.folded(log.events, sizes: [6])
        let bytes = try #require(panes.takeDirty().max { $0.pane.predictions < $1.pane.predictions }).pane.encoded()
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= 0x10
            #expect(throws: CodecError.self) { try Pane(decoding: damaged) }
        }
        for length in bytes.indices {
            #expect(throws: CodecError.self) { try Pane(decoding: Array(bytes.prefix(length))) }
        }
        #expect(throws: CodecError.self) { try Pane(decoding: bytes + [0]) }
    }

    @Test(arguments: 0..<300)
    func `content that no writer wrote never traps`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let log = try RandomLog(seed: 2, rows: 6)
        var panes = log.folded(log.events, sizes: [6])
        let bytes = try #require(panes.takeDirty().first).pane.encoded()
        var writer = SummaryWriter()
        for byte in bytes.dropFirst(6).dropLast(8) {
            writer.write(
                u8: Int.random(in: 0..<25, using: &random) == 0 ? UInt8.random(in: .min ... .max, using: &random) : byte
            )
        }
        let sealed = SummaryCodec.sealed(writer, kind: 32)
        let read = Result { () throws(CodecError) in try Pane(decoding: sealed) }
        if case .success(let pane) = read { #expect(pane.encoded().count > 14) }
    }

    @Test func `a pane of another grid is refused, and a removed column of one passed over`() throws {
        let log = try RandomLog(seed: 1)
        var panes = log.folded(log.events, sizes: [6])
        let bytes = try #require(panes.takeDirty().first { $0.pane.numeric[.score] != nil }).pane.encoded()
        var other = panes.grids
        other.numeric[.feature("amount")] = RankGrid(freezing: [1, 2, 3], limit: 10)
        #expect(throws: CodecError.self) { try Pane(decoding: bytes, layout: panes.layout, grids: other) }
        var change = ModelSchemaChange()
        change.features = []
        change.segments = []
        let smaller = try log.schema.applying(change)
        let read = try Pane(decoding: bytes, layout: ColumnLayout(smaller), grids: other)
        #expect(read.numeric[.feature("amount")] == nil)
        #expect(read.numeric[.score] != nil)
    }

    @Test func `an empty pane is empty`() throws {
        #expect(Pane().isEmpty)
        #expect(try Pane(decoding: Pane().encoded()) == Pane())
    }
}
