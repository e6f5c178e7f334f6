import App
import HTTPTypes
import JSON
import Monitoring
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite(.timeLimit(.minutes(15)))
struct ExplainRouteTests {
    /// A reference of two countries with labels, and a window in which Germany grew and behaves otherwise.
    static func prepare(_ service: ServiceFixture) async throws {
        try await SegmentedLog.model(service)
        var csv = "x,country,device,prediction,score,actual\n"
        for row in 0..<400 {
            let country = row % 4 == 0 ? "DE" : "FR"
            let prediction = row % 3 == 0 ? 1 : 0
            let actual = row % 10 == 0 ? 1 - prediction : prediction
            csv += "\(row % 50),\(country),ios,\(prediction),\(prediction == 1 ? 0.8 : 0.3),\(actual)\n"
        }
        let answer = try await service.call(.put, "/v1/models/m/references/training", csv, type: "text/csv")
        #expect(answer.status == 201)
        var blocks: [SegmentedLog.Block] = []
        for step in 0..<40 {
            blocks.append(
                .init(
                    country: "DE", version: "1", prediction: 1, actual: step % 2, count: 3, score: 0.8,
                    x: Double(20 + step)))
            blocks.append(
                .init(
                    country: "FR", version: "1", prediction: 0, actual: step % 10 == 0 ? 1 : 0, count: 2, score: 0.3,
                    x: Double(step)))
        }
        blocks.append(.init(country: nil, version: "1", prediction: 0, actual: 0, count: 9, score: 0.3, x: 4))
        try await SegmentedLog.send(blocks, service)
    }

    /// Reads the counts of an answer and computes the measure from them alone.
    private static func recomputed(_ feature: JSONNode, _ measure: String) -> Double? {
        if measure == "ks" {
            let gap = feature.at("gap")
            guard let n = feature["reference_count"]?.double, let m = feature["window_count"]?.double,
                let low = gap["reference_below"]?.double, let high = gap["window_below"]?.double
            else { return nil }
            return (low / n - high / m).magnitude
        }
        guard let rows = (feature["bins"] ?? feature["categories"])?.elements else { return nil }
        let counts = rows.map { ($0["reference"]?.double ?? .nan, $0["window"]?.double ?? .nan) }
        let (n, m) = (counts.reduce(0) { $0 + $1.0 }, counts.reduce(0) { $0 + $1.1 })
        let shares = counts.map { ($0.0 / n, $0.1 / m) }
        switch measure {
        case "psi":
            let size = Double(counts.count)
            return counts.reduce(0) { sum, pair in
                let (p, q) = ((pair.0 + 0.5) / (n + size / 2), (pair.1 + 0.5) / (m + size / 2))
                return sum + q * log(q / p) - p * log(q / p)
            }
        case "kl", "kl_reverse":
            let size = Double(counts.count)
            return counts.reduce(0) { sum, pair in
                let (p, q) = ((pair.0 + 0.5) / (n + size / 2), (pair.1 + 0.5) / (m + size / 2))
                return sum + (measure == "kl" ? p * log(p / q) : q * log(q / p))
            }
        case "g":
            return counts.reduce(0) { sum, pair in
                let all = (pair.0 + pair.1) / (n + m)
                let before = pair.0 > 0 ? 2 * pair.0 * log(pair.0 / (all * n)) : 0
                return sum + before + (pair.1 > 0 ? 2 * pair.1 * log(pair.1 / (all * m)) : 0)
            }
        case "l_infinity": return shares.map { ($0.0 - $0.1).magnitude }.max()
        case "js_distance":
            let sum = shares.reduce(0) { sum, pair in
                let middle = (pair.0 + pair.1) / 2
                let first = pair.0 > 0 ? pair.0 * log2(pair.0 / middle) : 0
                return sum + (first + (pair.1 > 0 ? pair.1 * log2(pair.1 / middle) : 0)) / 2
            }
            return sum.squareRoot()
        case "hellinger": return (1 - shares.reduce(0) { $0 + ($1.0 * $1.1).squareRoot() }).squareRoot()
        case "total_variation": return shares.reduce(0) { $0 + ($1.0 - $1.1).magnitude } / 2
        case "chi2":
            return counts.reduce(0) { sum, pair in
                let all = pair.0 + pair.1
                guard all > 0 else { return sum }
                let (first, second) = (all * n / (n + m), all * m / (n + m))
                let (before, after) = (pair.0 - first, pair.1 - second)
                let terms: Double = before * before / first + after * after / second
                return sum + terms
            }
        default: return nil
        }
    }

