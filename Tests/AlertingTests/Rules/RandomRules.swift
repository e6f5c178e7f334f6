import Query

/// Random expressions, rules and series that both promtool and we accept.
struct RandomRules {
    var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    // MARK: Series

    /// Lines of `input_series`, with gaps, staleness and steps.
    mutating func series() -> [(series: String, values: String)] {
        var lines: [(String, String)] = []
        for name in ["m", "n", "o"] {
            for a in ["x", "y", "z"] {
                for b in ["1", "2"] where random.chance(60) {
                    lines.append(("\(name){a=\"\(a)\",b=\"\(b)\"}", values()))
                }
            }
        }
        if random.chance(50) { lines.append(("m", values())) }
        if random.chance(50) { lines.append(("k{a=\"x\"}", values())) }
        return lines
    }

    private mutating func values() -> String {
        (0..<Int.random(in: 3...8, using: &random)).map { _ in item() }.joined(separator: " ")
    }

    private mutating func item() -> String {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: "_"
        case 1: "_x\(Int.random(in: 1...9, using: &random))"
        case 2: "stale"
        case 3: "\(number())+\(magnitude())x\(Int.random(in: 0...6, using: &random))"
        case 4: "\(number())-\(magnitude())x\(Int.random(in: 0...6, using: &random))"
        case 5: random.pick(["NaN", "Inf", "-Inf", "0"])
        default: "\(number())x\(Int.random(in: 0...4, using: &random))"
        }
    }

    /// Multiples of a quarter, so that sums are exact whatever their order.
    private mutating func magnitude() -> String { "\(Double(Int.random(in: 0...24, using: &random)) / 4)" }

    /// Never -0: which of two equal zeros is the least depends on the order of series, which promtool leaves open.
    private mutating func number() -> String {
        let magnitude = magnitude()
        return (random.chance(30) && magnitude != "0.0" ? "-" : "") + magnitude
    }

    // MARK: Expressions

    /// An instant vector.
    mutating func vector(_ depth: Int) -> String {
        guard depth > 0 else { return selector() }
        switch Int.random(in: 0..<17, using: &random) {
        case 14, 15: return overTime(depth)
        case 16: return countOrTime(depth)
        case 0, 1: return selector()
        case 2: return "\(vector(depth - 1)) \(random.pick(["+", "-", "*", "/", "%"])) \(constant())"
        // Go's and C's powers differ in the last bit, except for squares.
        case 3 where random.chance(50): return "\(vector(depth - 1)) ^ 2"
        case 3: return "\(scalar(depth - 1)) \(comparison()) \(vector(depth - 1))"
        case 4: return "\(vector(depth - 1)) \(comparison()) \(scalar(depth - 1))"
        case 5:
            return "(\(vector(depth - 1)) \(random.pick(["and", "or", "unless"])) \(matching())\(vector(depth - 1)))"
        case 6:
            let operation = random.pick(["+", "-", "*", "%", ">", "<=", "==", "!= bool", "> bool"])
            return "\(vector(depth - 1)) \(operation) \(matching())\(vector(depth - 1))"
        case 7: return "(\(vector(depth - 1)) \(random.pick(["+", "*", ">", "<"])) \(grouping())\(vector(depth - 1)))"
        case 8, 9: return aggregation(depth)
        case 10, 11: return function(depth)
        case 12: return "-\(vector(depth - 1))"
        default: return "(\(vector(depth - 1)))"
        }
    }

    // MARK: Ranges

    /// A function of a stretch of samples; rounded inside of others, because the order of sums is left open.
    private mutating func overTime(_ depth: Int) -> String {
        let text = plainOverTime(depth)
        return depth < 3 ? "round(\(text), 0.0078125)" : text
    }

    private mutating func plainOverTime(_ depth: Int) -> String {
        let stretch = stretch(depth)
        switch random.pick([
            "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time", "stddev_over_time",
            "stdvar_over_time", "last_over_time", "present_over_time", "absent_over_time", "quantile_over_time",
            "delta",
            "idelta", "deriv", "predict_linear", "changes", "resets", "increase", "rate",
        ]) {
        case "quantile_over_time":
            return "quantile_over_time(\(random.pick(["0.5", "0", "1", "0.25", "-1", "2", "scalar(m)"])), \(stretch))"
        case "predict_linear": return "predict_linear(\(stretch), \(random.pick(["60", "-30", "3600"])))"
        case let name: return "\(name)(\(stretch))"
        }
    }

    private mutating func stretch(_ depth: Int) -> String {
        let place = random.pick(["", "", "", " offset 1m", " offset 90s", " @ 600", " @ 330.5 offset 2m", " @ end()"])
        let length = random.pick(["1m", "3m", "5m", "150s", "20m"])
        guard depth > 1, random.chance(40) else {
            let name = random.pick(["m", "n", "o", "k", "m{a=\"x\"}", "n{b!~\"1.*\"}", "r:sum", "ALERTS"])
            return "\(name)[\(length)]\(place)"
        }
        // A step that is named by neither is that of the evaluation, one minute.
        return "(\(vector(depth - 2)))[\(length):\(random.pick(["", "1m", "30s", "2m", "70s"]))]\(place)"
    }

    private mutating func countOrTime(_ depth: Int) -> String {
        let inner = vector(depth - 1)
        // No infinity and no NaN: what date they are is whatever the processor makes of them.
        let date = "(clamp(\(inner), -99, 99) > -100)"
        return random.pick([
            "count_values(\"v\", \(inner))", "count_values by (a) (\"b\", \(inner))",
            "count_values without (a) (\"v\", \(inner))", "timestamp(m)", "timestamp(\(inner))",
            "label_join(\(inner), \"c\", \"-\", \"a\", \"b\")", "label_join(\(inner), \"a\", \"\")",
            "label_join(\(inner), \"c\", \"/\", \"b\")", "hour(\(date) * 100000)", "day_of_week(\(date) * 1000000)",
            "day_of_month(\(date) * 10000000)", "month(\(date) * 100000000)", "year(\(date) * 1000000000)",
            "days_in_month(\(date) * 10000000)", "minute()", "m @ 240", "n @ end() offset 3m",
        ])
    }

    private mutating func selector() -> String {
        let name = random.pick(["m", "n", "o", "k", "m", "n", "r:sum", "ALERTS"])
        let matchers = random.pick([
            "", "", "{a=\"x\"}", "{a!=\"x\"}", "{a=~\"x|y\"}", "{b!~\"1.*\"}", "{a=~\".+\",b=\"1\"}", "{a=\"\"}",
            "{a=\"x\",b=\"2\"}", "{b=~\"[12]\"}",
        ])
        return "\(name)\(matchers)" + (random.chance(12) ? " offset \(random.pick(["1m", "90s", "7m"]))" : "")
    }

    private mutating func constant() -> String { random.pick(["2", "0.5", "-1", "4", "0x10", "25e-2"]) }

    private mutating func comparison() -> String {
        random.pick(["==", "!=", ">", "<", ">=", "<=", "> bool", "<= bool", "== bool"])
    }

    private mutating func scalar(_ depth: Int) -> String {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: "scalar(\(vector(max(0, depth - 1))))"
        case 1: "(time() / 60)"
        case 2: "(2 * 3 - 1)"
        case 3: "(1 > bool 2)"
        default: constant()
        }
    }

    private mutating func matching() -> String {
        random.pick(["", "", "on(a) ", "ignoring(b) ", "on() ", "on(a, b) ", "ignoring(a, b) "])
    }

    private mutating func grouping() -> String {
        random.pick(["on(a) group_left ", "on(a) group_left(b) ", "ignoring(b) group_right ", "on(b) group_right(a) "])
    }

    private mutating func aggregation(_ depth: Int) -> String {
        let clause = random.pick([
            "", "by (a)", "by (b)", "without (a)", "by (a, b)", "by ()", "without ()", "by (__name__)",
        ])
        let operation = random.pick(["sum", "min", "max", "count", "group", "avg", "quantile", "topk", "bottomk"])
        let parameter =
            switch operation {
            case "quantile": "\(random.pick(["0.5", "0", "1", "0.25", "-1", "2"])), "
            // All of them: which of equal values are chosen depends on their order.
            case "topk", "bottomk": "\(random.pick(["100", "0", "-1"])), "
            default: ""
            }
        let argument = "(\(parameter)\(vector(depth - 1)))"
        // The running mean depends on the order of series, which promtool leaves open.
        if operation == "avg" { return "round(avg \(clause) \(argument), 0.0078125)" }
        return random.chance(50) ? "\(operation) \(clause) \(argument)" : "\(operation)\(argument) \(clause)"
    }

    private mutating func function(_ depth: Int) -> String {
        let inner = vector(depth - 1)
        switch random.pick([
            "abs", "ceil", "floor", "sgn", "absent", "round", "clamp", "clamp_min", "clamp_max", "vector",
            "label_replace",
        ]) {
        case "round": return "round(\(inner)\(random.pick(["", ", 0.5", ", 2"])))"
        case "clamp": return "clamp(\(inner), \(scalar(0)), \(scalar(0)))"
        case "clamp_min": return "clamp_min(\(inner), \(scalar(0)))"
        case "clamp_max": return "clamp_max(\(inner), \(scalar(0)))"
        case "vector": return "vector(\(scalar(depth - 1)))"
        case "label_replace":
            let replacement = random.pick(["$1", "v-$1", "", "${1}z"])
            return "label_replace(\(inner), \"\(random.pick(["c", "a"]))\", \"\(replacement)\", \"b\", \"(.*)\")"
        case let name: return "\(name)(\(inner))"
        }
    }

    // MARK: Rules

    /// An instant vector that we accept; what we refuse is judged as an expression of its own.
    private mutating func accepted(_ suffix: String) -> String {
        while true {
            let text = vector(2) + suffix
            if (try? Expression(text)) != nil { return text }
        }
    }

    /// A rule file with alerts A0, A1... and the recorded series r:sum.
    mutating func rules() -> String {
        var lines = ["groups:", "- name: g", "  rules:"]
        lines += ["  - record: r:sum", "    expr: '\(accepted(""))'", "    labels: {r: '1'}"]
        for index in 0..<4 {
            lines += [
                "  - alert: A\(index)", "    expr: '\(accepted(" \(random.pick([">", "<", "!="])) \(constant())"))'",
            ]
            if random.chance(70) { lines.append("    for: \(random.pick(["1m", "2m", "150s", "0s"]))") }
            if random.chance(50) { lines.append("    keep_firing_for: \(random.pick(["1m", "3m", "90s"]))") }
            lines.append("    labels: {severity: page, copy: '{{ $labels.a }}'}")
            lines.append("    annotations: {v: '\(annotation())', w: '{{ .Labels.b | toUpper }}{{- /* x */ -}} y'}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func annotation() -> String {
        random.pick([
            "{{ $value }}", "{{ printf \"%.3f|%8.2e|%-9.4g|%v\" $value $value $value $value }}",
            "{{ humanize $value }}",
            "{{ $value | humanizePercentage }}", "{{ humanizeDuration $value }} {{ humanize1024 $value }}",
            "{{ if gt $value 1.5 }}high{{ else if $labels.a }}low {{ $labels.a | printf \"%q\" }}{{ else }}none{{ end }}",
            "{{ with_ }}",
            "{{ reReplaceAll \"(.)\" \"<$1>\" $labels.a }}{{ title $labels.a }}{{ match \"x|y\" $labels.a }}",
            "{{ and $labels.a (eq $labels.b \"1\") }} {{ or $labels.a \"none\" }} {{ not $labels.a }}",
            "{{ humanizeTimestamp $value }}",
        ]).replacing("{{ with_ }}", with: "{{`raw`}} {{ \"t\\tb\" }} {{ 5 }} {{ 1.50 }} {{ true }}")
    }
}
