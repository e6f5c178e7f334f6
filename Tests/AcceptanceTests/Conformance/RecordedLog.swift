import JSON
import Testing

/// A recorded log with the values that SciPy and scikit-learn give for its windows.
struct RecordedLog: Sendable {
    /// The logs.
    enum Name: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case elec2
        case bikeshare
        var testDescription: String { rawValue }
    }

    let name: String
    let document: JSONNode

    /// The ends of the windows.
    let ends: [String]

    /// The length of the windows.
    let length: String

    /// The columns with their expected values.
    let columns: [Column]

    /// A feature or an output of the model.
    struct Column: Sendable {
        let name: String
        let isNumeric: Bool
        let windows: JSONNode
        let reference: JSONNode
    }

    init(_ name: Name) throws {
        self.name = name.rawValue
        document = try SharedFiles.document("expected/windows_\(name.rawValue).json")
        ends = try #require(document["windows"]?["end"]?.elements).compactMap(\.string)
        length = try #require(document["parameters"]?["window"]?.string)
        columns = try #require(document["features"]?.members).map { member in
            Column(
                name: member.name, isNumeric: member.value["kind"]?.string == "numeric",
                windows: try #require(member.value["windows"]), reference: try #require(member.value["reference"]))
        }
        #expect(Int64(ends.count) == document["window_count"]?.int64)
    }

    /// The expected series under a path of keys; nil where the file has none.
    func series(_ path: String...) -> [Double?]? {
        path.reduce(document) { $0?[$1] }?.elements?.map(\.double)
    }

    /// The query for exactly the windows of the file.
    func span(_ more: [String: String] = [:]) -> [String: String] {
        more.merging(["from": ends[0], "to": ends[ends.count - 1]]) { $1 }
    }

    /// The command that replays the log.
    func replay(to service: Service, settings: [String]) -> [String] {
        func file(_ file: String) -> String { SharedFiles.path("data/\(name)/\(file)") }
        return [
            "replay", "--url", service.client.url, "--quiet", "--schema", file("schema.json"),
            "--reference", file("reference.csv"), "--predictions", file("predictions.csv"),
            "--labels", file("labels.csv"),
        ] + settings.flatMap { ["--set", $0] }
    }
}
