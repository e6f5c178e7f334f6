import Monitoring
import Query

/// A few series at one instant, for tables of expressions.
struct SampleWorld {
    static let instant = Time(microseconds: 600_000_000)
    private static let series: [(String, Double)] = [
        (#"m{a="x",b="1"}"#, 1), (#"m{a="x",b="2"}"#, 2), (#"m{a="y",b="1"}"#, 3), (#"m{a="y",b="2"}"#, 4),
        (#"n{a="x"}"#, 10), (#"n{a="y"}"#, 20), (#"n{a="z"}"#, 30), (#"one{c="only"}"#, 5), (#"v{t="nan"}"#, .nan),
        (#"v{t="inf"}"#, .infinity), (#"v{t="low"}"#, -.infinity), (#"v{t="half"}"#, -2.5),
        (#"text{word="Ärger-42"}"#, 1), (#"dup{a="x",i="1"}"#, 1), (#"dup{a="x",i="2"}"#, 2),
    ]

    /// The value of an expression as lines, in the order of labels; the error's description where there is none.
    static func lines(_ text: String) throws -> [String] {
        var storage = SeriesStorage()
        for (name, value) in series { storage.append(value, to: try Labels(parsing: name), at: instant) }
        let expression = try Expression(text)
        do {
            let value = try expression.evaluate(at: instant, series: storage.series(for: expression, at: instant))
            return (value.elements ?? []).map { "\($0.labels) \(NumberText.general($0.value))" }.sorted()
        } catch {
            return ["error \(error)"]
        }
    }
}
