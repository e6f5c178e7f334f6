import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard output and standard error, written at once, without a buffer that a killed process would lose.
struct Console: Sendable {
    /// Whether standard error is a terminal, on which a line may be drawn again and again.
    let isTerminal: Bool

    /// The console of this process.
    init() {
        isTerminal = isatty(2) == 1
    }

    /// Writes a line to standard output.
    func line(_ text: String = "") {
        write(text + "\n", to: .standardOutput)
    }

    /// Writes a line to standard error.
    func note(_ text: String) {
        write((isTerminal ? Self.clearLine : "") + text + "\n", to: .standardError)
    }

    /// Draws text over the last line of the terminal; does nothing where there is none.
    func draw(_ text: String) {
        if isTerminal { write(Self.clearLine + text, to: .standardError) }
    }

    /// Takes away what was drawn.
    func erase() {
        draw("")
    }

    /// Back to the first column, and nothing to the right of it.
    private static let clearLine = "\r\u{1B}[K"

    /// A closed pipe ends the output, not the work: what cannot be written is left out.
    private func write(_ text: String, to handle: FileHandle) {
        do { try handle.write(contentsOf: Array(text.utf8)) } catch { return }
    }
}
