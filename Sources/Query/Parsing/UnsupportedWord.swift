import Monitoring

/// Words of PromQL that this subset leaves out, for messages that say so.
enum UnsupportedWord {
    private static let functions: Set<String> = [
        "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "day_of_year", "deg",
        "double_exponential_smoothing", "histogram_avg", "histogram_count", "histogram_fraction",
        "histogram_quantile", "histogram_stddev", "histogram_stdvar", "histogram_sum", "holt_winters", "info", "irate",
        "mad_over_time", "pi", "rad", "sin", "sinh", "sort", "sort_by_label", "sort_by_label_desc", "sort_desc",
        "tan", "tanh",
    ]
    private static let aggregations: Set<String> = ["limitk", "limit_ratio"]

    /// What to say about a word before a parenthesis that is no function here.
    static func message(forFunction name: String) -> String {
        let supported = QueryFunction.allCases.map(\.rawValue).joined(separator: ", ")
        if functions.contains(name) {
            return "the function \(name) is not supported; supported are \(supported)"
        }
        let operators = AggregationOperator.allCases.map(\.rawValue)
        if aggregations.contains(name.lowercased()) {
            return "the aggregation \(name) is not supported; supported are \(operators.joined(separator: ", "))"
        }
        let known = QueryFunction.allCases.map(\.rawValue) + operators
        guard let nearest = NearestName.of(name, among: known) else {
            return "there is no function \(name); supported are \(supported)"
        }
        return "there is no function \(name); did you mean \(nearest)?"
    }
}
