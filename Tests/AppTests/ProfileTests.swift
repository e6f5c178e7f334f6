import Foundation
import HTTPTypes
import HummingbirdTesting
import JSON
import Monitoring
import NIOCore
import Statistics
import Store
import Testing

@testable import App

/// Portable profiles over HTTP: out, in, and made elsewhere.
@Suite(.timeLimit(.minutes(15)))
struct ProfileTests {
    private static let settings = """
        {"task":"binary","features":{"x":{"type":"numeric"},"y":{"type":"numeric"},"c":{"type":"categorical"}},
         "segments":[["c"]],"grid_points":64,"windows":[{"length":"1d","step":"1d"}]}
        """

    /// Training rows with ties, nulls, tiny and great numbers, more distinct values than cut points, and some labels.
    private static let training: String = {
        var random = SplitMix(seed: 7)
        var text = "x,y,c,prediction,score,actual\n"
        for row in 0..<700 {
            let x = row % 50 == 0 ? "" : "\(Double(random.next() % 100_000) / 997 - 40)"
            let y = row % 3 == 0 ? "1.5" : "\(Double(random.next() % 1000) * 1e-7)"
            let score = Double(random.next() % 300) / 300
            let label = row % 5 == 0 ? "" : (Double(random.next() % 100) / 100 < score ? "1" : "0")
            text += "\(x),\(y),k\(random.next() % 3),\(score >= 0.5 ? 1 : 0),\(score),\(label)\n"
        }
        return text
    }()

    private static let logged: String = {
        var random = SplitMix(seed: 11)
        return (0..<400).map { row in
            let x = row % 30 == 0 ? "null" : "\(Double(random.next() % 100_000) / 997 - 35)"
            let score = Double(random.next() % 1000) / 1000
            return """
                {"prediction_id":"\(row)","timestamp":"2026-01-01T0\(row % 10):00:00Z",\
                "features":{"x":\(x),"y":\(Double(random.next() % 900) * 2e-7),"c":"k\(random.next() % 4)"},\
                "prediction":"\(random.next() % 2)","score":\(score)}
                """
        }.joined(separator: "\n")
    }()

    private func model(_ service: ServiceFixture, _ name: String) async throws {
        #expect(try await service.call(.put, "/v1/models/\(name)", Self.settings).status == 201)
        let answer = try await service.call(
            .post, "/v1/models/\(name)/predictions", Self.logged, type: "application/x-ndjson")
        #expect(answer.status == 200)
    }

    private func profile(_ service: ServiceFixture, _ path: String) async throws -> (status: Int, text: String) {
        try await service.client.execute(
            uri: path, method: .get, headers: [.accept: ProfileFormat.mediaType]
        ) { response in (response.status.code, String(buffer: response.body)) }
    }

    /// A window without what names the model and the kind of the reference, and without some other members.
    private func window(
        _ service: ServiceFixture, _ model: String, _ more: String = "", without names: [String] = []
    ) async throws -> String {
        let answer = try await service.call(
            .get, "/v1/models/\(model)/windows?length=1d&end=2026-01-02T00:00:00Z\(more)")
        #expect(answer.status == 200)
        let members = (answer.body.members ?? []).filter { !(names + ["model", "reference"]).contains($0.name) }
        #expect(answer.body["features"]?["x"]?["drift"]?["ks"]?["value"]?.double != nil)
        return JSONNode.object(members).text
    }

    /// The measures of drift of a feature, and its bins.
    private func drift(_ service: ServiceFixture, _ model: String, of feature: String) async throws -> String {
        let answer = try await service.call(.get, "/v1/models/\(model)/windows?length=1d&end=2026-01-02T00:00:00Z")
        let column = answer.body["features"]?[feature]
        #expect(column?["drift"]?["psi"]?["value"]?.double != nil)
        return (column?["drift"]?.text ?? "") + (column?["bins"]?.text ?? "") + (column?["categories"]?.text ?? "")
    }

