import App
import HTTPTypes
import JSON
import Testing

/// What segments add to measures that are differences of means, and what there is none of.
@Suite(.timeLimit(.minutes(15)))
struct ExplainSegmentTests {
    @Test func `what a segment adds to a shift of the mean follows from its own means`() async throws {
        try await ServiceFixture.with { service in
            try await ExplainRouteTests.prepare(service)
            func feature(_ more: String) async throws -> JSONNode {
                let path = "/v1/models/m/windows/explain?\(SegmentedLog.window)&measure=mean_shift&feature=x"
                return try await service.call(.get, path + more).body.at("features", "0")
            }
            let whole = try await feature("")
            func number(_ node: JSONNode, _ name: String) -> Double { node[name]?.double ?? .nan }
            let centre = (number(whole, "reference_mean") + number(whole, "window_mean")) / 2
            let parts = (whole["segments"]?.elements ?? []).flatMap { Array($0["parts"]?.elements ?? []) }
            #expect(parts.count > 3)
            for part in parts {
                let text = try #require(part["segment"]?.string)
                let own = try await feature("&segment=\(text.replacing("=", with: "%3D").replacing(",", with: "%2C"))")
                let before = number(own, "reference_count") / number(whole, "reference_count")
                let after = number(own, "window_count") / number(whole, "window_count")
                let (old, new) = (number(own, "reference_mean") - centre, number(own, "window_mean") - centre)
                let std = number(whole, "reference_std")
                #expect(close(number(part, "mix"), (after - before) * (old + new) / 2 / std), "\(text)")
                #expect(close(number(part, "within"), (after + before) * (new - old) / 2 / std), "\(text)")
            }
        }
    }

    @Test func `a measure that is no sum says why segments have no parts of it`() async throws {
        try await ServiceFixture.with { service in
            try await ExplainRouteTests.prepare(service)
            let features = try await service.call(
                .get, "/v1/models/m/windows/explain?\(SegmentedLog.window)&measure=cramers_v"
            ).body["features"]?.elements
            #expect(features?.isEmpty == false)
            for feature in features ?? [] {
                #expect(feature["segments"]?.elements?.isEmpty == true)
                #expect(feature["segments_reason"]?.string == "no_sum")
            }
        }
    }

    private func close(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return false }
        return (left - right).magnitude <= 1e-9 * max(1, right.magnitude)
    }
}
