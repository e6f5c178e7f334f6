import App
import Foundation
import HTTPTypes
import HummingbirdTesting
import JSON
import Monitoring
import NIOCore
import Statistics
import Testing

/// Nothing is null without saying why.
///
/// One after the other, because each situation is a service with connections of its own.
@Suite(.serialized, .timeLimit(.minutes(15)))
struct NullReasonTests {
    private static func definition(_ task: String) -> String {
        """
        {"task": "\(task)", "segments": [["c"]], "windows": [{"length": "1h", "step": "1h"}, {"length": "2h", "step": "1h"}],
         "features": {"x": {"type": "numeric", "min": 0, "max": 10}, "k": {"type": "numeric"}, "n": {"type": "numeric"},
                      "c": {"type": "categorical"}, "t": {"type": "text"}, "v": {"type": "embedding", "dimension": 2}}}
        """
    }

    private static let hour = "length=1h&end=2026-02-01T06:00:00Z"

    private static func setUp(_ situation: NullSituation, _ service: ServiceFixture) async throws {
        let (csv, stretch) = ("application/x-ndjson", "/v1/models/m/references/")
        #expect(try await service.call(.put, "/v1/models/m", definition(situation.task)).status == 201)
        if !situation.reference.isEmpty {
            let body = situation.reference.joined(separator: "\n")
            #expect(try await service.call(.put, stretch + "training", body, type: csv).status == 201)
            let rolling = #"{"trailing": "2h"}"#
            #expect(try await service.call(.put, stretch + "before", rolling).status == 201)
        }
        for (noun, rows) in [("predictions", situation.rows), ("labels", situation.labels)] where !rows.isEmpty {
            let answer = try await service.call(
                .post, "/v1/models/m/\(noun)", rows.joined(separator: "\n"), type: csv)
            #expect(answer.status == 200, "\(answer.body)")
        }
        try await service.call(.post, "/v1/models/m/watermark", #"{"to": "2026-02-01T08:00:00Z"}"#)
    }

    /// Reads a document that must be there, and what is wrong with its nulls.
    @discardableResult
    private static func walk(_ path: String, _ service: ServiceFixture) async throws -> NullWalk {
        let answer = try await service.call(.get, "/v1/models/m/" + path)
        #expect(answer.status == 200, "\(path) \(answer.body)")
        let walk = NullWalk(answer.body)
        #expect(walk.faults == [], "\(path)")
        return walk
    }

    @Test(arguments: NullSituation.all)
    func `every null has a reason beside it, and every reason a null`(situation: NullSituation) async throws {
        try await ServiceFixture.with { service in
            try await Self.setUp(situation, service)
            let hasReference = !situation.reference.isEmpty
            let all = hasReference ? "&references=all" : ""
            let methods = "&methods=psi:none,psi:decile-right/none,kl:none,psi:evidently,js_distance:nannyml"
            let window = try await Self.walk("windows?\(Self.hour)\(all)\(methods)", service)
            for (path, reason) in situation.expected { #expect(window.reasons[path] == reason, "\(path)") }
            let empty = try await Self.walk("windows?length=1h&end=2026-02-01T03:00:00Z\(all)\(methods)", service)
            #expect(empty.reasons["features.x.mean"] == "no_rows" && empty.reasons["label_coverage"] == "no_rows")
            let known = try await Self.walk("windows?\(Self.hour)&known_at=end\(methods)", service)
            #expect(known.reasons["labels_lag"] == "not_at_end")
            let other = try await Self.walk("windows?length=3h&end=2026-02-01T06:00:00Z\(methods)", service)
            #expect(other.reasons["volume"] == "not_watched")
            for slice in ["&segment=c%3Da", "&segment=c%3Dnobody", "&version=1", "&decay_against=2026-02-01T05:00:00Z"]
            {
                try await Self.walk("windows?\(Self.hour)\(slice)", service)
            }
            if hasReference {
                try await Self.walk("references/training", service)
                try await Self.walk("references/before", service)
                try await Self.walk("windows?\(Self.hour)&reference=before", service)
            }
        }
    }

    @Test(arguments: NullSituation.all)
    func `explanations, versions and groups tell why as well`(situation: NullSituation) async throws {
        try await ServiceFixture.with { service in
            try await Self.setUp(situation, service)
            for measure in Measure.judgedForExplanation {
                for end in ["06", "03"] {
                    let path = "windows/explain?length=1h&end=2026-02-01T\(end):00:00Z&measure=\(measure)"
                    try await Self.walk(path, service)
                    try await Self.walk("\(path)&known_at=end", service)
                }
            }
            try await Self.walk("windows/explain?\(Self.hour)&against=2026-02-01T05:00:00Z", service)
            if situation.rows.count > 1 {
                try await Self.walk("versions/compare?\(Self.hour)&a=1&b=2", service)
                try await Self.walk("versions/compare?length=1h&end=2026-02-01T03:00:00Z&a=1&b=2", service)
            }
            let main = situation.task == "regression" ? "mae" : "accuracy"
            for asked in [
                "", "&measure=psi&feature=x", "&measure=ks_p_value&feature=k", "&measure=std&feature=n",
                "&measure=mean_shift&feature=k", "&measure=volume_ratio", "&measure=estimate_trust",
                "&measure=unseen_ratio_p_value&feature=c", "&measure=\(main)",
            ] {
                try await Self.walk("segments?\(Self.hour)&by=c\(asked)", service)
                try await Self.walk("segments?length=1h&end=2026-02-01T03:00:00Z\(asked)", service)
            }
            guard situation.task != "none" else { return }
            let positive = situation.task == "multiclass" ? "&class=u" : ""
            for more in ["", "&smallest=1", "&smallest=1&reference_group=a", "&known_at=end"] {
                try await Self.walk("fairness?\(Self.hour)&by=c\(positive)\(more)", service)
            }
            try await Self.walk("fairness?length=1h&end=2026-02-01T03:00:00Z&by=c\(positive)", service)
        }
    }

    @Test func `the contract and the manual name exactly the reasons that there are`() async throws {
        try await ServiceFixture.with { service in
            let contract = try await service.client.execute(uri: "/openapi.yaml", method: .get) { response in
                String(buffer: response.body)
            }
            let line = try #require(contract.split(separator: "\n").first { $0.hasPrefix("    NullReason:") })
            let list = try #require(line.firstMatch(of: /enum: \[([a-z_, ]+)\]/)?.output.1)
            let all = NullReason.allCases.map(\.rawValue)
            #expect(list.split(separator: ", ").map(String.init) == all)
            let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs")
            let manual = try String(contentsOf: folder.appending(path: "nulls.md"), encoding: .utf8)
            #expect(manual.matches(of: /(?m)^\| `([a-z_]+)` \|/).map { String($0.output.1) } == all)
        }
    }
}

extension Measure {
    /// The measures that can be explained.
    fileprivate static let judgedForExplanation = allCases.filter { $0.drift.map { !$0.isProbability } ?? false }
        .map(\.rawValue)
}
