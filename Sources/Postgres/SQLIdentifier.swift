/// Names of tables, columns and schemas inside SQL text.
package enum SQLIdentifier {
    /// The name in double quotes, with quotes inside doubled, so that any text is one identifier.
    package static func quoted(_ name: String) -> String {
        var text = "\""
        for scalar in name.unicodeScalars {
            if scalar == "\"" { text.unicodeScalars.append(scalar) }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}