    @Test func `a profile that leaves and comes back is the same reference, bit for bit`() async throws {
        try await ServiceFixture.with { service in
            try await model(service, "a")
            try await model(service, "b")
            try await service.call(.put, "/v1/models/a/references/training", Self.training, type: "text/csv")
            let first = try await profile(service, "/v1/models/a/references/training")
            #expect(first.status == 200)
            let put = try await service.call(
                .put, "/v1/models/b/references/training", first.text, type: ProfileFormat.mediaType)
            #expect(put.status == 201, "\(put.body.text)")
            #expect(put.body["kind"]?.string == "profile")
            #expect(try await profile(service, "/v1/models/b/references/training").text == first.text)
            let stored = try await [1, 2].asyncMap { id in
                try await service.store.references(model: Int32(id)).map(\.summary)
            }
            #expect(stored[0] == stored[1] && stored[0].count == 1)
            for more in ["", "&segment=c%3Dk1", "&methods=psi:decile-left/floor1e-4"] {
                let same = try await window(service, "a", more) == window(service, "b", more)
                #expect(same)
            }
        }
    }

    /// The training rows with weights in a column `w`: some 1, some empty, some far from it.
    private static let weighed: String = {
        let weights = ["1", "", "3", "0.25", "7.5", "1"]
        let lines = training.split(separator: "\n")
        return lines.enumerated().map { row, line in "\(line),\(row == 0 ? "w" : weights[row % 6])\n" }.joined()
    }()

    @Test(arguments: [false, true])
    func `a profile that the Python script makes is the same reference as the rows`(isWeighed: Bool) async throws {
        let training = isWeighed ? Self.weighed : Self.training
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../examples")
        let script = source.appending(path: "driftline_profile.py")
        let rows = FileManager.default.temporaryDirectory.appending(path: "profile-\(UUID().uuidString).csv")
        try Data(training.utf8).write(to: rows)
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path, "--task", "binary", "--grid-points", "64", rows.path]
        if isWeighed { process.arguments? += ["--weight", "w"] }
        process.standardOutput = pipe
        try process.run()
        let made = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try FileManager.default.removeItem(at: rows)
        #expect(process.terminationStatus == 0)
        let text = String(decoding: made, as: UTF8.self)
        try await ServiceFixture.with { service in
            try await model(service, "a")
            try await model(service, "b")
            try await service.call(
                .put, "/v1/models/a/references/training\(isWeighed ? "?weight=w" : "")", training, type: "text/csv")
            let put = try await service.call(
                .put, "/v1/models/b/references/training", text, type: ProfileFormat.mediaType)
            #expect(put.status == 201, "\(put.body.text)")
            for name in ["weight", "effective_count"] {
                let summaries = try await ["a", "b"].asyncMap { model in
                    try await service.call(.get, "/v1/models/\(model)/references/training").body[name]?.double
                }
                #expect(summaries[0] == summaries[1] && (summaries[0] != nil) == isWeighed, "\(name)")
            }
            for name in ["x", "y", "c"] {
                let (rows, profile) = (try await drift(service, "a", of: name), try await drift(service, "b", of: name))
                #expect(rows == profile, "\(name)")
            }
            for model in ["a", "b"] {
                try await service.call(.post, "/v1/models/\(model)/watermark", #"{"to":"2026-01-02T00:00:00Z"}"#)
            }
            let time = "time=2026-01-02T00:00:00Z"
            let own = "query=driftline_roc_auc_reference%7Bmodel%3D%22a%22%2Cversion%3D%22%22%2Csegment%3D%22%22%7D"
            let other = own.replacingOccurrences(of: "%22a%22", with: "%22b%22")
            let values = try await [own, other].asyncMap { query in
                let answer = try await service.call(.get, "/api/v1/query?\(time)&\(query)")
                return answer.body["data"]?["result"]?.elements?.first?["value"]?.elements?.last?.string
            }
            #expect(values[0] != nil && values[0] == values[1])
        }
    }

    @Test func `what a profile tells of weights in the open is all that columns need of them`() async throws {
        try await ServiceFixture.with { service in
            try await model(service, "a")
            try await model(service, "b")
            try await service.call(
                .put, "/v1/models/a/references/training?weight=w", Self.weighed, type: "text/csv")
            var members =
                try JSONNode(parsing: try await profile(service, "/v1/models/a/references/training").text)
                .members ?? []
            members.removeAll { ["extension", "outcomes", "content_hash"].contains($0.name) }
            let put = try await service.call(
                .put, "/v1/models/b/references/training", JSONNode.object(members).text, type: ProfileFormat.mediaType)
            #expect(put.status == 201, "\(put.body.text)")
            for name in ["x", "y", "c"] {
                let (rows, profile) = (try await drift(service, "a", of: name), try await drift(service, "b", of: name))
                #expect(rows == profile, "\(name)")
            }
        }
    }

