import Addresses
import Testing

struct AddressRangeTests {
    @Test(arguments: [
        ("127.0.0.0/8", "127.255.255.255", true), ("127.0.0.0/8", "128.0.0.0", false), ("10.1.2.3/8", "10.9.9.9", true),
        ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1", "10.0.0.2", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("192.168.0.0/17", "192.168.127.1", true), ("192.168.0.0/17", "192.168.128.1", false),
        ("fd00::/8", "fdff::1", true),
        ("fd00::/8", "fe00::1", false), ("::1", "::1", true), ("::ffff:127.0.0.1/128", "::ffff:7f00:1", true),
        ("0.0.0.0/0", "::1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
        ("2001:db8::/33", "2001:db8:8000::1", false),
    ])
    func `a block holds the addresses of its prefix`(block: String, address: String, expected: Bool) throws {
        let range = try #require(AddressRange(block))
        #expect(range.contains(try #require(IPAddress(address))) == expected)
    }

    @Test(arguments: [
        "", "10/8", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129",
        "1::2::3",
        ":1", "1:", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "12345::", "::g", "fe80::1%eth0", "localhost", "1.2.3.4:80",
        "::1.2.3",
        "1.2.3.4::", "010.0.0.1", "0x1.0.0.1", "[::1]", "1:2:3:4:5:6:7:8::",
    ])
    func `what is no block is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
