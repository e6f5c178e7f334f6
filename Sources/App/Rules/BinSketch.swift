import Alerting

/// A table of bins in three short lines of text: a block for every bin of each side, and the bin that changed most.
struct BinSketch {
    let text: String

    /// The most characters of a bin's name.
    private static let longestName = 40
    private static let blocks = Array("\u{2581}\u{2582}\u{2583}\u{2584}\u{2585}\u{2586}\u{2587}\u{2588}")

    /// Nil where a side is empty: then there is nothing to compare.
    init?(_ table: BinTable) {
        guard let changed = table.mostChanged else { return nil }
        let reference = table.rows.map { BinTable.share($0.reference, of: table.referenceTotal) }
        let window = table.rows.map { BinTable.share($0.window, of: table.windowTotal) }
        let greatest = (reference + window).max() ?? 1
        func line(_ shares: [Double]) -> String { String(shares.map { Self.block($0 / greatest) }) }
        let name = String(
            changed.name.unicodeScalars.map { $0.properties.isWhitespace || $0.value < 0x20 ? " " : Character($0) })
        text = """
            reference \(line(reference))
            window    \(line(window))
            most changed: \(CutText.scalars(name, most: Self.longestName)), \
            \(PageText.share(changed.reference, of: table.referenceTotal)) to \(PageText.share(changed.window, of: table.windowTotal))
            """
    }

    /// A middle dot for nothing, so that little and nothing differ.
    private static func block(_ share: Double) -> Character {
        guard share > 0 else { return "\u{B7}" }
        return blocks[min(Int(share * Double(blocks.count)), blocks.count - 1)]
    }
}
