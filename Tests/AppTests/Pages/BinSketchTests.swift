import Monitoring
import Testing

@testable import App

/// Bins as a few characters of text.
struct BinSketchTests {
    @Test func `every bin is a block of its share, and the bin that changed most is named`() throws {
        let table = BinTable([
            BinTable.Row(name: "\u{2264} 1", reference: 50, window: 10),
            BinTable.Row(name: "1 to 2", reference: 50, window: 0),
            BinTable.Row(name: "> 2", reference: 0, window: 90),
        ])
        let sketch = try #require(BinSketch(table))
        #expect(
            sketch.text == """
                reference \u{2585}\u{2585}\u{B7}
                window    \u{2581}\u{B7}\u{2588}
                most changed: > 2, 0 % to 90 %
                """)
    }

    @Test func `a side without values has no sketch`() {
        #expect(BinSketch(BinTable([BinTable.Row(name: "a", reference: 5, window: 0)])) == nil)
        #expect(BinSketch(BinTable([])) == nil)
    }

    @Test func `a name of a category cannot break the lines or make them long`() throws {
        let name = "a\nb\u{0}\r" + String(repeating: "x", count: 10_000)
        let text = try #require(
            BinSketch(
                BinTable([
                    BinTable.Row(name: name, reference: 1, window: 3), BinTable.Row(name: "b", reference: 3, window: 1),
                ]))
        ).text
        #expect(text.split(whereSeparator: \.isNewline).count == 3)
        #expect(text.utf8.count < 300)
    }

    @Test(
        arguments: [
            (0.0, "0"), (0.27, "0.27"), (1.0 / 3, "0.3333"), (12960, "12960"), (-0.000012345, "-0.00001235"),
            (1e-20, "1e-20"), (1.23456e12, "1.235e12"), (.nan, "\u{2013}"), (.infinity, "\u{2013}"), (42.5, "42.5"),
        ] as [(Double, String)])
    func `a number has four significant digits`(value: Double, text: String) {
        let shown = PageText.number(value)
        #expect(shown == text || Double(shown) == Double(text))
    }
}
