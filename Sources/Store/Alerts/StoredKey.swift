import Crypto

/// Texts of any length as keys: an index takes no more than a third of a page.
enum StoredKey {
    private static let longest = 512

    /// The text itself, or its beginning with a hash of the whole.
    static func text(_ text: String) -> String {
        guard text.utf8.count > longest else { return text }
        let hash = SHA256.hash(data: Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return String(text.unicodeScalars.prefix(100)) + "#" + hash.joined()
    }
}
