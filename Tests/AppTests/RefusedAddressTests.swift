import Addresses
import Alerting
import App
import Monitoring
import Testing

/// What is told of a delivery to an address that may not be called.
@Suite(.timeLimit(.minutes(5)))
struct RefusedAddressTests {
    @Test func `a refused address says what would allow it`() async throws {
        let sender = try CurlSender(now: { ServiceFixture.start })
        let request = OutboundRequest(
            method: "POST", url: try WebhookURL("http://127.0.0.1:18999/hook"), headers: [], body: [],
            timeout: PrometheusDuration(microseconds: 1_000_000))
        let answer = await sender.send(.http(request), policy: AddressPolicy(ranges: [], hosts: []))
        guard case .failure(let failure) = answer else {
            Issue.record("nothing may be sent to this machine")
            return
        }
        #expect(failure.isRefused)
        #expect(failure.reason.contains("127.0.0.1"))
        #expect(failure.reason.contains("outgoing"))
    }
}
