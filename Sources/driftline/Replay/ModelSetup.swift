import JSON

/// Makes a model and its reference, where they are asked for.
struct ModelSetup {
    let client: ServiceClient
    let model: String
    let console: Console

    /// The path of the model's routes.
    var path: String { "/v1/models/\(ServiceCall.escaped(model))" }

    /// The time within which a service must have answered at all.
    private static let firstPatience: Duration = .seconds(10)

    /// Waits for the service, creates the model from a schema if there is one, and reads its state.
    func prepare(schema: SchemaDocument?) async throws -> ModelState {
        if let schema {
            _ = try await client.success(of: .json("PUT", path, schema.document), patience: Self.firstPatience)
            console.note("model \(model) is set up")
        }
        let call = ServiceCall.get(path)
        let answer = try await client.answer(to: call, patience: Self.firstPatience)
        guard answer.status != 404 else {
            throw CommandFailure("there is no model \(model): give --schema schema.json to create it")
        }
        guard answer.isSuccess else { throw ServiceClient.refusal(of: call, answer) }
        return ModelState(answer.document)
    }

    /// Sends the reference `training` from a CSV file, unless there is one already.
    ///
    /// A second version would count from today only, which for an old log is never. Where the file has the column `weight`
    /// its rows are weighted by it.
    func putReference(path file: String, renaming: [String: String], weight: String?) async throws {
        let target = "\(path)/references/training"
        if try await hasReference(target) {
            console.note("the reference training is there already and stays as it is")
            return
        }
        let body = try Self.contents(of: file, renaming: renaming)
        let query = try weight.map { name throws(CommandFailure) in
            try Self.hasColumn(name, in: file, renaming) ? "?weight=" + ServiceCall.escaped(name) : ""
        }
        var call = ServiceCall.csv("PUT", target + (query ?? ""), body)
        call.timeout = .seconds(1800)
        let summary = try await client.success(of: call)
        let rows = summary["count"]?.int64.map { " of \(Int($0).grouped) rows" } ?? ""
        console.note("reference training\(rows) is in force")
    }

    private func hasReference(_ target: String) async throws -> Bool {
        let call = ServiceCall.get(target)
        let answer = try await client.answer(to: call)
        if answer.status == 404 { return false }
        guard answer.isSuccess else { throw ServiceClient.refusal(of: call, answer) }
        return true
    }

    private static func hasColumn(
        _ name: String, in path: String, _ renaming: [String: String]
    ) throws(CommandFailure) -> Bool {
        var reader = try CSVReader(try InputFile(path: path))
        guard let first = try reader.next() else { return false }
        return CSVHeader(first, renaming: renaming).column([name]) != nil
    }

    private static func contents(of path: String, renaming: [String: String]) throws(CommandFailure) -> [UInt8] {
        let bytes = try InputFile(path: path).contents(limit: 1 << 30)
        guard !renaming.isEmpty else { return bytes }
        var reader = try CSVReader(try InputFile(path: path))
        guard let first = try reader.next() else { throw CommandFailure("\(path) is empty: it needs a header line") }
        let rest = bytes.drop { $0 != CSVSyntax.newline }.dropFirst()
        return CSVHeader(first, renaming: renaming).line + rest
    }
}
