/// Where the address of a webhook is found: written into the settings, or in a file that the shell reads.
package enum AddressSource: Hashable, Sendable {
    /// The address itself.
    case inline(WebhookURL)
    /// The path of a file whose content, without white space at its ends, is the address.
    case file(String)
}
