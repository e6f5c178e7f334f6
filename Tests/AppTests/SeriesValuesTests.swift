import App
import Foundation
import HTTPTypes
import JSON
import Monitoring
import Testing

/// Values of series follow from totals that are moved on; what is answered is what a process answers that knows only the database.
@Suite(.timeLimit(.minutes(15)))
struct SeriesValuesTests {
    private static let first = Time(rfc3339: "2026-02-01T00:00:00Z") ?? .epoch
    private static let names = [
        "psi", "psi_threshold", "drifted", "ks", "mean", "mean_reference", "missing_ratio", "distinct", "accuracy",
        "accuracy_low", "label_coverage", "predictions", "unseen_ratio",
    ]

    private static func hour(_ hour: Int) -> String { (first + .hours(Int64(hour))).rfc3339 }

    /// One change of anything that values follow from.
    private static func change(_ step: Int, _ random: inout DayOfRows.Seeded, _ service: ServiceFixture) async throws {
        let hour = Int.random(in: 0..<12, using: &random)
        let shift = Int.random(in: 0..<4, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0...3:
            let rows = (0..<Int.random(in: 1...60, using: &random)).map {
                "\(step)-\($0),\(Self.hour(hour)),\($0 % 9 + shift),\($0 % 5),0.\($0 % 10),\($0 % 2)"
            }
            let body = "prediction_id,timestamp,x,c,score,prediction\n" + rows.joined(separator: "\n")
            _ = try await service.call(.post, "/v1/models/m/predictions", body, type: "text/csv")
        case 4, 5:
            let rows = (0..<20).map { "\(Int.random(in: 0...step, using: &random))-\($0),\(shift % 2)" }
            _ = try await service.call(
                .post, "/v1/models/m/labels", "prediction_id,actual\n" + rows.joined(separator: "\n"), type: "text/csv")
        case 6:
            _ = try await service.call(
                .post, "/v1/models/m/watermark", #"{"to": "\#(Self.hour(12 + step / 3))"}"#)
        case 7:
            let rate = ["0.01", "0.05", "0.2"][shift % 3]
            _ = try await service.call(.put, "/v1/models/m", #"{"alerting": {"false_alarm_rate": \#(rate)}}"#)
        default:
            _ = try await service.call(
                .delete, "/v1/models/m/predictions?from=\(Self.hour(hour))&to=\(Self.hour(hour + 1))")
        }
    }

    private static func values(
        _ service: ServiceFixture, at hour: Int, _ names: [String] = SeriesValuesTests.names
    ) async throws -> Set<String> {
        let query = "{__name__=~\"driftline_(\(names.joined(separator: "|")))\"}"
        let allowed = CharacterSet.urlQueryAllowed.subtracting(CharacterSet(charactersIn: "+&|"))
        let text = query.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        let answer = try await service.call(.get, "/api/v1/query?query=\(text)&time=\(Self.hour(hour))")
        #expect(answer.status == 200, "\(answer)")
        let series = answer.body["data"]?["result"]?.elements ?? []
        return Set(
            series.map { "\($0["metric"]?["__name__"]?.string ?? "") \($0["metric"] ?? .null) \($0["value"] ?? .null)" }
        )
    }

    @Test(arguments: 0..<3)
    func `what is moved on is what is worked out anew, whatever changes`(seed: UInt64) async throws {
        try await ServiceFixture.with { service in
            try await service.call(
                .put, "/v1/models/m",
                """
                {"task": "binary", "classes": ["0", "1"], "segments": [["c"]],
                 "windows": [{"length": "2h", "step": "1h"}, {"length": "8h", "step": "1h"}],
                 "features": {"x": {"type": "numeric"}, "c": {"type": "categorical"}}}
                """)
            let reference = "x,c\n" + (0..<200).map { "\($0 % 10),\($0 % 3)" }.joined(separator: "\n")
            try await service.call(.put, "/v1/models/m/references/training", reference, type: "text/csv")
            var random = DayOfRows.Seeded(state: seed)
            var most = 0
            for step in 0..<24 {
                try await Self.change(step, &random, service)
                let hour = Int.random(in: 6...14, using: &random)
                let first = try await Self.values(service, at: hour)
                let kept = try await Self.values(service, at: hour)
                #expect(first == kept)
                most = max(most, kept.count)
                // Other series need other parts of the panes.
                let some = Self.names.filter { _ in Bool.random(using: &random) }
                guard !some.isEmpty else { continue }
                let anew = try await Self.values(service, at: hour, some)
                #expect(anew == kept.filter { one in some.contains { one.hasPrefix("driftline_\($0) ") } })
            }
            await service.checkpointer.save()
            try await ServiceFixture.on(service.pool, slot: 1, holder: "other") { other in
                for hour in 6...14 {
                    let anew = try await Self.values(other, at: hour)
                    let known = try await Self.values(service, at: hour)
                    #expect(anew == known)
                }
            }
            #expect(most > 40)
        }
    }
}
