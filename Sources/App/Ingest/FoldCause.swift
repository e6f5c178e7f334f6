import Monitoring

/// Why rows are folded: what it does to revisions, and which generations take part.
enum FoldCause {
    /// They were committed just now: panes behind the watermark get a new revision.
    case commit
    /// The process ended before their panes were saved: a revision for each group that came behind the watermark of its time.
    case recovery
    /// A generation of panes is made; nobody has read these panes yet.
    case generation(Int32)

    /// Whether a generation takes part.
    func includes(_ number: Int32) -> Bool {
        if case .generation(let own) = self { return number == own }
        return true
    }
}

/// A group of rows in the log that changed a pane behind the watermark.
struct LateChange: Hashable {
    let generation: Int32
    let pane: PaneKey
    let position: Int64
}
