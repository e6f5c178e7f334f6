import HummingbirdCore
import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What one connection may cost, and how many there may be.
enum Connections {
    /// How many bytes the address of a request and its headers may have together.
    static let mostHeaderBytes = 32 << 10
    /// How many headers a request may have.
    static let mostHeaders = 100

    /// Headers are bounded, and a connection on which nothing comes for a while is closed.
    static let http = HTTP1Channel.Configuration(
        idleTimeout: .seconds(75),
        httpDecoderConfiguration: .init(
            maxHeaderFieldSize: mostHeaderBytes, maxHeaderListSize: mostHeaderBytes,
            maxHeaderFieldCount: mostHeaders))

    /// As many as there are file descriptors for, with some left for the database and for deliveries. Further ones wait in the
    /// system's queue until others have ended.
    static var limit: MaximumAvailableConnections {
        MaximumAvailableConnections(max(16, min(16_384, openFiles - 256)))
    }

    /// How many files the process may have open.
    private static var openFiles: Int {
        do {
            let limits = try String(contentsOfFile: "/proc/self/limits", encoding: .utf8)
            let line = limits.split(separator: "\n").first { $0.hasPrefix("Max open files") }
            return line?.split(separator: " ").compactMap { Int($0) }.first ?? 1024
        } catch {
            return 1024
        }
    }
}
