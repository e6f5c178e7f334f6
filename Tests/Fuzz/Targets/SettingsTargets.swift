import Addresses
import Alerting
import Query

/// Readers of notification and retraining settings, and of what they hold.
enum SettingsTargets {
    static func notifications(_ bytes: [UInt8]) {
        _ = Result { () throws(RuleFileError) in
            try NotificationSettings(file: "fuzz.yaml", text: String(decoding: bytes, as: UTF8.self))
        }
    }

    static func retraining(_ bytes: [UInt8]) {
        _ = Result { () throws(RuleFileError) in
            try RetrainingSettings(file: "fuzz.yaml", text: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// What is read is written as text that reads as the same.
    static func matchers(_ bytes: [UInt8]) {
        let read = Result { () throws(QueryError) in try Matcher.list(String(decoding: bytes, as: UTF8.self)) }
        guard case .success(let matchers) = read else { return }
        // Control characters are written as escapes that this notation cannot read, there as in Alertmanager.
        for matcher in matchers where !matcher.description.utf8.contains(UInt8(ascii: "\\")) {
            let again = Result { () throws(QueryError) in try Matcher(matcher.description) }
            precondition(again == .success(matcher), "what is written reads as the same matcher")
        }
    }

    static func addresses(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = Result { () throws(WebhookURLError) in try WebhookURL(text) }
        if let range = AddressRange(text), let address = IPAddress(text) {
            precondition(range.contains(address), "an address is in the range of itself alone")
        }
    }
}
