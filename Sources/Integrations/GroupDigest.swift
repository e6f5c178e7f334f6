internal import Alerting
internal import Crypto
internal import Query

/// The name of a group of alerts in services that know incidents by a key.
enum GroupDigest {
    /// The SHA-256 of the group's key in hexadecimal digits, as Alertmanager makes it.
    static func text(of notification: Alerting.Notification) -> String {
        SHA256.hash(data: Array(notification.key.text.utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
