package import Alerting
package import Monitoring

/// A POST that asks for a new model, in the shape that Standard Webhooks recommends: `type`, `timestamp`, `data`.
///
/// The job answers on `callback_url` with `callback_token`, so that any system that can take a POST can train.
package struct WebhookLauncher: Launcher {
    /// The message's `type`.
    package static let messageType = "driftline.retraining.requested"

    private let target: WebhookTarget
    private let identity: SenderIdentity

    /// A launcher that calls a target.
    package init(target: WebhookTarget, identity: SenderIdentity) {
        self.target = target
        self.identity = identity
    }

    package static func body(of request: RetrainingRequest) -> [UInt8] {
        let run = request.run
        var json = EscapedJSON()
        json.object { json in
            json.member("type", messageType)
            json.member("timestamp", run.requestedAt.rfc3339)
            json.key("data")
            json.object { json in
                json.member("run_id", run.id)
                json.member("policy", run.policy)
                json.member("model", run.model)
                json.member("model_version", request.modelVersion)
                json.key("reason")
                json.alerts(run.reasons)
                json.key("window")
                write(run.window, to: &json)
                json.member("rows_url", request.rowsURL)
                json.member("callback_url", request.callbackURL)
                json.member("callback_token", request.callbackToken.revealed)
                if run.replayed {
                    json.key("replayed")
                    json.boolean(true)
                }
            }
        }
        json.endLine()
        return json.bytes
    }

    private static func write(_ window: RetrainingWindow?, to json: inout EscapedJSON) {
        guard let window else { return json.null() }
        json.object { json in
            json.member("start", window.start.rfc3339)
            json.member("end", window.end.rfc3339)
            json.member("length", window.length.text)
        }
    }

    package func request(for delivery: Delivery, at time: Time) -> OutboundRequest {
        target.request(for: delivery, at: time, identity: identity)
    }

    package func outcome(of response: OutboundResponse) -> DeliveryOutcome {
        StatusOutcome.outcome(of: response)
    }
}
