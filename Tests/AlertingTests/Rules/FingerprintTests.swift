import Alerting
import Query
import Testing

struct FingerprintTests {
    @Test func `it is Alertmanager's`() {
        let labels: Labels = ["severity": "page", "alertname": "FeatureDrift", "model": "churn", "feature": "age"]
        #expect(Fingerprint(labels).description == "b62e8a2dc5977795")
    }

    @Test func `it is read back`() {
        #expect(Fingerprint("00000000000000ff")?.value == 255)
        #expect(Fingerprint(value: 255).description == "00000000000000ff")
    }

    @Test(arguments: ["", "ff", "b62e8a2dc597779X", "B62E8A2DC5977795", "b62e8a2dc59777951", "+62e8a2dc5977795"])
    func `anything else is refused`(text: String) {
        #expect(Fingerprint(text) == nil)
    }
}
