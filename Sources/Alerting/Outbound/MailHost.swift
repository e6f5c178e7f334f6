internal import Addresses

/// The spelling of names behind the @ of an address, and of the name that we give when connecting.
enum MailHost {
    /// Whether a text is a host name in ASCII, in letters of either case.
    static func isValid(_ text: String) -> Bool {
        HostName.isValid(text.lowercased())
    }
}
