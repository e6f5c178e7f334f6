import Monitoring

/// A row of a log with the time that decides when it is sent.
struct LogRow {
    /// The event time of a prediction, or the time at which a label became known.
    let time: Time

    /// The row as it stands in the file.
    let record: CSVRecord
}
