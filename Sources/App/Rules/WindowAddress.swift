import Monitoring
import Query

/// The address of the window that an alert is about: its bins, measures and thresholds, as they were judged.
enum WindowAddress {
    /// The address below that of the model, or that of the model where the alert names no window of it.
    ///
    /// - Parameters:
    ///   - labels: The alert's labels: `window`, and where they are there `reference`, `segment` and `version`.
    ///   - slot: When the alert was judged; the window is the newest that had ended.
    ///   - windows: The model's windows.
    ///   - model: The address of the model.
    /// - Returns: An absolute address, as far as that of the model is one.
    static func text(of labels: Labels, at slot: Time, windows: [WindowSpec], model: String) -> String {
        guard let spec = windows.first(where: { $0.length.text == labels["window"] }) else { return model }
        let end = (slot - spec.offset).floor(toMultipleOf: spec.step) + spec.offset
        var query = "length=\(encoded(spec.length.text))&end=\(encoded(end.rfc3339))"
        for name in ["reference", "segment", "version"] where !labels[name].isEmpty {
            query += "&\(name)=\(encoded(labels[name]))"
        }
        return "\(model)/windows?\(query)"
    }

    /// A text as it stands in a query: all but letters, digits and `-_.~` as percent and two digits.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
