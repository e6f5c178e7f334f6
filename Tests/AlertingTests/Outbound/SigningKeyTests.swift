import Alerting
import Testing

struct SigningKeyTests {
    private let valid = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test func `the key is what the base 64 stands for`() throws {
        let keys = try SigningKey.keys(in: Secret(valid))
        #expect(keys.map { Base64.encoded($0.bytes) } == ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    }

    @Test func `two secrets parted by white space are two keys in order`() throws {
        let other = "whsec_" + Base64.encoded([UInt8](repeating: 7, count: 32))
        let keys = try SigningKey.keys(in: Secret("\(valid)\n  \(other)\n"))
        #expect(keys.map(\.bytes.count) == [24, 32])
    }

    @Test(arguments: [
        ("", SigningKeyError.empty), ("  \n", .empty), ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .noPrefix),
        ("whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .length(.secret)),
        ("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .noPrefix),
        ("whpk_" + Base64.encoded([UInt8](repeating: 1, count: 32)), .publicKey),
        ("whsk_" + Base64.encoded([UInt8](repeating: 1, count: 33)), .length(.secret)),
        ("whsec_...", .notBase64), ("whsec_", .length(.symmetric)), ("whsec_c2hvcnQ=", .length(.symmetric)),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_", .notBase64),
        ("whsec_" + Base64.encoded([UInt8](repeating: 1, count: 23)), .length(.symmetric)),
        ("whsec_" + Base64.encoded([UInt8](repeating: 1, count: 65)), .length(.symmetric)),
        (String(repeating: "a", count: 1_000_000), .tooLong),
        (String(repeating: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ", count: 9), .tooMany),
    ])
    func `what is no secret is refused without a word of it`(text: String, expected: SigningKeyError) {
        #expect(throws: expected) { try SigningKey.keys(in: Secret(text)) }
        #expect(!expected.reason.contains("MfKQ"))
    }

    @Test func `neither a secret nor a key is ever printed`() throws {
        let secret = Secret(valid)
        let key = try #require(try SigningKey.keys(in: secret).first)
        let values: [Any] = [secret, key, SecretSource.inline(secret), [secret], [key]]
        for value in values {
            var text = "\(value) " + String(reflecting: value)
            dump(value, to: &text)
            #expect(!text.contains("MfKQ") && !text.contains("49, 242"))
        }
    }

    @Test(
        arguments: [
            ("", []), ("Zg==", [0x66]), ("Zg", [0x66]), ("Zm8=", [0x66, 0x6F]), ("Zm9v", [0x66, 0x6F, 0x6F]),
        ] as [(String, [UInt8])])
    func `base 64 is read with and without padding`(text: String, bytes: [UInt8]) {
        #expect(Base64.decoded(text) == bytes)
    }

    @Test(arguments: ["Z", "Zg=", "Zh==", "Zg===", "=", "====", "Zm9v====", "Z g=", "Zm9\u{e9}"])
    func `what is not base 64 is refused`(text: String) {
        #expect(Base64.decoded(text) == nil)
    }

    @Test(arguments: 0..<70)
    func `base 64 brings back what went in`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
        #expect(Base64.decoded(Base64.encoded(bytes)) == bytes)
    }
}
