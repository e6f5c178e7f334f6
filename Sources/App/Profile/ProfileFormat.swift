import Alerting
import Crypto
import JSON
import Monitoring
import Statistics

/// The format of portable profiles, `application/vnd.driftline.profile+json`; see `docs/profile-format.md`.
enum ProfileFormat {
    static let mediaType = "application/vnd.driftline.profile+json"
    static let name = "driftline.profile"
    static let version: Int64 = 1

    /// The most bytes of a profile.
    static let mostBytes = 128 << 20

    /// The document without its hash, in the one form that is hashed: members in the order of their bytes, no space, every
    /// number as `#` and the sixteen hexadecimal digits of its bits as a double.
    static func canonical(_ node: JSONNode, into bytes: inout [UInt8]) {
        switch node {
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.map { (name: ByteText($0.name), value: $0.value) }.sorted { $0.name < $1.name }
            for (index, member) in sorted.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += JSONNode.string(member.name.string).bytes
                bytes.append(UInt8(ascii: ":"))
                canonical(member.value, into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                canonical(element, into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .number, .integer:
            let bits = ((node.double ?? 0) + 0).bitPattern
            bytes.append(UInt8(ascii: "#"))
            for shift in stride(from: 60, through: 0, by: -4) {
                bytes.append(Self.digits[Int(truncatingIfNeeded: bits >> UInt64(shift) & 15)])
            }
        case .string, .bool, .null: bytes += node.bytes
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// The hash of a document, of which `content_hash` is no part.
    static func hash(_ document: JSONNode) -> String {
        var bytes: [UInt8] = []
        let members = (document.members ?? []).filter { !$0.name.utf8.elementsEqual("content_hash".utf8) }
        canonical(.object(members), into: &bytes)
        let digest = SHA256.hash(data: bytes).map { byte in
            String(decoding: [digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
        }
        return "sha256:" + digest.joined()
    }
}
