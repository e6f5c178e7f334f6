import JSON
import Monitoring

/// What a replay needs to know of a model, as the service tells it.
struct ModelState {
    /// The boundaries that the log is sent by; nil where the model has no windows.
    let grid: StepGrid?

    /// How far event time has come.
    let watermark: Time?

    /// Up to when rules have been evaluated; nil where no rule selects the model.
    let evaluatedTo: Time?

    /// Reads the answer to `GET /v1/models/{model}`.
    init(_ document: JSONNode) {
        watermark = document["watermark"]?.string.flatMap { Time(rfc3339: $0) }
        evaluatedTo = document["evaluated_to"]?.string.flatMap { Time(rfc3339: $0) }
        let grids = (document["windows"]?.elements ?? []).compactMap { window -> StepGrid? in
            guard let step = window["step"]?.string.flatMap({ PrometheusDuration($0) }), step > .zero else {
                return nil
            }
            let offset = window["offset"]?.string.flatMap { PrometheusDuration($0) }
            return StepGrid(step: step, offset: offset ?? .zero)
        }
        grid = grids.min { $0.step < $1.step }
    }
}
