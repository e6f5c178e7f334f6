import Hummingbird
import Monitoring

extension PrometheusRoutes {
    /// Parameters of a URL or of a form body, as browsers and `urlencode` write them: names are escaped too, and `+` is a blank.
    struct Form: Sendable {
        private var pairs: [(name: String, value: String)] = []

        /// Reads `name=value` pairs with `&` between.
        init(query: String) {
            for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
                let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                pairs.append((Self.decoded(sides[0]), sides.count > 1 ? Self.decoded(sides[1]) : ""))
            }
        }

        /// Reads the parameters of a request: of its body, then of its address.
        init(_ request: Request) async throws {
            self.init(query: request.uri.query ?? "")
            guard request.method == .post, request.mediaType == "application/x-www-form-urlencoded" else { return }
            let body = try await request.decodedBody(limit: 1 << 20)
            pairs = Form(query: String(decoding: body, as: UTF8.self)).pairs + pairs
        }

        /// The first value of a parameter; nil where it is absent or empty.
        subscript(name: String) -> String? {
            guard let value = pairs.first(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
            return value
        }

        /// All values of a parameter.
        func all(_ name: String) -> [String] {
            pairs.filter { $0.name == name }.map(\.value)
        }

        /// A time as this service's own interface takes it.
        func instant(_ name: String) throws(Problem) -> Time? {
            guard let text = self[name] else { return nil }
            if let time = Self.rfc3339(text) { return time }
            throw .invalid([("?\(name)", "give a time, as in 2026-01-01T00:00:00Z")])
        }

        /// A time as Prometheus takes it.
        func time(_ name: String) throws(PrometheusAnswer.Failure) -> Time? {
            guard let text = self[name] else { return nil }
            if let seconds = Double(text), let time = Self.microseconds(seconds, precision: 1000) {
                return Time(microseconds: time)
            }
            if let time = Self.rfc3339(text) { return time }
            throw .badData(
                "invalid parameter \"\(name)\": give seconds since 1970 or a time such as 2026-01-01T00:00:00Z")
        }

        /// A positive duration as Prometheus takes it.
        func duration(_ name: String) throws(PrometheusAnswer.Failure) -> PrometheusDuration? {
            guard let text = self[name] else { return nil }
            let number = Double(text).flatMap { Self.microseconds($0, precision: 1) }
            guard let duration = number.map(PrometheusDuration.init(microseconds:)) ?? PrometheusDuration(text) else {
                throw .badData("invalid parameter \"\(name)\": give seconds or a duration such as 5m")
            }
            guard duration > .zero else {
                throw .badData(
                    "invalid parameter \"\(name)\": zero or negative steps are not accepted; try a positive one")
            }
            return duration
        }

        /// How many entries are asked for at most; nil for all of them, which 0 says as well.
        func limit() throws(PrometheusAnswer.Failure) -> Int? {
            guard let text = self["limit"] else { return nil }
            guard let limit = Int(text), limit >= 0 else {
                throw .badData("invalid parameter \"limit\": give a whole number that is not negative")
            }
            return limit > 0 ? limit : nil
        }

        /// A `+` of an offset that was not escaped comes as a blank.
        private static func rfc3339(_ text: String) -> Time? {
            Time(rfc3339: text) ?? Time(rfc3339: String(text.map { $0 == " " ? "+" : $0 }))
        }

        /// Whole microseconds of seconds within the years that have a text form, rounded to a precision in microseconds.
        private static func microseconds(_ seconds: Double, precision: Int64) -> Int64? {
            // Far below what fits in 64 bits; the exact ends do not survive as doubles.
            guard seconds.isFinite, seconds.magnitude < 1e12 else { return nil }
            let count = Int64((seconds * 1_000_000 / Double(precision)).rounded()) * precision
            return (Time.earliest.microseconds...Time.latest.microseconds).contains(count) ? count : nil
        }

        private static func decoded(_ text: Substring.UTF8View) -> String {
            var bytes: [UInt8] = []
            var rest = text
            while let byte = rest.popFirst() {
                switch byte {
                case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
                case UInt8(ascii: "%"):
                    let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
                    if digits.count == 2 {
                        bytes.append(UInt8(digits[0] << 4 | digits[1]))
                        rest.removeFirst(2)
                    } else {
                        bytes.append(byte)
                    }
                default: bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
