/// Where a secret is found: written into the settings, or in a place that the shell reads.
package enum SecretSource: Hashable, Sendable {
    /// The secret itself.
    case inline(Secret)
    /// A place whose content, without white space at its ends, is the secret.
    case outside(TextPlace)
}
