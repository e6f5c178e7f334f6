/// Values, as fields of a row or as elements of the open array. `nil` is NULL.
extension CopyWriter {
    /// NULL of any type.
    package mutating func appendNull() { append { $0.appendNull() } }

    /// `bool`.
    package mutating func append(bool value: Bool?) {
        append { buffer in if let value { buffer.append(field: value) } else { buffer.appendNull() } }
    }

    /// `int2`.
    package mutating func append(int16 value: Int16?) {
        append { buffer in if let value { buffer.append(field: value) } else { buffer.appendNull() } }
    }

    /// `int4`.
    package mutating func append(int32 value: Int32?) {
        append { buffer in if let value { buffer.append(field: value) } else { buffer.appendNull() } }
    }

    /// `int8`.
    package mutating func append(int64 value: Int64?) {
        append { buffer in if let value { buffer.append(field: value) } else { buffer.appendNull() } }
    }

    /// `float8`.
    package mutating func append(double value: Double?) {
        append { buffer in if let value { buffer.append(field: value) } else { buffer.appendNull() } }
    }

    /// `float8`, NULL for NaN.
    package mutating func append(nullForNaN value: Double) {
        append { buffer in if value.isNaN { buffer.appendNull() } else { buffer.append(field: value) } }
    }

    /// `text`, straight from the string's storage.
    package mutating func append(text value: String?) {
        append { buffer in if let value { buffer.append(field: value) } else { buffer.appendNull() } }
    }

    /// `json`, from its text.
    package mutating func append(json value: String?) { append(text: value) }

    /// `jsonb`, from its text.
    package mutating func append(jsonb value: String?) {
        append { buffer in if let value { buffer.append(jsonb: value) } else { buffer.appendNull() } }
    }

    /// `bytea`.
    package mutating func append(bytes value: [UInt8]?) {
        append { buffer in if let value { buffer.append(field: value) } else { buffer.appendNull() } }
    }

    /// `bytea` of sixteen bytes.
    package mutating func append(octets value: Octets16) {
        append { buffer in value.write(to: &buffer) }
    }

    /// `timestamptz`.
    package mutating func append(timestamp value: Timestamp?) {
        append { buffer in if let value { buffer.append(field: value) } else { buffer.appendNull() } }
    }

    /// An array without NULL, such as `float8[]` from `[Double]`.
    package mutating func append<Element: PostgresElement>(array values: [Element]) {
        beginArray(of: Element.postgresType, count: values.count)
        for value in values { append { value.write(to: &$0) } }
        endArray()
    }

    /// An array with NULL for `nil`.
    package mutating func append<Element: PostgresElement>(array values: [Element?]) {
        beginArray(of: Element.postgresType, count: values.count)
        for value in values {
            append { buffer in if let value { value.write(to: &buffer) } else { buffer.appendNull() } }
        }
        endArray()
    }

    /// `float8[]` with NULL for NaN.
    package mutating func append(nullForNaN values: [Double]) {
        beginArray(of: .double, count: values.count)
        for value in values { append(nullForNaN: value) }
        endArray()
    }

    /// One row of columns as `float8[]`, with NULL for NaN; no array is made.
    package mutating func append(row: Int, of columns: [[Double]]) {
        beginArray(of: .double, count: columns.count)
        for column in columns { append(nullForNaN: column[row]) }
        endArray()
    }
}
