/// A named SQL statement; the name is what errors and logs show.
///
/// A connection prepares each name once, so a name should stand for one text. Another text under the same name is
/// correct too, but is prepared again.
package struct Statement: Hashable, Sendable {
    /// Short and dotted, such as `prediction.insert`.
    package let name: String
    /// One statement with parameters `$1`, `$2`, ...
    package let sql: String
    /// How long to wait for the answer, instead of the connection's `answerTimeout`.
    package let timeout: Duration?

    package init(_ name: String, _ sql: String, timeout: Duration? = nil) {
        self.name = name
        self.sql = sql
        self.timeout = timeout
    }
}
