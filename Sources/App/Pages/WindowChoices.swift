import Monitoring

/// The ways from one window to others: the one before, the one after, and other lengths.
struct WindowChoices {
    let model: Model
    let window: Window
    let form: PrometheusRoutes.Form

    var markup: Markup {
        let lengths = model.schema.windows.map(\.length)
        return """
            \(Markup.choices(lengths.map { ($0.text, path(length: $0, end: nil)) }, current: lengths.firstIndex(of: window.length)))
            <p class="choices">\(Markup(steps))</p>
            """
    }

    private var steps: [Markup] {
        let step = WindowRoutes.steps(window.length, of: model).step
        return [
            "<a href=\"\(path(length: window.length, end: window.end - step))\">\(step.text) earlier</a>",
            "<a href=\"\(path(length: window.length, end: window.end + step))\">\(step.text) later</a>",
            "<a href=\"\(path(length: window.length, end: nil))\">newest</a>",
        ]
    }

    private func path(length: PrometheusDuration, end: Time?) -> String {
        var path = "/pages/models/\(PageText.encoded(model.name))?length=\(PageText.encoded(length.text))"
        if let end { path += "&end=\(PageText.encoded(end.rfc3339))" }
        for name in ["reference", "segment", "version", "known_at", "feature"] {
            if let value = form[name] { path += "&\(name)=\(PageText.encoded(value))" }
        }
        return path
    }
}
