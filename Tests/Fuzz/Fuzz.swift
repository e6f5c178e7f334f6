import CFuzzer
import Glibc

/// Hands inputs of libFuzzer to the parser that `FUZZ_TARGET` names.
///
/// `scripts/fuzz` builds this with coverage of our own modules and runs it for each target.
@main
struct Fuzz {
    private static let target: FuzzTarget = {
        let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            print(FuzzTarget.allCases.map(\.rawValue).joined(separator: "\n"))
            exit(name.isEmpty ? 0 : 2)
        }
        return target
    }()

    static func main() {
        // Named before the fuzzer starts, so that a wrong name is said at once.
        _ = target
        var count = CommandLine.argc
        var arguments = unsafe CommandLine.unsafeArgv
        let status = unsafe withUnsafeMutablePointer(to: &arguments) { pointer in
            unsafe LLVMFuzzerRunDriver(
                &count,
                UnsafeMutableRawPointer(pointer).assumingMemoryBound(
                    to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.self)
            ) { bytes, length in
                unsafe Fuzz.target.read(Array(UnsafeBufferPointer(start: bytes, count: length)))
                return 0
            }
        }
        exit(status)
    }
}
