import Monitoring
import Query
enum SeriesReader {
    static func lookback(of window: WindowSpec) -> PrometheusDuration { max(window.step, shortLookback) }
    static var shortLookback: PrometheusDuration { .minutes(5) }
    static func samples(of selector: VectorSelector, model: Model, at time: Time, cache: inout [String: WindowReading]) async throws -> [Sample] { [] }
}
