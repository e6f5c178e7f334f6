/// The flags that `(?ims-U)` sets, valid to the end of the enclosing group.
struct RegexFlags: Sendable {
    /// `i`: upper and lower case are the same.
    var foldsCase = false
    /// `m`: `^` and `$` also match at the ends of lines.
    var isMultiline = false
    /// `s`: `.` also matches the end of a line.
    var dotMatchesNewline = false
    /// `U`: `*` is lazy and `*?` greedy.
    var isUngreedy = false

    /// Sets one flag by its letter; false where there is no such flag.
    mutating func set(_ letter: Unicode.Scalar, to value: Bool) -> Bool {
        switch letter {
        case "i": foldsCase = value
        case "m": isMultiline = value
        case "s": dotMatchesNewline = value
        case "U": isUngreedy = value
        default: return false
        }
        return true
    }
}
