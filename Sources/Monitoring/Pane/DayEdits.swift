/// On which days panes changed last, so that who read a day from the database can tell whether it has changed since.
package struct DayEdits: Sendable {
    /// A moment between two changes.
    package struct Mark: Sendable {
        fileprivate let number: UInt64
    }

    private var number: UInt64 = 0
    /// The number of the last change of each day.
    private var last: [PaneKey: UInt64] = [:]
    /// The last change of all days that are not listed.
    private var ofOthers: UInt64 = 0

    /// With more days than this they are told by the last change of all.
    private static let most = 4096

    /// Nothing changed yet.
    init() {}

    /// Now.
    package var mark: Mark { Mark(number: number) }

    /// Takes note that a pane of a day changed.
    mutating func note(_ day: PaneKey) {
        number &+= 1
        if last.count >= Self.most { noteAll() }
        last[day] = number
    }

    /// Takes note that any pane may have changed.
    mutating func noteAll() {
        number &+= 1
        ofOthers = number
        last = [:]
    }

    /// Whether a pane of a day may have changed since a moment.
    package func isEdited(_ day: PaneKey, since mark: Mark) -> Bool {
        max(last[day] ?? 0, ofOthers) > mark.number
    }
}
