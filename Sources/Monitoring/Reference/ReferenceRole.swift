/// What a reference stands for when a window is read against several of them.
package enum ReferenceRole: String, Sendable {
    /// The world as it was when the model was made.
    case fixed

    /// The world as it was lately.
    case recent

    /// The same world as another model version saw it.
    case peer
}
