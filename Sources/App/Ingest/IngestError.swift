/// Why rows were not taken.
package enum IngestError: Error, Equatable {
    /// More waits than fits; nothing was stored.
    case overloaded
    /// The service is stopping; nothing was stored.
    case stopping
    /// The database cannot be reached, or whether the rows are stored is not known. Sending them again is harmless.
    case unavailable(String)
    /// Something else must end first, as the sentence says; nothing was changed.
    case busy(String)
    /// The database refused what was sent, for a reason that is ours.
    case storage(String)
}