    @Test(arguments: [
        ("squares", "\"-99999999999\""), ("squares", "7"), ("missing_squares", "[[\"nowhere\",\"1\"]]"),
        ("missing_squares", "[[\"c\",\"5000000\"]]"),
        ("more", "{\"rows\":5,\"columns\":[{\"column\":\"c\",\"kind\":\"categorical\",\"categories\":[[\"k1\",4]]}]}"),
        ("less", "{\"rows\":0,\"columns\":[{\"column\":\"c\",\"kind\":\"categorical\",\"categories\":[]}]}"),
        ("most", "{}"),
    ])
    func `weights that cannot be are refused with their place`(member: String, value: String) async throws {
        try await ServiceFixture.with { service in
            try await model(service, "a")
            var weights: [(String, String)] = [
                ("squares", "\"3145728\""),
                (
                    "more",
                    "{\"rows\":1024,\"columns\":[{\"column\":\"c\",\"kind\":\"categorical\",\"categories\":[[\"k1\",1024]]}]}"
                ),
            ]
            func body(_ weights: [(String, String)]) -> String {
                """
                {"format":"driftline.profile","format_version":1,"task":"binary","rows":4,"columns":[
                 {"column":"c","kind":"categorical","categories":[["k1",3],["k2",1]]}],
                 "weights":{\(weights.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}}
                """
            }
            let path = "/v1/models/a/references/training"
            let sound = try await service.call(.put, path, body(weights), type: ProfileFormat.mediaType)
            #expect(sound.status == 201, "\(sound.body.text)")
            #expect(sound.body["weight"]?.double == 5)
            weights = weights.filter { $0.0 != member } + [(member, value)]
            let refused = try await service.call(.put, path, body(weights), type: ProfileFormat.mediaType)
            #expect(refused.status == 422)
            let pointer = refused.body["errors"]?.elements?.first?["pointer"]?.string ?? ""
            #expect(pointer.hasPrefix("/weights/\(member)"), "\(refused.body.text)")
        }
    }

    @Test func `a profile fixes the features of a model that has none`() async throws {
        try await ServiceFixture.with { service in
            try await model(service, "a")
            try await service.call(.put, "/v1/models/a/references/training", Self.training, type: "text/csv")
            var members =
                try JSONNode(parsing: try await profile(service, "/v1/models/a/references/training").text)
                .members ?? []
            members.removeAll { ["extension", "outcomes", "content_hash", "segments"].contains($0.name) }
            try await service.call(.put, "/v1/models/n", "{\"task\":\"binary\"}")
            let put = try await service.call(
                .put, "/v1/models/n/references/training", JSONNode.object(members).text, type: ProfileFormat.mediaType)
            #expect(put.status == 201, "\(put.body.text)")
            let shown = try await service.call(.get, "/v1/models/n").body
            #expect(shown["features"]?["x"]?["type"]?.string == "numeric")
            #expect(shown["features"]?["c"]?["type"]?.string == "categorical")
        }
    }

    @Test func `a profile on other cut points is refused under another name, a rolling reference has none`()
        async throws
    {
        try await ServiceFixture.with { service in
            try await model(service, "a")
            try await service.call(.put, "/v1/models/a/references/training", Self.training, type: "text/csv")
            try await service.call(.put, "/v1/models/a/references/last", "{\"shift\":\"1d\"}")
            #expect(try await profile(service, "/v1/models/a/references/last").status == 406)
            let same = try await profile(service, "/v1/models/a/references/training").text
            #expect(
                try await service.call(
                    .put, "/v1/models/a/references/copy", same, type: ProfileFormat.mediaType
                ).status == 201)
            #expect(try await window(service, "a") == window(service, "a", "&reference=copy"))
            try await service.call(
                .put, "/v1/models/a/references/training", "x,y,c\n1,2,k1\n2,3,k1\n", type: "text/csv")
            let other = try await service.call(
                .put, "/v1/models/a/references/other", same, type: ProfileFormat.mediaType)
            #expect(other.status == 422)
            #expect(other.body["errors"]?.elements?.first?["pointer"]?.string == "/columns")
        }
    }
}

extension Array {
    /// The elements, each turned into another, one after the other.
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
        var list: [Result] = []
        for element in self { list.append(try await body(element)) }
        return list
    }
}

/// Seeded numbers for rows (Steele, Lea and Flood 2014).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
