import Alerting
import Integrations
import Monitoring
import Testing

/// What the services that receive messages answer, as they document it, and what follows for the delivery.
struct RecordedAnswerTests {
    struct Answer: Sendable, CustomTestStringConvertible {
        let kind: ReceiverSuite.Kind
        let status: Int
        var retryAfter: String?
        let body: String
        let outcome: String

        var testDescription: String { "\(kind) \(status) \(body)" }

        init(_ kind: ReceiverSuite.Kind, _ status: Int, _ body: String, _ outcome: String, retryAfter: String? = nil) {
            self.kind = kind
            self.status = status
            self.body = body
            self.outcome = outcome
            self.retryAfter = retryAfter
        }
    }

    @Test(arguments: [
        Answer(.slack, 200, "ok", "delivered"),
        Answer(.slack, 400, "invalid_payload", "dead"),
        Answer(.slack, 403, "action_prohibited", "dead"),
        Answer(.slack, 404, "channel_not_found", "dead"),
        Answer(.slack, 410, "channel_is_archived", "retry"),
        Answer(.slack, 429, "rate_limited", "retry", retryAfter: "30"),
        Answer(.msteams, 202, "", "delivered"),
        Answer(
            .msteams, 429, #"{"error":{"code":"429","message":"Rate limit is exceeded."}}"#, "retry", retryAfter: "30"),
        Answer(.msteams, 401, #"{"error":{"code":"DirectApiAuthorizationRequired"}}"#, "dead"),
        Answer(
            .pagerduty, 202, #"{"status":"success","message":"Event processed","dedup_key":"b62e8a2dc5977795"}"#,
            "delivered"),
        Answer(.pagerduty, 400, #"{"status":"invalid event","message":"Event object is invalid"}"#, "dead"),
        Answer(.pagerduty, 429, "", "retry", retryAfter: "30"),
        Answer(.opsgenie, 202, #"{"result":"Request will be processed","took":0.302,"requestId":"43a2"}"#, "delivered"),
        Answer(.opsgenie, 422, #"{"message":"Request body is not processable."}"#, "dead"),
        Answer(.opsgenie, 429, #"{"message":"You are making too many requests!"}"#, "retry", retryAfter: "30"),
        Answer(.discord, 204, "", "delivered"),
        Answer(.discord, 404, #"{"message": "Unknown Webhook", "code": 10015}"#, "dead"),
        Answer(
            .discord, 429, #"{"message":"You are being rate limited.","retry_after":30,"global":false}"#, "retry",
            retryAfter: "30"),
        Answer(.telegram, 200, #"{"ok":true,"result":{"message_id":7}}"#, "delivered"),
        Answer(.telegram, 400, #"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#, "dead"),
        Answer(.telegram, 403, #"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked"}"#, "dead"),
        Answer(.alertmanager, 200, "", "delivered"),
        Answer(.alertmanager, 400, #""bad start time""#, "dead"),
        Answer(.alertmanager, 503, "", "retry"),
        Answer(.webhook, 200, "queued", "delivered"),
        Answer(.structured, 415, "Content type is not known", "dead"),
        Answer(.binary, 429, "", "retry", retryAfter: "30"),
        Answer(.email, 250, "250 2.0.0 Ok: queued as 4F2A", "delivered"),
        Answer(.email, 451, "451 4.7.1 Greylisting in action, please come back later", "retry"),
        Answer(.email, 550, "550 5.1.1 No such user here", "dead"),
    ])
    func `an answer as documented is understood`(answer: Answer) throws {
        let outcome = try answer.kind.fixture.channel.outcome(
            of: OutboundResponse(
                status: answer.status, retryAfter: answer.retryAfter, body: Array(answer.body.utf8),
                receivedAt: NotificationFixture.now))
        #expect("\(outcome)".hasPrefix(answer.outcome), "\(outcome)")
        guard answer.retryAfter != nil, case .retry(_, _, let wish) = outcome else { return }
        #expect(wish == PrometheusDuration("30s"))
    }
}
