import Alerting
import Foundation
import Integrations
import Monitoring
import Testing

/// CloudEvents, with PyPI's `cloudevents` as the independent reader.
struct CloudEventTests {
    /// Prints the attributes and the data of an event from headers and body.
    private static let program = """
        import json, sys
        from cloudevents.core.bindings.http import HTTPMessage, from_http_event
        event = from_http_event(HTTPMessage(headers=json.loads(sys.argv[1]), body=bytes.fromhex(sys.argv[2])))
        data = event.get_data()
        attributes = {key: str(value) for key, value in event.get_attributes().items()}
        print(json.dumps({'attributes': attributes, 'data': data if isinstance(data, dict) else json.loads(data)}))
        """

    private func request(_ format: String, model: String = "churn") throws -> OutboundRequest {
        let fixture = NotificationFixture(
            config: "webhook_configs: [{url: 'https://hooks.example/', format: \(format), "
                + "signing_secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}]")
        return try fixture.request([NotificationFixture.alert("age", model: model)])
    }

    @Test(
        .enabled(if: PythonPeer.has("cloudevents.core"), "pip install cloudevents==2.2.0"),
        arguments: ["cloudevents-structured", "cloudevents-binary"], ["churn", "\u{e9} %\"x\""])
    func `another reader finds the same event in both modes`(format: String, model: String) throws {
        let request = try request(format, model: model)
        let headers = Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        let json = String(decoding: try JSONSerialization.data(withJSONObject: headers), as: UTF8.self)
        let answer = try #require(PythonPeer.run(Self.program, [json, PythonPeer.hex(request.body)]))
        try #require(answer.status == 0)
        let event = try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
        let attributes = try #require(event["attributes"] as? [String: String])
        #expect(attributes["id"] == NotificationFixture.id)
        #expect(attributes["specversion"] == "1.0")
        #expect(attributes["source"] == "https://drift.example")
        #expect(attributes["type"] == "driftline.alert.firing")
        #expect(attributes["time"]?.hasPrefix("2026-01-01 12:00:30") == true)
        #expect(attributes["sequence"] == "00000000000000000001")
        #expect(attributes["subject"] == "model/\(model)")
        let data = try #require(event["data"] as? [String: Any])
        #expect(data["version"] as? String == "4")
    }

    @Test func `both modes carry the same data, and the signature is over the very body`() throws {
        let structured = try request("cloudevents-structured")
        let binary = try request("cloudevents-binary")
        let plain = try request("alertmanager")
        #expect(binary.body == plain.body)
        #expect(
            String(decoding: structured.body, as: UTF8.self).contains(
                String(decoding: plain.body.dropLast(), as: UTF8.self)))
        #expect(structured.header("content-type") == "application/cloudevents+json")
        #expect(binary.header("content-type") == "application/json")
        #expect(binary.header("ce-id") == binary.header("webhook-id"))
        #expect(binary.header("ce-datacontenttype") == nil)
        for request in [structured, binary] {
            try WebhookSignature(
                id: NotificationFixture.id, timestamp: try #require(request.header("webhook-timestamp")),
                signature: request.header("webhook-signature")
            ).verify(
                body: request.body, keys: try SigningKey.keys(in: Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                now: NotificationFixture.now)
        }
    }
}
