import Alerting
import Integrations
import Monitoring
import Query
import Testing

struct WebhookLauncherTests {
    private let noon = Time(microseconds: 1_767_268_800_000_000)

    private func request(
        reasons: [NotifiedAlert], window: RetrainingWindow?, version: String?, replayed: Bool
    ) throws -> RetrainingRequest {
        let policy = RetrainingPolicy(
            name: "weekly", model: "churn", matchers: [],
            launcher: .webhook(WebhookSettings(address: .inline(try WebhookURL("http://x/")))))
        let run = RetrainingRun(
            id: "rt_1", policy: policy, eventTime: noon, replayed: replayed, reasons: reasons, window: window,
            requestedAt: Time(microseconds: noon.microseconds + 5_500_000))
        return RetrainingRequest(
            run: run, modelVersion: version, rowsURL: "http://d/rows?from=a&to=b", callbackURL: "http://d/rt_1/status",
            callbackToken: Secret("t0ken"))
    }

    @Test func `a job is told everything that it needs`() throws {
        let alert = NotifiedAlert(
            labels: ["alertname": "Decay", "model": "churn"], annotations: [Label(name: "summary", value: "a < b")],
            startsAt: noon, endsAt: nil, generatorURL: "http://d/r")
        let window = RetrainingWindow(length: try #require(PrometheusDuration("7d")), end: noon)
        let request = try request(reasons: [alert], window: window, version: "3", replayed: false)
        let body = String(decoding: WebhookLauncher.body(of: request), as: UTF8.self)
        #expect(
            body
                == #"{"type":"driftline.retraining.requested","timestamp":"2026-01-01T12:00:05.5Z","data":{"run_id":"rt_1","#
                + #""policy":"weekly","model":"churn","model_version":"3","reason":[{"status":"firing","#
                + #""labels":{"alertname":"Decay","model":"churn"},"annotations":{"summary":"a \u003c b"},"#
                + #""startsAt":"2026-01-01T12:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://d/r","#
                + "\"fingerprint\":\"\(alert.fingerprint)\"}],"
                + #""window":{"start":"2025-12-25T12:00:00Z","end":"2026-01-01T12:00:00Z","length":"7d"},"#
                + #""rows_url":"http://d/rows?from=a\u0026to=b","callback_url":"http://d/rt_1/status","#
                + #""callback_token":"t0ken"}}"# + "\n")
    }

    @Test func `what is not known is null`() throws {
        let request = try request(reasons: [], window: nil, version: nil, replayed: true)
        let body = String(decoding: WebhookLauncher.body(of: request), as: UTF8.self)
        #expect(body.contains(#""model_version":null,"reason":[],"window":null,"#))
        #expect(body.hasSuffix(#","replayed":true}}"# + "\n"))
    }

    @Test func `a request does not print its token`() throws {
        let request = try request(reasons: [], window: nil, version: nil, replayed: false)
        var text = "\(request) " + String(reflecting: request)
        dump(request, to: &text)
        #expect(!text.contains("t0ken"))
    }
}
