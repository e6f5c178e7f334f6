/// What we say of ourselves in what we send.
package struct SenderIdentity: Hashable, Sendable {
    /// The version of this program.
    package let version: String
    /// Where people find this service, `externalURL` in notifications; without a slash at its end.
    package let externalURL: String

    /// An identity.
    package init(version: String, externalURL: String) {
        self.version = version
        self.externalURL = externalURL
    }

    /// The `User-Agent` header.
    var userAgent: String { "Driftline/\(version)" }
}
