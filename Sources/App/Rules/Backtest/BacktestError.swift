import Monitoring

/// Why a backtest was not made or not finished.
enum BacktestError: Error, CustomStringConvertible {
    /// The stretch holds nothing that could be judged.
    case empty(model: String)
    /// More slots than one backtest may have.
    case tooManySlots(Int64, most: Int64)
    /// It took too long.
    case outOfTime(reached: Time)

    var description: String {
        switch self {
        case .empty(let model):
            "model \(model) has no complete windows between from and to; GET /v1/models/\(model) tells its watermark"
        case .tooManySlots(let slots, let most):
            "the rules have \(slots) slots in this stretch and one backtest may have \(most); choose a shorter stretch or a "
                + "longer interval of the groups"
        case .outOfTime(let reached):
            "the time limit was over at \(reached.rfc3339); choose a shorter stretch, fewer rules or a longer interval"
        }
    }
}
