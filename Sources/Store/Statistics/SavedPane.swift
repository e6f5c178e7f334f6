package import Monitoring
import Postgres
package import Statistics

/// A slot's pane as it was saved.
package struct SavedPane: Sendable {
    /// The pane that was asked for.
    package let key: PaneKey
    package let slot: Int32
    package let content: [UInt8]
    /// The outcomes, where these are saved by themselves.
    package let outcomes: [UInt8]?
    /// The version for which the pooled pane stands; that of the key where it was read in the place of that version's pane.
    package let sole: ByteText?
}

extension Store {
    /// Panes by slice, to be read from in the place of the table: those of versions also where a pooled pane stands for them.
    static let paneBySlice = """
        (SELECT project, model, generation, segment, version, start, slot, content, outcomes, position, stamp, sole FROM pane
        UNION ALL
        SELECT project, model, generation, segment, sole, start, slot, content, outcomes, position, stamp, sole FROM pane
        WHERE segment = '' AND version = '' AND sole IS NOT NULL)
        """

    /// Segment, version, start and sole version in four columns of a row.
    static func paneKeys(_ row: borrowing Row, _ column: Int) throws(PostgresError) -> [PaneKey] {
        let slice = Slice(segment: ByteText(try row.string(column)), version: ByteText(try row.string(column + 1)))
        let key = PaneKey(slice: slice, start: try row.timestamp(column + 2).time)
        return key.with(sole: row.isNull(column + 3) ? nil : ByteText(try row.string(column + 3)))
    }
}
