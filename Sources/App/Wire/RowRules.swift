import Monitoring
import Statistics

/// By what rules rows are read.
struct RowRules {
    /// The model's settings.
    let schema: ModelSchema

    /// The schema's features by their names, where that is known already.
    let features: FeatureIndex?

    /// Whether the rows are a reference: without identity, and with the truth beside them.
    let isReference: Bool

    /// When the rows arrived.
    let now: Time

    /// How far a time may be ahead of it.
    let futureSkew: PrometheusDuration

    /// The column of a CSV body that holds weights; nil where rows have none.
    let weightColumn: ByteText?

    init(
        schema: ModelSchema, features: FeatureIndex? = nil, isReference: Bool, now: Time,
        futureSkew: PrometheusDuration, weightColumn: ByteText? = nil
    ) {
        self.schema = schema
        self.features = features
        self.isReference = isReference
        self.now = now
        self.futureSkew = futureSkew
        self.weightColumn = weightColumn
    }

    /// The longest id or version, in bytes.
    static let longestID = 256

    /// A text as a time, within what is believed.
    func time(_ bytes: Span<UInt8>, pointer: String, reader: inout TimeReader) throws(RowFault) -> Time {
        guard let time = reader.time(bytes) else {
            throw RowFault(pointer, "must be an RFC 3339 time with an offset, such as 2026-01-31T08:00:00Z")
        }
        if time > now + futureSkew {
            throw RowFault(pointer, "is more than \(futureSkew.text) ahead of the server's clock")
        }
        return time
    }

    /// A number as a weight.
    static func weight(_ value: Double) throws(RowFault) -> RowWeight {
        guard let weight = RowWeight(value) else {
            throw RowFault(
                "/weight",
                "must be above 0 and at most 1000000; it is counted in steps of 1/1024, half of which is the least")
        }
        return weight
    }

    /// A text as an id.
    static func id(_ bytes: Span<UInt8>, pointer: String) throws(RowFault) -> ByteText {
        guard (1...longestID).contains(bytes.count) else {
            throw RowFault(pointer, "must have 1 to \(longestID) bytes")
        }
        guard let id = ByteText(storing: bytes) else { throw RowFault.unstorable(pointer) }
        return id
    }

    /// A CSV field as a finite number.
    static func number(_ bytes: Span<UInt8>, pointer: String) throws(RowFault) -> Double {
        switch DecimalNumber.read(bytes) {
        case .none: throw RowFault(pointer, "must be a decimal number")
        case .huge: throw RowFault(pointer, outOfRange)
        case .value(_, isInexactInteger: true): throw RowFault(pointer, inexact)
        case .value(let value, _): return value + 0
        }
    }

    static let outOfRange = "is outside the range of a double"
    static let inexact = "is an integer beyond 2^53 that a double cannot hold exactly"
}
