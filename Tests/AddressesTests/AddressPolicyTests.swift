import Addresses
import Testing

struct AddressPolicyTests {
    private func allows(_ address: String, _ policy: AddressPolicy = .publicOnly, host: String = "example.com") throws
        -> Bool
    {
        policy.allows(try #require(IPAddress(address)), host: host)
    }

    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
        "127.0.0.1", "127.1.2.3",
        "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.1", "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:10.0.0.1",
        "fe80::1", "febf::1",
        "fec0::1", "fc00::1", "fd00:ec2::254", "fdff::1", "ff02::1", "2001:db8::1", "3fff::1", "100::1",
        "2002:7f00:1::",
        "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b::7f00:1", "64:ff9b:1::1", "5f00::1",
    ])
    func `what is not the public internet is refused`(address: String) throws {
        #expect(try !allows(address))
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e", "::ffff:8.8.8.8",
        "2003::1",
    ])
    func `public addresses are allowed`(address: String) throws {
        #expect(try allows(address))
    }

    @Test func `a range is allowed in both forms of an address`() throws {
        let policy = try AddressPolicy(allowing: ["127.0.0.0/8", "fd00::/8", "10.1.2.3"])
        #expect(try allows("127.9.9.9", policy))
        #expect(try allows("::ffff:127.0.0.1", policy))
        #expect(try allows("fd12::1", policy))
        #expect(try allows("10.1.2.3", policy))
        #expect(try !allows("10.1.2.4", policy))
        #expect(try !allows("::1", policy))
        #expect(try !allows("fc00::1", policy))
    }

    @Test func `a host is allowed by its exact name`() throws {
        let policy = try AddressPolicy(allowing: ["airflow.internal"])
        #expect(try allows("10.0.0.1", policy, host: "airflow.internal"))
        #expect(try allows("10.0.0.1", policy, host: "AIRFLOW.internal."))
        #expect(try !allows("10.0.0.1", policy, host: "x.airflow.internal"))
        #expect(try !allows("10.0.0.1", policy, host: "airflow.internal.evil.example"))
    }

    @Test(arguments: [
        "", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0/8", "fd00::/129", "a b",
        "*.example.com", "http://x",
        "1.2.3", "127.0.0.1:80", "[::1]", "x..y", "host/8", "10.0.0.0/", "é.example", "a\0b",
    ])
    func `an entry that names nothing is refused by name`(entry: String) throws {
        let error = #expect(throws: AddressPolicyError.self) { try AddressPolicy(allowing: ["10.0.0.0/8", entry]) }
        #expect(error?.entries == [entry])
    }

    @Test(arguments: [
        ("0.0.0.0/0", "203.0.113.1", true), ("0.0.0.0/0", "::1", false), ("::/0", "::1", true),
        ("::/0", "127.0.0.1", true),
        ("10.9.8.7/8", "10.0.0.1", true), ("::ffff:127.0.0.0/104", "127.0.0.1", true),
    ])
    func `ranges of any length work`(range: String, address: String, expected: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(try #require(IPAddress(address))) == expected)
    }

    @Test(arguments: [
        "127.1", "0x7f.0.0.1", "1.2.3.4.5", "1.2.3.256", "::1%lo", "[::1]", " 1.2.3.4", "1.2.3.4\0", "", "::ffff:1.2.3",
        "01.2.3.4",
    ])
    func `odd spellings are no address`(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
