/// Words of PromQL that this subset leaves out, for messages that say so.
enum UnsupportedWord {
    private static let functions: Set<String> = [
        "absent_over_time", "acos", "acosh", "asin", "asinh", "atan", "atanh", "avg_over_time", "changes", "cos",
        "cosh",
        "count_over_time", "day_of_month", "day_of_week", "day_of_year", "days_in_month", "deg", "delta", "deriv",
        "double_exponential_smoothing", "histogram_avg", "histogram_count", "histogram_fraction",
        "histogram_quantile", "histogram_stddev", "histogram_stdvar", "histogram_sum", "holt_winters", "hour",
        "idelta", "increase", "info", "irate", "label_join", "last_over_time", "mad_over_time", "max_over_time",
        "min_over_time", "minute", "month", "pi", "predict_linear", "present_over_time", "quantile_over_time", "rad",
        "rate", "resets", "sin", "sinh", "sort", "sort_by_label", "sort_by_label_desc", "sort_desc",
        "stddev_over_time", "stdvar_over_time", "sum_over_time", "tan", "tanh", "timestamp", "year",
    ]
    private static let aggregations: Set<String> = ["count_values", "limitk", "limit_ratio"]

    /// What to say about a word before a parenthesis that is no function here.
    static func message(forFunction name: String) -> String {
        let supported = QueryFunction.allCases.map(\.rawValue).joined(separator: ", ")
        if functions.contains(name) {
            return "the function \(name) is not supported yet; supported are \(supported)"
        }
        if aggregations.contains(name.lowercased()) {
            let operators = AggregationOperator.allCases.map(\.rawValue).joined(separator: ", ")
            return "the aggregation \(name) is not supported yet; supported are \(operators)"
        }
        return "there is no function \(name); supported are \(supported)"
    }

    /// What to say about `[`.
    static let range =
        "range selectors such as [5m] are not supported yet; an instant selector, offset and the aggregations are"

    /// What to say about `@`.
    static let at = "the @ modifier is not supported; offset is"
}
