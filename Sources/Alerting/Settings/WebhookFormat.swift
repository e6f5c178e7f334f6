/// What the body of a webhook looks like.
package enum WebhookFormat: Hashable, Sendable {
    /// Alertmanager's version-4 body.
    case alertmanager
    /// A CloudEvent in one JSON document, with the version-4 body as its data.
    case cloudEventsStructured
    /// A CloudEvent with its attributes in headers and the version-4 body.
    case cloudEventsBinary
    /// A text of one's own.
    case template(Template, contentType: String)

    /// The formats by the names that the settings use.
    static let named: [String: WebhookFormat] = [
        "alertmanager": .alertmanager, "cloudevents-structured": .cloudEventsStructured,
        "cloudevents-binary": .cloudEventsBinary,
    ]
}
