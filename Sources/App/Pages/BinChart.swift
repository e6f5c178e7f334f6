/// A table of bins as bars, reference beside window, with the numbers below for those who want them.
struct BinChart {
    private let table: BinTable
    private let subject: String

    init(_ table: BinTable, of subject: String) {
        self.table = table
        self.subject = subject
    }

    private static let height = 100.0

    var markup: Markup {
        let shares = table.rows.map {
            (
                reference: BinTable.share($0.reference, of: table.referenceTotal),
                window: BinTable.share($0.window, of: table.windowTotal)
            )
        }
        let greatest = max(shares.flatMap { [$0.reference, $0.window] }.max() ?? 0, .leastNormalMagnitude)
        let bars = shares.enumerated().map { index, share -> Markup in
            """
            <g><title>\(title(of: table.rows[index]))</title>\
            \(bar("reference", x: index * 10 + 1, share.reference / greatest))\
            \(bar("window", x: index * 10 + 5, share.window / greatest))</g>
            """
        }
        return """
            <svg class="bins" viewBox="0 0 \(table.rows.count * 10) 100" preserveAspectRatio="none" role="img" \
            aria-label="Shares of \(subject) in reference and window, \(table.rows.count) bins">
            \(Markup(bars))
            </svg>
            <details><summary>Numbers</summary>\(numbers)</details>
            """
    }

    private func title(of row: BinTable.Row) -> String {
        "\(row.name): \(PageText.share(row.reference, of: table.referenceTotal)) of the reference, "
            + "\(PageText.share(row.window, of: table.windowTotal)) of the window"
    }

    private func bar(_ side: String, x: Int, _ share: Double) -> Markup {
        // What is there is seen, however little it is.
        let height = share > 0 ? max(share * Self.height, 1) : 0
        return """
            <rect class="\(side)" x="\(x)" y="\(PageText.number(Self.height - height))" width="4" height="\(PageText.number(height))"/>
            """
    }

    private var numbers: Markup {
        let rows = table.rows.map { row -> Markup in
            """
            <tr><td>\(row.name)</td><td class="number">\(row.reference)</td>\
            <td class="number">\(PageText.share(row.reference, of: table.referenceTotal))</td>\
            <td class="number">\(row.window)</td>\
            <td class="number">\(PageText.share(row.window, of: table.windowTotal))</td></tr>
            """
        }
        return """
            <div class="scroll"><table><thead><tr><th>bin</th><th class="number" colspan="2">reference</th>\
            <th class="number" colspan="2">window</th></tr></thead><tbody>\(Markup(rows))</tbody></table></div>
            """
    }
}
