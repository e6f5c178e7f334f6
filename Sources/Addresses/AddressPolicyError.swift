/// Entries of an allow list that are neither an address, nor a range, nor a host name.
package struct AddressPolicyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The entries at fault, in their order.
    package let entries: [String]

    /// What to write instead.
    package var description: String {
        let list = entries.map { "\"\($0)\"" }.joined(separator: ", ")
        return "\(list): write an address, a range such as 10.0.0.0/8, or an exact host name"
    }
}
