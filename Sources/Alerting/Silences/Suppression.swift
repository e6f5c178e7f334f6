package import Query

/// Why an alert is not told although it fires.
package enum Suppression: Hashable, Sendable, CustomStringConvertible {
    /// Silences of these ids are about it.
    case silenced([String])
    /// An alert with these labels fires.
    case inhibited(by: Labels)
    /// Time intervals of these names keep its route quiet.
    case muted([String])

    /// A short English sentence without a full stop.
    package var description: String {
        switch self {
        case .silenced(let ids): "silenced by \(ids.joined(separator: ", "))"
        case .inhibited(let labels): "inhibited by \(labels)"
        case .muted(let names): "its route is quiet during \(names.joined(separator: ", "))"
        }
    }
}
