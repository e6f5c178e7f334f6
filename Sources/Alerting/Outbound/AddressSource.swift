/// Where the address of a webhook is found: written into the settings, or in a place that the shell reads.
package enum AddressSource: Hashable, Sendable {
    /// The address itself.
    case inline(WebhookURL)
    /// A place whose content, without white space at its ends, is the address.
    case outside(TextPlace)
}
