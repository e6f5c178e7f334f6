/// The stored body of a message to an Alertmanager: a line for each alert, `F` or `R` and the alert in JSON.
package enum AlertmanagerPayload {
    /// Whether any alert in it fires.
    package static func isFiring(_ payload: [UInt8]) -> Bool {
        payload.split(separator: UInt8(ascii: "\n")).contains { $0.first == UInt8(ascii: "F") }
    }
}
