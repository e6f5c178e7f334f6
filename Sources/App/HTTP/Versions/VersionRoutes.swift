import Hummingbird
import JSON
import Monitoring
import Statistics
import Store

/// The versions of a model: which there are, and two of them side by side.
struct VersionRoutes {
    let models: ModelCatalog
    let store: Store

    /// The most versions in one answer.
    private static let most = 1000

    func add(to router: Router<APIContext>) {
        router.get("v1/models/:model/versions") { request, context in try await list(request, context) }
        router.get("v1/models/:model/versions/compare") { request, context in try await compare(request, context) }
    }

    private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(except: ["from", "to"])
        let model = try await context.model(in: models)
        let form = PrometheusRoutes.Form(query: request.uri.query ?? "")
        let (from, to) = (try form.instant("from") ?? .earliest, try form.instant("to") ?? .latest)
        guard from < to else { throw Problem.invalid([("?to", "the end comes after the start")]) }
        let versions = try await store.versions(model: model.id, from: from, to: to, most: Self.most)
        return Answer.json { writer in
            writer.object { object in
                object.member("model", model.name)
                object.array("versions") { array in
                    for version in versions {
                        array.object { entry in
                            entry.member("version", version.version.string)
                            entry.member("first", version.first.rfc3339)
                            entry.member("last", version.last.rfc3339)
                            entry.member("predictions", version.predictions)
                            entry.member("labels", version.labels)
                        }
                    }
                }
            }
        }
    }

    private func compare(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(except: ["length", "end", "a", "b"])
        let question = try await WindowQuestion(request, context, in: models)
        let (a, b) = (try version("a", question.form), try version("b", question.form))
        guard a != b else { throw Problem.invalid([("?b", "give another version than a")]) }
        for (name, version) in [("a", a), ("b", b)] where await !question.model.windows.hasVersion(version) {
            throw Problem.invalid([("?\(name)", "no row names this version; see the list of versions")])
        }
        let comparison = try await VersionComparison(question, a, b, store)
        return Answer.json { writer in writer.object { comparison.write(to: &$0) } }
    }

    private func version(_ name: String, _ form: PrometheusRoutes.Form) throws(Problem) -> ByteText {
        guard let text = form[name] else { throw .invalid([("?\(name)", "name a version of the model, as in 2")]) }
        return ByteText(text)
    }
}

extension LiveWindows {
    /// Whether a version has a slice of its own.
    func hasVersion(_ version: ByteText) -> Bool { slices.versions.contains(version) }
}
