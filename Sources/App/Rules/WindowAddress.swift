import Monitoring
import Query

/// The address of the page of the window that an alert is about: its bins, measures and thresholds, as they were judged.
enum WindowAddress {
    /// The page of the window, or that of the model's newest one where the alert names no window of it.
    ///
    /// - Parameters:
    ///   - labels: The alert's labels: `window`, and where they are there `reference`, `segment` and `version`.
    ///   - slot: When the alert was judged; the window is the newest that had ended.
    ///   - windows: The model's windows.
    ///   - model: The address of the model's page.
    /// - Returns: An absolute address, as far as that of the model is one.
    static func text(of labels: Labels, at slot: Time, windows: [WindowSpec], model: String) -> String {
        guard let spec = windows.first(where: { $0.length.text == labels["window"] }) else { return model }
        let end = (slot - spec.offset).floor(toMultipleOf: spec.step) + spec.offset
        var query = "length=\(PageText.encoded(spec.length.text))&end=\(PageText.encoded(end.rfc3339))"
        for name in ["reference", "segment", "version"] where !labels[name].isEmpty {
            query += "&\(name)=\(PageText.encoded(labels[name]))"
        }
        if !labels["feature"].isEmpty { query += "&feature=\(PageText.encoded(labels["feature"]))" }
        return "\(model)?\(query)"
    }
}
