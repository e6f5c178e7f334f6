/// The version of this program.
package enum Version {
    /// As it is tagged.
    package static let current = "0.1.0"
}
