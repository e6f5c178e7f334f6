import Statistics
import Testing

struct ByteTextTests {
    @Test func `two Unicode spellings of one letter are two texts`() {
        let composed = ByteText("\u{e9}")
        let decomposed = ByteText("e\u{301}")
        #expect(composed.string == decomposed.string)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
    }

    @Test func `order is that of unsigned bytes`() {
        let texts: [ByteText] = ["b", "", "\u{e9}", "a\u{0}", "a", "Z", "\u{1F600}", "aa"]
        #expect(texts.sorted().map(\.string) == ["", "Z", "a", "a\u{0}", "aa", "b", "\u{e9}", "\u{1F600}"])
    }

    @Test(arguments: ["", "a", "abcdefgh", "abcdefghi", "a longer text that does not fit inline", "\u{0}"])
    func `equal bytes are one text`(text: String) {
        let copy = ByteText(String(decoding: Array(text.utf8), as: UTF8.self))
        #expect(copy == ByteText(text))
        #expect(copy.hashValue == ByteText(text).hashValue)
    }

    @Test(arguments: [("", "\u{0}"), ("abcdefgh", "abcdefgh\u{0}"), ("ab", "ba")])
    func `different bytes are different texts`(left: String, right: String) {
        #expect(ByteText(left) != ByteText(right))
        #expect((ByteText(left) < ByteText(right)) != (ByteText(right) < ByteText(left)))
    }
}
