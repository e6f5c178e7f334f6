import Alerting
import Integrations
import Monitoring
import Testing

struct WebhookSignatureTests {
    private let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private let body = Array(#"{"test": 2432232314}"#.utf8)
    private let published = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private func keys(_ text: String = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") throws -> [SigningKey] {
        try SigningKey.keys(in: Secret(text))
    }

    private func time(_ seconds: Int64, microseconds: Int64 = 0) -> Time {
        Time(microseconds: seconds * 1_000_000 + microseconds)
    }

    @Test func `the published example comes out`() throws {
        let signature = WebhookSignature(
            id: id, at: time(1_614_265_330, microseconds: 999_999), body: body, keys: try keys())
        #expect(signature.timestamp == "1614265330")
        #expect(signature.signature == published)
        #expect(
            signature.headers == [
                OutboundHeader("webhook-id", id), OutboundHeader("webhook-timestamp", "1614265330"),
                OutboundHeader("webhook-signature", published),
            ])
    }

    @Test func `without a key nothing is signed but the message is still named and dated`() {
        let signature = WebhookSignature(id: id, at: time(1_614_265_330), body: body, keys: [])
        #expect(signature.headers.map(\.name) == ["webhook-id", "webhook-timestamp"])
    }

    @Test(arguments: [0, -300, 300, -299, 299] as [Int64])
    func `a message is believed within five minutes`(offset: Int64) throws {
        let signature = WebhookSignature(id: id, timestamp: "1614265330", signature: published)
        try signature.verify(body: body, keys: try keys(), now: time(1_614_265_330 + offset))
    }

    @Test(arguments: [(301, WebhookSignatureError.tooOld), (-301, .tooNew)] as [(Int64, WebhookSignatureError)])
    func `a message is not believed outside of five minutes`(offset: Int64, expected: WebhookSignatureError) throws {
        let signature = WebhookSignature(id: id, timestamp: "1614265330", signature: published)
        let keys = try keys()
        #expect(throws: expected) { try signature.verify(body: body, keys: keys, now: time(1_614_265_330 + offset)) }
    }

    @Test func `during a change of secrets each of them is enough`() throws {
        let other = "whsec_" + Base64.encoded([UInt8](repeating: 9, count: 32))
        let old = try keys()
        let both = try keys("\(other) whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let signature = WebhookSignature(id: id, at: time(1_614_265_330), body: body, keys: both)
        #expect(signature.signature?.split(separator: " ").count == 2)
        #expect(signature.signature?.hasSuffix(published) == true)
        try signature.verify(body: body, keys: old, now: time(1_614_265_330))
        try signature.verify(body: body, keys: try keys(other), now: time(1_614_265_330))
        let single = WebhookSignature(id: id, at: time(1_614_265_330), body: body, keys: old)
        try single.verify(body: body, keys: both, now: time(1_614_265_330))
    }

    @Test(arguments: 0..<160)
    func `any flipped bit of the body is noticed`(bit: Int) throws {
        var changed = body
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        let keys = try keys()
        let signature = WebhookSignature(id: id, timestamp: "1614265330", signature: published)
        #expect(throws: WebhookSignatureError.wrongSignature) {
            try signature.verify(body: changed, keys: keys, now: time(1_614_265_330))
        }
    }

    @Test(arguments: [
        (
            "msg_other", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignatureError.wrongSignature
        ),
        (
            "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265331", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            .wrongSignature
        ),
        (
            "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            .wrongSignature
        ),
        ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", .wrongSignature),
        ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,", .wrongSignature),
        ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE", .wrongSignature),
        ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "", .wrongSignature),
        ("", "1614265330", "v1,x", .missing("webhook-id")),
        ("msg_p5jXN8AQM9LWM0D4loKWxJek", "", "v1,x", .missing("webhook-timestamp")),
        ("msg_p5jXN8AQM9LWM0D4loKWxJek", "-5", "v1,x", .missing("webhook-timestamp")),
        ("msg_p5jXN8AQM9LWM0D4loKWxJek", "99999999999999999999", "v1,x", .missing("webhook-timestamp")),
        ("msg_p5jXN8AQM9LWM0D4loKWxJek", "999999999999", "v1,x", .tooNew),
    ])
    func `what does not fit is not believed`(
        id: String, timestamp: String, signature: String, expected: WebhookSignatureError
    ) throws {
        let keys = try keys()
        let claimed = WebhookSignature(id: id, timestamp: timestamp, signature: signature)
        #expect(throws: expected) { try claimed.verify(body: body, keys: keys, now: time(1_614_265_330)) }
    }

    @Test func `a message without a signature is not believed`() throws {
        let keys = try keys()
        let claimed = WebhookSignature(id: id, timestamp: "1614265330", signature: nil)
        #expect(throws: WebhookSignatureError.missing("webhook-signature")) {
            try claimed.verify(body: body, keys: keys, now: time(1_614_265_330))
        }
    }
}
