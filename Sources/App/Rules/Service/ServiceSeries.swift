import Monitoring
import Query
import Store

/// What the service tells of itself to rules in `self/`: the counts of `/metrics`, and how far its work has come.
enum ServiceSeries {
    private static let ready = "driftline_deliveries_waiting"
    private static let dead = "driftline_deliveries_given_up"
    private static let age = "driftline_delivery_age_seconds"
    private static let lag = "driftline_evaluation_lag_seconds"
    private static let watermark = "driftline_watermark_age_seconds"
    private static let reload = "driftline_last_reload_successful"

    /// The names of all of them.
    static var names: [String] {
        Counters.Name.allCases.map(\.series) + [reload, ready, dead, age, lag, watermark]
    }

    /// The samples of a moment.
    static func samples(
        _ counters: Counters, _ models: [Model], _ outbox: OutboxStanding, at now: Time
    ) async -> [Sample] {
        var samples = Counters.Name.allCases.map { sample($0.series, Double(counters[$0])) }
        samples.append(sample(reload, counters.lastReloadTook ? 1 : 0))
        samples.append(sample(ready, Double(outbox.waiting)))
        samples.append(sample(dead, Double(outbox.dead)))
        samples.append(sample(age, outbox.oldestWaiting.map { max(0, (now - $0).seconds) } ?? 0))
        for model in models {
            let progress = await model.windows.progress
            guard let reached = progress.watermark else { continue }
            if let evaluated = progress.evaluatedTo {
                samples.append(sample(lag, max(0, (reached - evaluated).seconds), model: model.name))
            }
            // The log of a model that is not live is as old as it is.
            if progress.isLive {
                samples.append(sample(watermark, max(0, (now - reached).seconds), model: model.name))
            }
        }
        return samples
    }

    private static func sample(_ name: String, _ value: Double, model: String = "") -> Sample {
        Sample(labels: [Labels.metricName: name, "model": model], value: value)
    }
}
