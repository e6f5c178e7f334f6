/// How many elements of one side of an operator may meet one element of the other.
package enum MatchCardinality: Hashable, Sendable {
    /// One meets one.
    case oneToOne
    /// Many of the left meet one of the right (`group_left`).
    case manyToOne
    /// One of the left meets many of the right (`group_right`).
    case oneToMany
    /// Sets, whose elements meet freely.
    case manyToMany
}
