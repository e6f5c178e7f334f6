/// Upper and lower case, scalar by scalar as in Go: the length in scalars never changes.
enum TemplateCase {
    /// All scalars in upper case.
    static func upper(_ text: String) -> String {
        mapped(text) { $0.properties.uppercaseMapping }
    }

    /// All scalars in lower case.
    static func lower(_ text: String) -> String {
        mapped(text) { $0.properties.lowercaseMapping }
    }

    /// The first letter of every word in title case.
    static func title(_ text: String) -> String {
        var previous: Unicode.Scalar = " "
        return mapped(text) { scalar in
            defer { previous = scalar }
            return isSeparator(previous) ? scalar.properties.titlecaseMapping : String(scalar)
        }
    }

    private static func mapped(_ text: String, _ mapping: (Unicode.Scalar) -> String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let changed = mapping(scalar).unicodeScalars
            result.append(changed.count == 1 ? changed.first ?? scalar : scalar)
        }
        return String(result)
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": false
        case "\u{0}"..."\u{7F}": true
        default: scalar.properties.isWhitespace
        }
    }
}