    @Test(arguments: [
        "psi", "kl", "kl_reverse", "js_distance", "hellinger", "total_variation", "ks", "chi2", "g", "l_infinity",
    ])
    func `anyone can compute the value again from the answer`(measure: String) async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            let answer = try await service.call(
                .get, "/v1/models/m/windows/explain?\(SegmentedLog.window)&measure=\(measure)")
            #expect(answer.status == 200)
            let window = try await service.call(.get, "/v1/models/m/windows?\(SegmentedLog.window)").body
            let features = try #require(answer.body["features"]?.elements)
            #expect(features.count >= 1)
            var last = Double.infinity
            for feature in features {
                let name = try #require(feature["feature"]?.string)
                let value = try #require(feature["value"]?.double)
                #expect(value <= last)
                last = value
                #expect(close(Self.recomputed(feature, measure), value), "\(measure) of \(name)")
                let column = ["score", "prediction"].contains(name) ? window[name] : window.at("features", name)
                #expect(close(column?.at("drift", measure, "value").double, value))
                if !["ks", "l_infinity"].contains(measure) {
                    let rows = (feature["bins"] ?? feature["categories"])?.elements ?? []
                    let sum = rows.reduce(0) { $0 + ($1["contribution"]?.double ?? .nan) }
                    let isSquare = ["js_distance", "hellinger"].contains(measure)
                    #expect(close(isSquare ? sum.squareRoot() : sum, value))
                }
                #expect(feature["edges_hash"]?.string?.hasPrefix("sha256:") == true)
                checkSplits(feature, measure)
            }
            #expect(close(features.reduce(0) { $0 + ($1["share"]?.double ?? 0) }, 1))
        }
    }

    /// What segments, rows outside and smoothing add is the value or its square.
    private func checkSplits(_ feature: JSONNode, _ measure: String) {
        let splits = feature["segments"]?.elements ?? []
        #expect(splits.count == 2)
        let value = feature["value"]?.double ?? .nan
        let target = ["js_distance", "hellinger", "energy"].contains(measure) ? value * value : value
        for split in splits {
            let parts = ["mix", "within", "outside", "smoothing"].reduce(0) { $0 + (split[$1]?.double ?? .nan) }
            #expect(close(parts, target))
            let listed = split["parts"]?.elements ?? []
            #expect(close(listed.reduce(0) { $0 + ($1["mix"]?.double ?? .nan) }, split["mix"]?.double))
            // What has no part in sums over cells is tested beside them.
            let hasRest = ["psi", "kl", "kl_reverse", "cramer_von_mises", "anderson_darling"].contains(measure)
            let smoothing = split["smoothing"]?.double ?? .nan
            let bound = feature["error_bound"]?.double ?? 0
            let doubt = measure == "energy" ? (2 * value + bound) * bound : bound
            if !hasRest { #expect(smoothing.magnitude <= doubt + 1e-9) }
            #expect(listed.contains { $0["mix"]?.double != 0 || $0["within"]?.double != 0 } || value.magnitude < 1e-3)
        }
        #expect(feature["segments_reason"] == nil)
    }

    @Test(arguments: [
        "wasserstein", "energy", "cramer_von_mises", "anderson_darling", "mean_shift", "spread_shift",
    ])
    func `what bins add to a measure of cells or of values makes it`(measure: String) async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            let body = try await service.call(
                .get, "/v1/models/m/windows/explain?\(SegmentedLog.window)&measure=\(measure)&feature=x"
            ).body
            let feature = body.at("features", "0")
            let value = try #require(feature["value"]?.double)
            let window = try await service.call(.get, "/v1/models/m/windows?\(SegmentedLog.window)").body
            #expect(close(window.at("features", "x", "drift", measure, "value").double, value))
            let bins = feature["bins"]?.elements ?? []
            #expect(bins.count == 10 && bins.allSatisfy { $0["reference"]?.int64 != nil && $0["window"]?.int64 != nil })
            let sum = bins.reduce(0) { $0 + ($1["contribution"]?.double ?? .nan) }
            #expect(close(sum, measure == "energy" ? value * value : value))
            #expect(feature["sum_is"]?.string == (measure == "energy" ? "the square of the value" : "the value"))
            #expect(feature["formula"]?.string?.isEmpty == false)
            checkSplits(feature, measure)
            #expect(body["features"]?.elements?.count == 1)
            if let computed = Self.recomputed(feature, moments: measure) { #expect(close(computed, value)) }
        }
    }

    /// Computes a shift from the sums of an answer alone; nil for other measures.
    private static func recomputed(_ feature: JSONNode, moments measure: String) -> Double? {
        func total(_ name: String) -> Double {
            (feature["bins"]?.elements ?? []).reduce(0) { $0 + ($1[name]?.double ?? .nan) }
        }
        let (n, m) = (total("reference"), total("window"))
        switch measure {
        case "mean_shift":
            let step = total("window_sum") / m - total("reference_sum") / n
            return step / (feature["reference_std"]?.double ?? .nan)
        case "spread_shift":
            return log(total("window_squares") / m / (total("reference_squares") / n)) / 2
        default: return nil
        }
    }

    @Test func `features with a shift of either sign are sorted by its size`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            let features = try await service.call(
                .get, "/v1/models/m/windows/explain?\(SegmentedLog.window)&measure=mean_shift"
            ).body["features"]?.elements
            let values = (features ?? []).compactMap { $0["value"]?.double }
            #expect(values.count == 2 && values.map(\.magnitude) == values.map(\.magnitude).sorted(by: >))
            #expect(close(features?.reduce(0) { $0 + ($1["share"]?.double ?? .nan) }, 1))
        }
    }

    @Test func `an accuracy loss is split into mix and behaviour, and told in a sentence`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            let body = try await service.call(
                .get, "/v1/models/m/windows/explain?\(SegmentedLog.window)&by=country"
            ).body.at("performance")
            let (before, after) = (0.9, (60.0 + 72 + 9) / (120 + 80 + 9))
            #expect(close(body["before"]?.double, before) && close(body["after"]?.double, after))
            let split = body.at("by_segment", "0")
            #expect(close((split["mix"]?.double ?? .nan) + (split["behaviour"]?.double ?? .nan), after - before))
            let parts = split["parts"]?.elements ?? []
            #expect(parts.count == 3)
            #expect(parts.first?["group"]?.string == "country=DE")
            #expect(parts.contains { $0["group"] == .null && $0["after_count"]?.int64 == 9 })
            // Kitagawa by hand for DE: shares 1/4 and 120/209, rates from 100 reference rows and 60/120.
            let (hits, count) = (parts.first?["before_hits"]?.double ?? 0, parts.first?["before_count"]?.double ?? 0)
            #expect(count == 100)
            let behaviour = (0.25 + 120.0 / 209) / 2 * (0.5 - hits / count)
            #expect(close(parts.first?["behaviour"]?.double, behaviour))
            #expect(body["reading"]?.string?.contains("behaviour in country=DE") == true)
            let score = body.at("by_score")
            #expect(close((score["mix"]?.double ?? .nan) + (score["behaviour"]?.double ?? .nan), after - before))
        }
    }

    @Test func `an earlier window can be compared with`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            try await SegmentedLog.send(
                [.init(country: "DE", version: "1", prediction: 1, actual: 1, count: 50)], service, prefix: "old",
                day: "2026-01-31")
            let path = "/v1/models/m/windows/explain?\(SegmentedLog.window)"
            let body = try await service.call(.get, path + "&against=2026-02-01T00:00:00Z").body.at("performance")
            #expect(close(body["before"]?.double, 1))
            #expect(body["against"]?.string == "2026-02-01T00:00:00Z")
            for end in ["2026-02-02T00:00:00Z", "2026-02-01T00:00:01Z", "yesterday"] {
                #expect(try await service.call(.get, path + "&against=\(end)").status == 422)
            }
        }
    }

    @Test func `without reference or labels the answer says why there is nothing`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await SegmentedLog.send(
                [.init(country: "DE", version: "1", prediction: 1, actual: nil, count: 5)], service)
            let body = try await service.call(.get, "/v1/models/m/windows/explain?\(SegmentedLog.window)").body
            #expect(body["features"]?.elements?.isEmpty == true)
            #expect(body.at("performance", "measure") == .null)
            #expect(body.at("performance", "reason").string?.isEmpty == false)
        }
    }

    @Test(arguments: [
        "measure=mean", "measure=ks_p_value", "measure=%00", "feature=none", "method=decile-up", "by=x", "segment=a",
        "limit=3",
        "reference=none", "version=1&segment=country%3DDE",
    ])
    func `what cannot be explained is refused`(query: String) async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            let answer = try await service.call(
                .get, "/v1/models/m/windows/explain?\(SegmentedLog.window)&\(query)")
            #expect(answer.status == (query.hasPrefix("limit") ? 400 : 422))
        }
    }

    @Test(arguments: ["segment=country%3DDE", "version=1"])
    func `a slice is explained by itself`(query: String) async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            let body = try await service.call(
                .get, "/v1/models/m/windows/explain?\(SegmentedLog.window)&feature=x&\(query)"
            ).body
            #expect(body.at("features", "0", "segments").elements?.isEmpty == true)
            #expect(body.at("features", "0", "window_count").int64 == (query.hasPrefix("v") ? 209 : 120))
        }
    }

    private func close(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return false }
        return (left - right).magnitude <= 1e-9 * max(1, right.magnitude)
    }
}
