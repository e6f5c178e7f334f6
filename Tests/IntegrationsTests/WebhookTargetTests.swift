import Alerting
import Integrations
import Testing

struct WebhookTargetTests {
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private let settings = WebhookSettings(
        address: .outside(.file("/run/url")), signingSecret: .outside(.file("/run/key")))

    private func target(url: String?, key: String?) throws(WebhookTargetError) -> WebhookTarget {
        try WebhookTarget(settings) { place throws(WebhookTargetError) in
            guard let content = place == .file("/run/url") ? url : key else {
                throw .unreadable(place, reason: "no such file")
            }
            return content
        }
    }

    @Test func `white space at the ends of a file does not count`() throws {
        let target = try target(url: "\n http://x/y \r\n", key: " \(secret)\n")
        #expect(target.url.revealed == "http://x/y")
        #expect(target.keys == (try SigningKey.keys(in: Secret(secret))))
    }

    @Test(
        arguments: [
            (nil, "k", "the file /run/url cannot be read: no such file"),
            ("ftp://hunter2/", "k", "the address in the file /run/url has a scheme that is not http or https"),
            ("http://x/", nil, "the file /run/key cannot be read: no such file"),
            ("http://x/", "hunter2", "the signing secret in the file /run/key does not start with whsec_ or whsk_"),
            (
                "http://x/", "",
                "the signing secret in the file /run/key is empty; write whsec_ and the base 64 of 24 to 64 random bytes"
            ),
        ] as [(String?, String?, String)])
    func `what is wrong with a file is said without its content`(url: String?, key: String?, expected: String) {
        let error = #expect(throws: WebhookTargetError.self) { try target(url: url, key: key) }
        #expect(error?.reason == expected)
    }
}
