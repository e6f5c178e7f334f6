import Hummingbird
import JSON
import Monitoring
import Query
import Store

/// Prometheus's HTTP API over the models' series, in event time, so that its clients and Grafana read them as they are.
struct PrometheusRoutes {
    let models: ModelCatalog
    let settings: ActiveSettings
    let store: Store

    func add(to router: Router<APIContext>) {
        both("api/v1/query", router) { try await query($0) }
        both("api/v1/query_range", router) { try await queryRange($0) }
        both("api/v1/series", router) { try await series($0) }
        both("api/v1/labels", router) { try await labels($0) }
        router.get("api/v1/label/:name/values") { request, context in
            try await Self.answer { try await values(of: context.parameters.require("name"), Form(request)) }
        }
        router.get("api/v1/rules") { request, _ in try await Self.answer { try await rules(Form(request)) } }
        router.get("api/v1/alerts") { _, _ in try await Self.answer { try await alerts() } }
        router.get("api/v1/status/buildinfo") { _, _ in Self.build }
    }

    /// Long queries come in a form, short ones in the address.
    private func both(
        _ path: RouterPath, _ router: Router<APIContext>, _ body: @escaping @Sendable (Form) async throws -> Response
    ) {
        for method in [HTTPRequest.Method.get, .post] {
            router.on(path, method: method) { request, _ in try await Self.answer { try await body(Form(request)) } }
        }
    }

    /// Tells failures in Prometheus's way.
    private static func answer(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let failure as PrometheusAnswer.Failure {
            return failure.response
        }
    }

    /// Clients choose their requests by this version, so it is that of the API that is followed.
    private static var build: Response {
        PrometheusAnswer.data { writer in
            writer.object { object in
                object.member("version", "2.42.0")
                object.member("revision", "driftline \(Version.current)")
                object.member("branch", "")
                object.member("buildUser", "")
                object.member("buildDate", "")
                object.member("goVersion", "")
            }
        }
    }

    /// Every model as its series are read now.
    func subjects() async -> [(subject: SeriesReader.Subject, windows: LiveWindows)] {
        var subjects: [(subject: SeriesReader.Subject, windows: LiveWindows)] = []
        for model in await models.all { subjects.append((await SeriesReader.Subject(model), model.windows)) }
        return subjects
    }

    /// The expression of a parameter.
    static func expression(_ text: String?, _ name: String) throws(PrometheusAnswer.Failure) -> Expression {
        guard let text else { throw .badData("invalid parameter \"\(name)\": it is empty; give an expression") }
        do throws(QueryError) {
            return try Expression(text)
        } catch {
            throw .badData("invalid parameter \"\(name)\": \(error)")
        }
    }
}
