#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The JSON text in which groups and alerts are kept; lossless, with keys in order.
package enum StoredText {
    /// The text of a group.
    package static func text(of group: AlertGroup) throws(StoredTextError) -> String {
        try encoded(StoredGroup(group))
    }

    /// The group of a text.
    package static func group(from text: String) throws(StoredTextError) -> AlertGroup {
        guard let group = try decoded(StoredGroup.self, text).group else { throw StoredTextError() }
        return group
    }

    /// The text of a list of alerts.
    package static func text(of alerts: [NotifiedAlert]) throws(StoredTextError) -> String {
        try encoded(alerts.map(StoredAlert.init))
    }

    /// The alerts of a text.
    package static func alerts(from text: String) throws(StoredTextError) -> [NotifiedAlert] {
        let stored = try decoded([StoredAlert].self, text)
        let alerts = stored.compactMap(\.alert)
        guard alerts.count == stored.count else { throw StoredTextError() }
        return alerts
    }

    private static func encoded(_ value: some Encodable) throws(StoredTextError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw StoredTextError()
        }
    }

    private static func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws(StoredTextError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw StoredTextError()
        }
    }
}
