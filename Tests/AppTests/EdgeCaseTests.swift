import App
import HTTPTypes
import JSON
import Monitoring
import Testing

/// Awkward data from end to end: whatever comes, every number of every answer is finite or null.
///
/// One after the other, because each case is a service with connections of its own.
@Suite(.serialized, .timeLimit(.minutes(15)))
struct EdgeCaseTests {
    private static func definition(_ task: String) -> String {
        """
        {"task": "\(task)", "features": {"x": {"type": "numeric", "min": 0, "max": 10}, "c": {"type": "categorical"}},
         "windows": [{"length": "1h", "step": "1h"}, {"length": "6h", "step": "1h"}], "segments": [["c"]]}
        """
    }

    @Test(arguments: EdgeCase.all)
    func `every answer is a number or null`(edge: EdgeCase) async throws {
        try await ServiceFixture.with { service in
            #expect(try await service.call(.put, "/v1/models/m", Self.definition(edge.task)).status == 201)
            if let reference = edge.reference {
                let answer = try await service.call(
                    .put, "/v1/models/m/references/training", reference, type: "text/csv")
                #expect(answer.status == 201)
            }
            let upload = edge.upload
            let receipt = try await service.call(.post, "/v1/models/m/predictions", upload.body, type: upload.type)
            #expect(receipt.status == upload.status)
            if let accepted = upload.accepted { #expect(receipt.body["accepted"]?.int64 == accepted) }
            if let warnings = upload.warnings { #expect(receipt.body["warnings"]?.elements?.count == warnings) }
            if let labels = edge.labels {
                #expect(try await service.call(.post, "/v1/models/m/labels", labels, type: "text/csv").status == 200)
            }
            try await service.call(.post, "/v1/models/m/watermark", #"{"to": "2026-02-01T08:00:00Z"}"#)
            try await Self.readWindows(service)
            try await Self.readSeries(service)
            try await Self.readQueries(service)
        }
    }

    private static func readWindows(_ service: ServiceFixture) async throws {
        let methods = "psi:none,psi:decile-left/floor1e-4"
        // One window with the rows, one with them and empty hours, and one without any.
        for (length, end) in [("1h", "06"), ("6h", "07"), ("1h", "03")] {
            for slice in ["", "&segment=c%3Da", "&version=7", "&known_at=end"] {
                let path =
                    "/v1/models/m/windows?length=\(length)&end=2026-02-01T\(end):00:00Z&methods=\(methods)\(slice)"
                let answer = try await service.call(.get, path)
                #expect(answer.status == 200, "\(path)")
                #expect(answer.body.strangeNumbers == [], "\(path)")
                #expect(NullWalk(answer.body).faults == [], "\(path)")
            }
        }
    }

    private static func readSeries(_ service: ServiceFixture) async throws {
        for measure in Measure.allCases {
            let features =
                measure.scope.isPerFeature
                ? ["&feature=x", "&feature=c"] : measure.scope == .fairness ? ["&feature=c"] : [""]
            for feature in features {
                let path = "/v1/models/m/series?measure=\(measure.rawValue)&length=1h\(feature)"
                let answer = try await service.call(.get, path)
                #expect(answer.status == 200, "\(path) \(answer.body)")
                #expect(answer.body.strangeNumbers == [], "\(path)")
                #expect(answer.body["value"]?.elements?.count == answer.body["end"]?.elements?.count)
            }
        }
    }

    /// The same values as Prometheus's interface gives them, where a number is text and could be NaN.
    private static func readQueries(_ service: ServiceFixture) async throws {
        let query = "%7B__name__%3D~%22driftline_.%2B%22%7D"
        let answer = try await service.call(.get, "/api/v1/query?query=\(query)&time=2026-02-01T06:00:00Z")
        #expect(answer.status == 200)
        for sample in answer.body["data"]?["result"]?.elements ?? [] {
            let text = try #require(sample["value"]?.elements?.last?.string)
            #expect(try #require(Double(text)).isFinite, "\(sample)")
        }
    }
}

extension JSONNode {
    /// Every number in the document that is not finite.
    fileprivate var strangeNumbers: [Double] {
        switch self {
        case .object(let members): members.flatMap(\.value.strangeNumbers)
        case .array(let elements): elements.flatMap(\.strangeNumbers)
        case .number(let number): number.isFinite ? [] : [number]
        default: []
        }
    }
}
