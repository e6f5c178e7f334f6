internal import Alerting

/// Texts that the settings name and the shell reads.
enum OutsideText {
    /// A text without the white space at its ends.
    static func trimmed(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// The secret of a source.
    static func secret(
        _ source: SecretSource, _ content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) -> Secret {
        switch source {
        case .inline(let secret): secret
        case .outside(let place): Secret(trimmed(try content(place)))
        }
    }

    /// The secret of a source, for a header.
    static func headerText(
        _ source: SecretSource, _ content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) -> String {
        let text = try secret(source, content).revealed
        guard text.utf8.count <= 4096, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            guard case .outside(let place) = source else {
                preconditionFailure("a secret of the settings was checked when they were read")
            }
            throw .unreadable(place, reason: "it holds control characters or more than 4096 bytes")
        }
        return text
    }
}
