package import Hummingbird
import NIOCore

/// What travels with a request: where it came from.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address of the peer, nil in tests without a network.
    package let remoteHost: String?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteHost = source.channel.remoteAddress?.ipAddress
    }
}
