package import Statistics

/// The text rule for classes: which texts name the same class.
///
/// Where every declared class is a number, classes compare as numbers (`1` = `1.0`); elsewhere by their bytes.
package struct ClassText: Hashable, Sendable {
    /// Whether texts that are numbers compare as numbers.
    package let isNumeric: Bool

    /// A rule.
    package init(isNumeric: Bool) {
        self.isNumeric = isNumeric
    }

    /// The text that stands for all texts of the same class.
    package func canonical(_ text: ByteText) -> ByteText {
        guard isNumeric, let number = DecimalText(text.string) else { return text }
        return ByteText(number.shortest)
    }

    /// The shortest text of a JSON number that is no integer literal, such as `1.5`, `0.1`, `1e+21`.
    package static func text(of number: Double) -> ByteText {
        ByteText(DecimalText(number.description)?.shortest ?? number.description)
    }

    /// The text of a JSON boolean.
    package static func text(of value: Bool) -> ByteText {
        value ? "true" : "false"
    }
}

extension ModelSchema {
    /// The text rule of the model's classes.
    ///
    /// A binary model that declares nothing has the positive class `1` and therefore compares numbers.
    package var classText: ClassText {
        guard task.isClassification else { return ClassText(isNumeric: false) }
        let declared = classes + (declaredPositiveClass.map { [$0] } ?? [])
        if declared.isEmpty { return ClassText(isNumeric: task == .binary) }
        return ClassText(isNumeric: declared.allSatisfy { DecimalText($0.string) != nil })
    }
}
