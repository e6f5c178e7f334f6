import Foundation

/// Numbers with a wanted precision, as C and Go print them alike. Foundation is here for this alone.
enum TemplateDigits {
    /// `%.*f`.
    static func fixed(_ value: Double, precision: Int) -> String {
        String(format: "%.\(precision)f", value)
    }

    /// `%.*e`, with at least two digits of exponent.
    static func scientific(_ value: Double, precision: Int) -> String {
        String(format: "%.\(precision)e", value)
    }

    /// `%.*g`.
    static func general(_ value: Double, precision: Int) -> String {
        String(format: "%.\(precision)g", value)
    }
}
