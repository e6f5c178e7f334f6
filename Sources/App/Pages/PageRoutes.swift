import Alerting
import HTTPTypes
import Hummingbird
import JSON
import Monitoring
import Query
import Store

/// The web pages: models, windows, alerts, deliveries, and the few things that people do there.
struct PageRoutes {
    let store: Store
    let models: ModelCatalog
    let settings: ActiveSettings
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        let alerts = AlertRoutes(store: store, models: models, settings: settings, now: now)
        router.get("/") { request, _ in
            try await page { try await OverviewPage.page(models, store, after: request.parameter("after")) }
        }
        router.get("pages/style.css") { _, _ in
            Answer.bytes(
                .ok, headers: [.cacheControl: "max-age=300", .xContentTypeOptions: "nosniff"],
                type: "text/css; charset=utf-8",
                Array(StyleSheet.text.utf8))
        }
        router.get("pages/models/:model") { request, context in
            try await page { try await WindowPage.page(request, context, models, store) }
        }
        router.get("pages/alerts") { request, _ in
            try await page { try await AlertsPage.page(store, request) }
        }
        router.get("pages/alerts/:fingerprint") { _, context in
            try await page { try await AlertPage.page(alerts, try context.parameters.require("fingerprint")) }
        }
        router.post("pages/alerts/:fingerprint/acknowledge") { request, context in
            try await answer { try await acknowledge(request, context) }
        }
        router.post("pages/alerts/:fingerprint/silence") { request, context in
            try await answer { try await silence(request, context) }
        }
        router.post("pages/alerts/:fingerprint/silences/:id/end") { _, context in
            try await answer { try await endSilence(context, alerts) }
        }
        router.get("pages/deliveries") { request, _ in
            try await page { try await DeliveriesPage.page(store, request) }
        }
        router.post("pages/deliveries/:id/redeliver") { request, context in
            try await answer { try await redeliver(request, context) }
        }
    }

    private func page(_ make: () async throws -> Page) async throws -> Response {
        try await answer { try await make().response }
    }

    /// What went wrong is told as a page, too.
    private func answer(_ make: () async throws -> Response) async throws -> Response {
        do {
            return try await make()
        } catch let problem as Problem {
            let detail: Markup = problem.detail.map { "<p>\($0)</p>" } ?? .empty
            return Page(title: problem.title, content: detail, status: problem.status).response
        }
    }

    private func acknowledge(_ request: Request, _ context: APIContext) async throws -> Response {
        let form = try await PrometheusRoutes.Form(request)
        let fingerprint = try context.parameters.require("fingerprint")
        let person = CutText.bytes(form["by"] ?? "", most: 200)
        guard try await store.acknowledge(fingerprint: fingerprint, by: person, at: now()) else {
            throw Problem.unknown("firing alert")
        }
        return Page.redirection(to: "/pages/alerts/\(PageText.encoded(fingerprint))")
    }

    /// The stretches that the page offers; whoever wants another one has `amtool`.
    private static let longest = PrometheusDuration.days(30)

    private func silence(_ request: Request, _ context: APIContext) async throws -> Response {
        let form = try await PrometheusRoutes.Form(request)
        let fingerprint = try context.parameters.require("fingerprint")
        guard let record = try await store.alertRecords(fingerprint: fingerprint).first,
            let alert = AlertDocument.alert(of: record.alert.state)
        else { throw Problem.unknown("alert") }
        guard let length = form["for"].flatMap({ PrometheusDuration($0) }), length > .zero, length <= Self.longest
        else {
            throw Problem.invalid([("/for", "give a duration of at most 30d, such as 4h")])
        }
        guard try await store.silenceCount(endingAfter: now()) < Store.mostSilences else {
            throw Problem.conflict("there are \(Store.mostSilences) silences already; expire some")
        }
        // Silences run on the clock of the model, which a replayed log moves.
        let progress = await models.windows(of: record.model)?.progress
        let start = progress.map { $0.isLive ? now() : $0.evaluatedTo ?? now() } ?? now()
        let matchers = try alert.labels.pairs.map {
            try LabelMatcher(name: $0.name, operation: .equal, value: $0.value)
        }
        let silence = Silence(
            id: AlertmanagerRoutes.uuid(), matchers: matchers, startsAt: start, endsAt: start + length,
            createdBy: CutText.bytes(form["by"] ?? "", most: 200),
            comment: CutText.bytes(form["comment"] ?? "from the page of the alert", most: 1000), updatedAt: now())
        try await store.put(SilenceDocument.stored(silence))
        settings.isPosted = true
        return Page.redirection(to: "/pages/alerts/\(PageText.encoded(fingerprint))")
    }

    /// Ends a silence on the clock of the alert's model, which may be far from the wall clock.
    private func endSilence(_ context: APIContext, _ alerts: AlertRoutes) async throws -> Response {
        let fingerprint = try context.parameters.require("fingerprint")
        let id = try context.parameters.require("id")
        guard let record = try await store.alertRecords(fingerprint: fingerprint).first,
            let alert = AlertDocument.alert(of: record.alert.state)
        else { throw Problem.unknown("alert") }
        let clock = try await alerts.clock(of: record.model)
        let silences = try await store.silences(endingAfter: clock).compactMap(SilenceDocument.silence)
        guard let silence = silences.first(where: { $0.id.utf8.elementsEqual(id.utf8) && $0.matches(alert.labels) })
        else { throw Problem.conflict("there is no such silence of this alert, or it has ended already") }
        try await store.put(SilenceDocument.stored(silence.ended(at: clock, changedAt: now())))
        settings.isPosted = true
        return Page.redirection(to: "/pages/alerts/\(PageText.encoded(fingerprint))")
    }

    private func redeliver(_ request: Request, _ context: APIContext) async throws -> Response {
        let form = try await PrometheusRoutes.Form(request)
        guard try await store.redeliver(try context.parameters.require("id"), at: now()) else {
            throw Problem.conflict("there is no such delivery, or it is on its way already")
        }
        let state = DeliveriesPage.states.first { $0 == form["state"] }
        return Page.redirection(to: "/pages/deliveries" + (state.map { "?state=\($0)" } ?? ""))
    }
}
