import JSON

/// How far a value may be from the expected one, as a file of expected values says.
struct Tolerance: Sendable {
    private let relative: Double
    private let absolute: Double

    /// Below this a probability is only asked to be tiny.
    private var floor: Double?

    /// The tolerance of that name in a file of expected values.
    init(_ name: String, in document: JSONNode) throws {
        guard let entry = document["tolerance"]?[name], let relative = entry["rel"]?.double,
            let absolute = entry["abs"]?.double
        else { throw Unexpected(description: "the file of expected values has no tolerance for \(name)") }
        self.relative = relative
        self.absolute = absolute
        floor = name == "pvalues" ? 1e-200 : nil
    }

    /// For what must be equal.
    private init() { (relative, absolute) = (0, 0) }

    /// Equality.
    static let exact = Tolerance()

    /// Whether a value is near enough; null only matches null.
    func accepts(_ value: Double?, _ expected: Double?) -> Bool {
        guard let value, let expected else { return value == nil && expected == nil }
        if let floor, expected < floor { return value < floor }
        return value == expected || (value - expected).magnitude <= max(absolute, relative * expected.magnitude)
    }
}
