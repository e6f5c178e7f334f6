import Monitoring

/// The boundaries of the smallest step among a model's windows.
struct StepGrid: Equatable {
    /// The distance between two boundaries.
    let step: PrometheusDuration

    /// Where the boundaries lie, from 1970 on.
    let offset: PrometheusDuration

    /// The first boundary behind a time: the one that makes a row of that time complete.
    func after(_ time: Time) -> Time {
        atOrBefore(time) + step
    }

    /// The first boundary that is not before a time.
    func atOrAfter(_ time: Time) -> Time {
        time.ceil(toMultipleOf: step, offset: offset)
    }

    /// The last boundary that is not behind a time.
    func atOrBefore(_ time: Time) -> Time {
        time.floor(toMultipleOf: step, offset: offset)
    }
}
