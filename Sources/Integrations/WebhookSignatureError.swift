/// Why a message is not believed to come from who it says.
package enum WebhookSignatureError: Error, Hashable, Sendable {
    /// A header is missing or cannot be read.
    case missing(String)
    /// The timestamp is further in the past than the tolerance.
    case tooOld
    /// The timestamp is further in the future than the tolerance.
    case tooNew
    /// No signature belongs to any of the keys.
    case wrongSignature

    /// What is wrong, as a sentence.
    package var reason: String {
        switch self {
        case .missing(let header): "The header \(header) is missing or cannot be read."
        case .tooOld: "The message is older than the tolerance; check both clocks."
        case .tooNew: "The message is from the future; check both clocks."
        case .wrongSignature: "No signature belongs to the secret; check that both sides use the same one."
        }
    }
}
