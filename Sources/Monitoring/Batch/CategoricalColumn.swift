package import Statistics

/// One column of texts of a batch: a dictionary of its distinct values, and a code for every row.
package struct CategoricalColumn: Hashable, Sendable {
    /// The place of each row's value in `values`; -1 is null.
    package var codes: [Int32]

    /// The distinct values of this batch, in order of first appearance.
    package var values: [ByteText]

    /// A column of rows that all exist already.
    package init(codes: [Int32] = [], values: [ByteText] = []) {
        self.codes = codes
        self.values = values
    }

    /// A column of texts, nil being null.
    package init(_ texts: some Sequence<ByteText?>) {
        self.init()
        var places: [ByteText: Int32] = [:]
        for text in texts {
            guard let text else {
                codes.append(-1)
                continue
            }
            let place = places[text] ?? Int32(clamping: values.count)
            if places.updateValue(place, forKey: text) == nil { values.append(text) }
            codes.append(place)
        }
    }

    /// The value of a row, nil for null and for a row that the column does not have.
    package subscript(row: Int) -> ByteText? {
        guard codes.indices.contains(row) else { return nil }
        let code = Int(codes[row])
        return values.indices.contains(code) ? values[code] : nil
    }

    /// The same column with only these rows, in this order; the dictionary keeps all its values.
    package func selecting(rows: [Int]) -> Self {
        guard !codes.isEmpty else { return self }
        return Self(codes: rows.map { codes[$0] }, values: values)
    }
}
