import Alerting
import App
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Integrations
import JSON
import Monitoring
import NIOCore
import Store
import Testing

/// What people see, and what they may do there.
@Suite(.timeLimit(.minutes(3)))
struct PageTests {
    private static let hostile = #"<script>alert(1)</script>"'&"#
    private static let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;"

    /// An answer with its headers and its text.
    private struct Seen {
        let status: Int
        let headers: HTTPFields
        let text: String
    }

    private static func see(
        _ service: ServiceFixture, _ path: String, _ method: HTTPRequest.Method = .get, form: String = "",
        headers: HTTPFields = [:]
    ) async throws -> Seen {
        var fields = headers
        if method == .post { fields[.contentType] = "application/x-www-form-urlencoded" }
        return try await service.client.execute(uri: path, method: method, headers: fields, body: .init(string: form)) {
            Seen(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
        }
    }

    /// A model whose names are hostile, with a reference and two hours of rows, and a rule that fires.
    private static func prepare(_ service: ServiceFixture) async throws -> AlertingFixture {
        let name = #"<script>alert(1)</script>\"'&"#
        var live = try await AlertingFixture(
            service,
            rules: """
                      - alert: Moved
                        expr: driftline_psi{segment="",version="",feature!="c"} > 0.2
                        annotations: {summary: '<b>{{ $labels.feature }}</b>'}
                """,
            features: #"{"\#(name)":{"type":"numeric"},"c":{"type":"categorical"}}"#)
        let columns = ["\"\(hostile.replacing("\"", with: "\"\""))\",c"]
        let rows = (0..<400).map { "\($0 % 20),\($0 % 2 == 0 ? "a" : "<img src=x onerror=alert(2)>")" }
        let made = try await service.call(
            .put, "/v1/models/m/references/training", (columns + rows).joined(separator: "\n"), type: "text/csv")
        #expect(made.status < 300, "\(made)")
        for hour in 0..<2 {
            let lines = (0..<400).map { row in
                #"{"prediction_id":"\#(hour)-\#(row)","timestamp":"\#(AlertingFixture.time(Double(hour) + 0.1).rfc3339)","features":{"\#(name)":\#(hour == 0 ? row % 20 : 15 + row % 5),"c":"\#(row % 3 == 0 ? "a" : "<img src=x onerror=alert(2)>")"},"prediction":"1"}"#
            }
            let answer = try await service.call(
                .post, "/v1/models/m/predictions", lines.joined(separator: "\n"), type: "application/x-ndjson")
            #expect(answer.status == 200, "\(answer)")
        }
        try await live.reach(2)
        return live
    }

