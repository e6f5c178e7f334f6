/// Where a secret is found: written into the settings, or in a file that the shell reads.
package enum SecretSource: Hashable, Sendable {
    /// The secret itself.
    case inline(Secret)
    /// The path of a file whose content, without white space at its ends, is the secret.
    case file(String)
}
