import JSON
import Testing

/// Compares series of a service with those of a recorded log.
struct SeriesCheck {
    let service: Service
    let log: RecordedLog

    /// Reads a series and compares every value of it; the first differences are told.
    func expect(
        _ measure: String, feature: String? = nil, _ query: [String: String] = [:], equals expected: [Double?]?,
        within tolerance: Tolerance, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let place = "\(measure) of \(feature ?? "the model") \(query)"
        let expected = try #require(expected, "no expected \(place)", sourceLocation: sourceLocation)
        let query = log.span(query.merging(feature.map { ["feature": $0] } ?? [:]) { $1 })
        let series = try await service.client.series(log.name, measure, log.length, query)
        #expect(series.ends == log.ends, "\(place)", sourceLocation: sourceLocation)
        try #require(series.values.count == expected.count, "\(place)", sourceLocation: sourceLocation)
        let wrong = expected.indices.filter { !tolerance.accepts(series.values[$0], expected[$0]) }
        let first = wrong.prefix(3).map {
            "\(series.ends[$0]): \(series.values[$0].map { "\($0)" } ?? "null") for "
                + (expected[$0].map { "\($0)" } ?? "null")
        }
        #expect(
            wrong.isEmpty, "\(place): \(wrong.count) of \(expected.count) are off, \(first)",
            sourceLocation: sourceLocation)
    }
}