    private static func expectSafe(_ seen: Seen, _ place: String) {
        #expect(seen.status == 200, "\(place): \(seen.text.suffix(300))")
        let policy = seen.headers[.contentSecurityPolicy] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "\(place)")
        #expect(!policy.contains("unsafe") && !policy.contains("*"))
        #expect(seen.headers[.xContentTypeOptions] == "nosniff" && seen.headers[.cacheControl] == "no-store")
        #expect(seen.headers[.contentType] == "text/html; charset=utf-8")
        for part in ["<script", "<img", "<b>", "style=", "onclick", "javascript:"] {
            #expect(!seen.text.contains(part), "\(part) on \(place)")
        }
        // Every element that needs an end has one, so that no name has broken out.
        for name in ["a", "table", "tr", "td", "form", "section", "details", "svg", "div", "p", "dl", "ul", "span"] {
            let opened = seen.text.ranges(of: "<\(name)>").count + seen.text.ranges(of: "<\(name) ").count
            #expect(opened == seen.text.ranges(of: "</\(name)>").count, "<\(name)> on \(place)")
        }
    }

    @Test func `names that are markup are shown as text on every page, under a strict policy`() async throws {
        try await ServiceFixture.with { service in
            let live = try await Self.prepare(service)
            let fingerprint = try await live.alert("Moved")["fingerprint"]?.string ?? ""
            #expect(!fingerprint.isEmpty)
            for path in [
                "/", "/pages/models/m", "/pages/alerts", "/pages/alerts?state=firing&model=m",
                "/pages/alerts/\(fingerprint)", "/pages/deliveries", "/pages/deliveries?state=ready",
            ] { Self.expectSafe(try await Self.see(service, path), path) }
            let window = try await Self.see(service, "/pages/models/m")
            #expect(window.text.contains(Self.escaped))
            #expect(window.text.contains("&lt;img src=x onerror=alert(2)&gt;"))
            #expect(window.text.contains("<svg class=\"bins\"") && window.text.contains("threshold"))
            let alert = try await Self.see(service, "/pages/alerts/\(fingerprint)")
            #expect(alert.text.contains("&lt;b&gt;\(Self.escaped)&lt;/b&gt;"))
            let style = try await Self.see(service, "/pages/style.css")
            #expect(style.status == 200 && style.headers[.contentType] == "text/css; charset=utf-8")
        }
    }

    @Test func `the link of a message leads to the page of its window`() async throws {
        try await ServiceFixture.with { service in
            _ = try await Self.prepare(service)
            let deliveries = try await service.call(.get, "/v1/deliveries").body["deliveries"]?.elements ?? []
            let body = try #require(deliveries.first?["body"]?.string)
            let address = try #require(body.firstMatch(of: /"generatorURL":"http:\/\/driftline\.test([^"]+)"/))
            // The bins are told in the message, too.
            let told = try JSONNode(parsing: body)
            let bins = told["alerts"]?.elements?.first?["annotations"]?["bins"]?.string ?? ""
            #expect(bins.split(separator: "\n").count == 3 && bins.hasPrefix("reference "), "\(bins)")
            let path = String(address.1).replacing("\\u0026", with: "&")
            #expect(path.hasPrefix("/pages/models/m?length=1h&end="))
            let page = try await Self.see(service, path)
            Self.expectSafe(page, path)
            let first = try #require(page.text.firstMatch(of: /<h3>([^\n]*)<\/h3>/))
            #expect(first.1.contains(Self.escaped) && first.1.contains("drifted"))
        }
    }

    @Test func `a page that cannot be made says why, as a page`() async throws {
        try await ServiceFixture.with { service in
            _ = try await AlertingFixture(service, rules: "")
            for (path, status) in [
                ("/pages/models/nobody", 404), ("/pages/models/m?length=7", 422), ("/pages/models/m?end=never", 422),
                ("/pages/alerts/0123456789abcdef", 404), ("/pages/alerts?state=odd", 422),
                ("/pages/deliveries?state=odd", 422), ("/pages/deliveries?colour=red", 400),
            ] {
                let seen = try await Self.see(service, path)
                #expect(seen.status == status, "\(path)")
                #expect(
                    seen.headers[.contentType] == "text/html; charset=utf-8" && seen.text.contains("<h1>"), "\(path)")
            }
            #expect(try await Self.see(service, "/pages/models/m").text.contains("No window is complete yet"))
        }
    }

    @Test func `an alert is acknowledged and silenced from its page`() async throws {
        try await ServiceFixture.with { service in
            let live = try await Self.prepare(service)
            let fingerprint = try await live.alert("Moved")["fingerprint"]?.string ?? ""
            let path = "/pages/alerts/\(fingerprint)"
            let seen = try await Self.see(service, path + "/acknowledge", .post, form: "by=%3Cb%3EAda")
            #expect(seen.status == 303 && seen.headers[.location] == path)
            #expect(try await live.alert("Moved")["acknowledged_by"]?.string == "<b>Ada")
            #expect(try await Self.see(service, path).text.contains("Seen by &lt;b&gt;Ada"))
            let odd = try await Self.see(service, path + "/silence", .post, form: "for=9y&comment=x")
            #expect(odd.status == 422)
            let silenced = try await Self.see(service, path + "/silence", .post, form: "for=4h&by=Ada&comment=known")
            #expect(silenced.status == 303)
            let silences = try await service.call(.get, "/api/v2/silences").body.elements ?? []
            #expect(silences.count == 1 && silences.first?["comment"]?.string == "known")
            #expect(try await live.alert("Moved")["notifications"]?.elements?.first?["state"]?.string == "held")
            // The page says so, and ends it on the clock of the model, which is a month behind the wall's.
            let held = try await Self.see(service, path)
            Self.expectSafe(held, path)
            #expect(held.text.contains("by Ada: known") && held.text.contains("<summary>The rule</summary>"))
            let end = "\(path)/silences/\(silences.first?["id"]?.string ?? "")/end"
            #expect(held.text.contains("action=\"\(end)\""))
            #expect(try await Self.see(service, end, .post).status == 303)
            #expect(try await live.alert("Moved")["notifications"]?.elements?.first?["state"]?.string != "held")
            #expect(try await !Self.see(service, path).text.contains("End the silence"))
            #expect(try await Self.see(service, end, .post).status == 409)
        }
    }

    @Test func `a dead delivery is listed with its attempts and sent again with the same id`() async throws {
        try await ServiceFixture.with { service in
            _ = try await Self.prepare(service)
            let time = service.time.now
            let claimed = try await service.store.claimDeliveries(
                at: time, most: 1, leaseUntil: time + .minutes(1), holder: "h")
            let one = try #require(claimed.first)
            let attempt = DeliveryAttempt(
                delivery: one.delivery.id, attempt: one.attempt, at: time, status: 400, error: "status 400",
                excerpt: "<script>no</script>")
            _ = try await service.store.settle(
                one, .dead(reason: "status 400"), attempt: attempt, holder: "h", counts: true)
            let page = try await Self.see(service, "/pages/deliveries?state=dead")
            Self.expectSafe(page, "deliveries")
            #expect(page.text.contains("status 400") && page.text.contains("&lt;script&gt;no&lt;/script&gt;"))
            let action = "/pages/deliveries/\(one.delivery.id)/redeliver"
            #expect(page.text.contains("action=\"\(action)\""))
            let again = try await Self.see(service, action, .post, form: "state=dead")
            #expect(again.status == 303 && again.headers[.location] == "/pages/deliveries?state=dead")
            #expect(try await Self.see(service, action, .post, form: "state=//evil.example").status == 409)
            let due = try await service.store.claimDeliveries(
                at: time, most: 9, leaseUntil: time + .minutes(1), holder: "h")
            #expect(due.contains { $0.delivery.id == one.delivery.id })
        }
    }

    @Test func `who looks for a message that waits for a paused receiver reads why`() async throws {
        try await ServiceFixture.with { service in
            let live = try await Self.prepare(service)
            let time = service.time.now
            let claimed = try await service.store.claimDeliveries(
                at: time, most: 1, leaseUntil: time + .minutes(1), holder: "h")
            let one = try #require(claimed.first)
            let error = "status 410: the receiver says that it is gone"
            let attempt = DeliveryAttempt(
                delivery: one.delivery.id, attempt: one.attempt, at: time, status: 410, error: error, excerpt: nil)
            _ = try await service.store.settle(
                one, .waiting(until: time + .hours(1)), attempt: attempt, holder: "h", counts: true,
                evidence: .gone(error))
            let audience = try await live.alert("Moved")["notifications"]?.elements?.first
            #expect(audience?["state"]?.string == "sending")
            #expect(audience?["next"]?.string?.contains("paused since \(time.rfc3339) (\(error))") == true)
            let page = try await Self.see(service, "/pages/deliveries")
            Self.expectSafe(page, "deliveries")
            #expect(page.text.contains("<span class=\"mark bad\">paused</span> team/webhook/0"))
            #expect(page.text.contains(error))
        }
    }
}
