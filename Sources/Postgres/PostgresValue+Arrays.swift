extension PostgresValue {
    /// An array without NULL, such as `float8[]` from `[Double]`.
    package static func array<Element: PostgresElement>(_ values: [Element]) -> PostgresValue {
        array(of: Element.self, count: values.count) { buffer in
            for value in values { value.write(to: &buffer) }
        }
    }

    /// An array with NULL for `nil`.
    package static func array<Element: PostgresElement>(_ values: [Element?]) -> PostgresValue {
        array(of: Element.self, count: values.count) { buffer in
            for value in values {
                if let value { value.write(to: &buffer) } else { buffer.appendNull() }
            }
        }
    }

    /// `float8[]` with NULL for NaN.
    package static func array(nullForNaN values: [Double]) -> PostgresValue {
        array(of: Double.self, count: values.count) { buffer in
            for value in values {
                if value.isNaN { buffer.appendNull() } else { buffer.append(field: value) }
            }
        }
    }

    private static func array<Element: PostgresElement>(
        of: Element.Type, count: Int, _ write: (inout BinaryBuffer) -> Void
    ) -> PostgresValue {
        PostgresValue(array: Element.postgresArrayType, of: Element.postgresType, count: count, write)
    }
}
