import Monitoring
import Statistics

/// Readers of what lies in the database. The frame's check value is made anew, or no input would get past it.
enum StoredTargets {
    static func panes(_ bytes: [UInt8]) {
        let read = Result { () throws(CodecError) in try Pane(decoding: sealed(bytes, kind: 32)) }
        guard case .success(let pane) = read else { return }
        let again = Result { () throws(CodecError) in try Pane(decoding: pane.encoded()) }
        precondition(again == .success(pane), "what is written reads as the same pane")
        var sum = pane
        sum.merge(pane)
        sum.subtract(pane)
    }

    static func references(_ bytes: [UInt8]) {
        let read = Result { () throws(CodecError) in try Reference(decoding: sealed(bytes, kind: 33)) }
        if case .success(let reference) = read {
            precondition(!reference.encoded().isEmpty, "what was taken can be stored")
        }
    }

    static func identities(_ bytes: [UInt8]) {
        let read = Result { () throws(CodecError) in try IdentityRecord(decoding: bytes) }
        if case .success(let record) = read {
            precondition(!record.encoded().isEmpty, "what was taken can be stored")
        }
    }

    private static func sealed(_ bytes: [UInt8], kind: UInt8) -> [UInt8] {
        var writer = SummaryWriter()
        for byte in bytes { writer.write(u8: byte) }
        return SummaryCodec.sealed(writer, kind: kind)
    }
}
