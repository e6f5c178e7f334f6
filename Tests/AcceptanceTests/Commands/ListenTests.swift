import Foundation
import Testing

/// `driftline listen` against deliveries that another program signed.
@Suite(.timeLimit(.minutes(5)))
struct ListenTests {
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private let alert = """
        {"version":"4","status":"firing","groupLabels":{"alertname":"FeatureDrift"},"replayed":true,"alerts":[\
        {"status":"firing","labels":{"alertname":"FeatureDrift","feature":"income","model":"credit"},\
        "annotations":{"summary":"income drifted"},"startsAt":"2026-01-10T00:00:00Z","endsAt":"0001-01-01T00:00:00Z"}]}
        """

    /// Runs the body with a receiver, which is ended afterwards and must end well.
    private func withReceiver(_ arguments: [String], _ body: (DriftlineProcess, String) throws -> Void) throws {
        let address = "127.0.0.1:\(FreePort.next())"
        let receiver = try DriftlineProcess(["listen", "--listen", address] + arguments)
        let outcome: Result<Void, any Error>
        do {
            try receiver.output(with: "listening on")
            outcome = .success(try body(receiver, "http://\(address)/hook"))
        } catch {
            outcome = .failure(error)
        }
        #expect(receiver.stop() == 0)
        try outcome.get()
    }

    @Test
    func `a delivery with a good signature is taken and printed`() throws {
        try withReceiver(["--secret", secret]) { receiver, url in
            #expect(try SignedPost.send(alert, to: url, id: "msg_1", secret: secret) == 200)
            let output = try receiver.output(with: "income drifted")
            #expect(output.contains("msg_1  signature ok  1 alert of alertname=FeatureDrift, REPLAYED"))
            #expect(output.contains("FIRING    FeatureDrift  feature=income model=credit  since 2026-01-10T00:00:00Z"))
        }
    }

    @Test(arguments: [
        (SignedPost.Fault.unsigned, "signature MISSING"), (.otherKey, "signature WRONG"),
        (.otherBody, "signature WRONG"),
        (.old, "signature WRONG"),
    ])
    func `a delivery whose signature is no good is refused`(fault: SignedPost.Fault, complaint: String) throws {
        try withReceiver(["--secret", secret]) { receiver, url in
            #expect(try SignedPost.send(alert, to: url, id: "msg_1", secret: secret, fault: fault) == 401)
            let output = try receiver.output(with: complaint)
            #expect(!output.contains("FIRING"))
        }
    }

    @Test
    func `a delivery that comes again is told once`() throws {
        try withReceiver(["--secret", secret]) { receiver, url in
            #expect(try SignedPost.send(alert, to: url, id: "msg_1", secret: secret) == 200)
            #expect(try SignedPost.send(alert, to: url, id: "msg_1", secret: secret) == 200)
            let output = try receiver.output(with: "the same again")
            #expect(output.components(separatedBy: "FIRING").count == 2)
        }
    }

    @Test
    func `a receiver told to fail always does, and takes nothing`() throws {
        try withReceiver(["--fail", "100"]) { receiver, url in
            #expect(try SignedPost.send(alert, to: url, id: "msg_1", secret: secret) == 503)
            let output = try receiver.output(with: "on purpose")
            #expect(!output.contains("FIRING"))
        }
    }

    @Test
    func `a request for retraining is answered by calling back with the run's token`() throws {
        let address = "127.0.0.1:\(FreePort.next())"
        let service = try DriftlineProcess(["listen", "--json", "--listen", address])
        defer { #expect(service.stop() == 0) }
        try service.output(with: "listening on")
        let request = """
            {"type":"driftline.retraining.requested","timestamp":"2026-01-10T00:00:00Z","data":{"run_id":"run-1",\
            "policy":"weekly","model":"credit","model_version":"3","reason":[{"labels":{"alertname":"AccuracyDecay"}}],\
            "callback_url":"http://\(address)/v1/retraining/runs/run-1/status","callback_token":"t"}}
            """
        try withReceiver(["--run", "--secret", secret]) { receiver, url in
            #expect(try SignedPost.send(request, to: url, id: "msg_2", secret: secret) == 200)
            try receiver.output(with: "retraining requested of credit by policy weekly")
            try service.output(with: #"{"state":"running"}"#)
            try service.output(with: #"{"state":"succeeded","model_version":"3-retrained","metrics":{}}"#)
        }
    }

    @Test(arguments: ["secret", "whsec_short", "whsec_!!!!"])
    func `a secret that is none is refused in one line that does not show it`(text: String) throws {
        let result = try DriftlineProcess.run(["listen", "--secret", text])
        #expect(result.status == 1)
        #expect(result.output.hasPrefix("Error: --secret: the signing secret"))
        #expect(result.output.split(separator: "\n").count == 1)
        #expect(text == "secret" || !result.output.contains(text))
    }
}
