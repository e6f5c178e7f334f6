import Monitoring
import Query
import Testing

/// Every value below was checked with promtool 2.42.
struct ExpressionValueTests {
    @Test(arguments: [
        ("1 + 2 * 3", ["{} 7"]), ("(1 + 2) * 3", ["{} 9"]), ("2 ^ 3 ^ 2", ["{} 512"]), ("-2 ^ 2", ["{} -4"]),
        ("2 ^ -1 * 3", ["{} 1.5"]), ("7 % 3", ["{} 1"]), ("-7 % 3", ["{} -1"]), ("10 - 3 - 2", ["{} 5"]),
        ("1 > bool 2", ["{} 0"]), ("2 >= bool 2", ["{} 1"]), ("1 == bool 1 != bool 0", ["{} 1"]), ("0x1F", ["{} 31"]),
        ("1e3", ["{} 1000"]), (".5", ["{} 0.5"]), ("5.", ["{} 5"]), ("Inf", ["{} +Inf"]), ("-inf", ["{} -Inf"]),
        ("nan", ["{} NaN"]), ("time()", ["{} 600"]), ("+1", ["{} 1"]), ("--1", ["{} 1"]),
    ])
    func `numbers`(text: String, expected: [String]) throws {
        #expect(try SampleWorld.lines(text) == expected)
    }

    @Test(arguments: [
        ("one", [#"one{c="only"} 5"#]), ("n{a=\"x\"}", [#"n{a="x"} 10"#]),
        ("n{a!=\"x\"}", [#"n{a="y"} 20"#, #"n{a="z"} 30"#]),
        ("n{a=~\"x|z\"}", [#"n{a="x"} 10"#, #"n{a="z"} 30"#]), ("n{a!~\"x|z\"}", [#"n{a="y"} 20"#]),
        ("n{a=~\"x.\"}", []), ("n{missing=\"\",a=\"x\"}", [#"n{a="x"} 10"#]),
        ("{__name__=\"one\"}", [#"one{c="only"} 5"#]),
        ("{__name__=~\"on.\"}", [#"one{c="only"} 5"#]), ("n{a='x',}", [#"n{a="x"} 10"#]),
        ("n{a=`x`}", [#"n{a="x"} 10"#]),
        ("n # a comment\n > 20", [#"n{a="z"} 30"#]), ("+one", [#"one{c="only"} 5"#]), ("-one", [#"{c="only"} -5"#]),
        ("nothing", []),
    ])
    func `selectors`(text: String, expected: [String]) throws {
        #expect(try SampleWorld.lines(text) == expected)
    }

    @Test(arguments: [
        ("n > 10", [#"n{a="y"} 20"#, #"n{a="z"} 30"#]), ("10 < n", [#"n{a="y"} 20"#, #"n{a="z"} 30"#]),
        ("n > bool 10", [#"{a="x"} 0"#, #"{a="y"} 1"#, #"{a="z"} 1"#]), ("one * 2", [#"{c="only"} 10"#]),
        ("v > 0", [#"v{t="inf"} +Inf"#]), ("v == v", [#"v{t="half"} -2.5"#, #"v{t="inf"} +Inf"#, #"v{t="low"} -Inf"#]),
        ("v != v", [#"v{t="nan"} NaN"#]), ("n == 20 or one", [#"n{a="y"} 20"#, #"one{c="only"} 5"#]),
        ("one / (1 - 1)", [#"{c="only"} +Inf"#]), ("(one - 5) / (1 - 1)", [#"{c="only"} NaN"#]),
        ("5 - one", [#"{c="only"} 0"#]), ("one % 3", [#"{c="only"} 2"#]),
    ])
    func `operators with a number`(text: String, expected: [String]) throws {
        #expect(try SampleWorld.lines(text) == expected)
    }

    @Test(arguments: [
        ("m + m", [#"{a="x", b="1"} 2"#, #"{a="x", b="2"} 4"#, #"{a="y", b="1"} 6"#, #"{a="y", b="2"} 8"#]),
        ("n - on(a) m{b=\"1\"}", [#"{a="x"} 9"#, #"{a="y"} 17"#]),
        ("n > on(a) m{b=\"1\"}", [#"{a="x"} 10"#, #"{a="y"} 20"#]),
        ("n > ignoring(b) m{b=\"1\"}", [#"n{a="x"} 10"#, #"n{a="y"} 20"#]),
        ("n > bool ignoring(b) m{b=\"2\"}", [#"{a="x"} 1"#, #"{a="y"} 1"#]),
        (
            "m * on(a) group_left n",
            [#"{a="x", b="1"} 10"#, #"{a="x", b="2"} 20"#, #"{a="y", b="1"} 60"#, #"{a="y", b="2"} 80"#]
        ),
        ("n / on(a) group_right m{b=\"2\"}", [#"{a="x", b="2"} 5"#, #"{a="y", b="2"} 5"#]),
        ("m{b=\"1\"} * on() group_left(c) one", [#"{a="x", b="1", c="only"} 5"#, #"{a="y", b="1", c="only"} 15"#]),
        ("n < on(a) group_right m{b=\"2\"}", []),
        ("m and on(a) n{a=\"x\"}", [#"m{a="x", b="1"} 1"#, #"m{a="x", b="2"} 2"#]),
        ("m unless ignoring(b) n{a=\"x\"}", [#"m{a="y", b="1"} 3"#, #"m{a="y", b="2"} 4"#]),
        ("n{a=\"z\"} or on(a) m{b=\"1\"}", [#"m{a="x", b="1"} 1"#, #"m{a="y", b="1"} 3"#, #"n{a="z"} 30"#]),
        ("one or n and n{a=\"x\"}", [#"n{a="x"} 10"#, #"one{c="only"} 5"#]),
    ])
    func `operators between vectors`(text: String, expected: [String]) throws {
        #expect(try SampleWorld.lines(text) == expected)
    }

    @Test(arguments: [
        ("sum(m)", ["{} 10"]), ("sum by (a) (m)", [#"{a="x"} 3"#, #"{a="y"} 7"#]),
        ("sum(m) by (a,)", [#"{a="x"} 3"#, #"{a="y"} 7"#]),
        ("sum without (b) (m)", [#"{a="x"} 3"#, #"{a="y"} 7"#]), ("AVG by (b) (m)", [#"{b="1"} 2"#, #"{b="2"} 3"#]),
        ("min(m)", ["{} 1"]), ("max(m)", ["{} 4"]), ("count(m)", ["{} 4"]), ("group(m)", ["{} 1"]),
        ("sum(nothing)", []),
        ("stddev(m)", ["{} 1.118033988749895"]), ("stdvar(m)", ["{} 1.25"]), ("quantile(0.5, m)", ["{} 2.5"]),
        ("quantile(2, m)", ["{} +Inf"]), ("quantile(-1, m)", ["{} -Inf"]),
        ("topk(2, n)", [#"n{a="y"} 20"#, #"n{a="z"} 30"#]),
        ("bottomk by (a) (1, m)", [#"m{a="x", b="1"} 1"#, #"m{a="y", b="1"} 3"#]), ("topk(0, n)", []),
        ("max(v)", ["{} +Inf"]), ("min(v)", ["{} -Inf"]), ("sum(v)", ["{} NaN"]),
        ("count by (__name__) (n or one)", ["n 3", "one 1"]),
        ("avg(v{t=~\"inf|half\"})", ["{} +Inf"]), ("topk(1, v{t=~\"nan|half\"})", [#"v{t="half"} -2.5"#]),
        ("stddev(v{t=\"inf\"})", ["{} 0"]),
    ])
    func `aggregations`(text: String, expected: [String]) throws {
        #expect(try SampleWorld.lines(text) == expected)
    }

    @Test(arguments: [
        ("absent(one)", []), ("absent(nothing)", ["{} 1"]), ("absent(nothing{a=\"x\",b=~\"y\"})", [#"{a="x"} 1"#]),
        ("absent(nothing{a=\"x\",a=\"y\"})", ["{} 1"]), ("absent((nothing{a=\"x\"}))", [#"{a="x"} 1"#]),
        ("absent(sum(nothing{a=\"x\"}))", ["{} 1"]), ("abs(v{t=\"half\"})", [#"{t="half"} 2.5"#]),
        ("ceil(v{t=\"half\"})", [#"{t="half"} -2"#]), ("floor(v{t=\"half\"})", [#"{t="half"} -3"#]),
        ("round(v{t=\"half\"})", [#"{t="half"} -2"#]), ("round(one, 2)", [#"{c="only"} 6"#]),
        ("clamp(n, 15, 25)", [#"{a="x"} 15"#, #"{a="y"} 20"#, #"{a="z"} 25"#]), ("clamp(n, 2, 1)", []),
        ("clamp_min(v{t=\"nan\"}, 0)", [#"{t="nan"} NaN"#]), ("clamp_max(one, 3)", [#"{c="only"} 3"#]),
        ("scalar(one)", ["{} 5"]), ("scalar(n)", ["{} NaN"]), ("vector(1)", ["{} 1"]),
        ("sgn(v)", [#"{t="half"} -1"#, #"{t="inf"} 1"#, #"{t="low"} -1"#, #"{t="nan"} NaN"#]),
        ("exp(one - 5)", [#"{c="only"} 1"#]), ("ln(one / 5)", [#"{c="only"} 0"#]),
        ("log2(one + 3)", [#"{c="only"} 3"#]),
        ("log10(one * 2)", [#"{c="only"} 1"#]), ("sqrt(one + 4)", [#"{c="only"} 3"#]),
        (
            #"label_replace(text, "part", "$2-${1}", "word", "(.*)-(\\d+)")"#,
            [#"text{part="42-Ärger", word="Ärger-42"} 1"#]
        ),
        (#"label_replace(text, "word", "", "word", ".*")"#, ["text 1"]),
        (#"label_replace(one, "d", "$1", "c", "x(.*)")"#, [#"one{c="only"} 5"#]),
        (#"label_replace(one, "d", "$1_", "c", "(?P<all>.*)")"#, [#"one{c="only"} 5"#]),
        (#"label_replace(one, "d", "${all}_", "c", "(?P<all>.*)")"#, [#"one{c="only", d="only_"} 5"#]),
    ])
    func `functions`(text: String, expected: [String]) throws {
        #expect(try SampleWorld.lines(text) == expected)
    }

    @Test(arguments: [
        ("n + on(a) m", "1:3: found duplicate series"), ("m + on(a) n", "1:3: multiple matches"),
        ("m * on(a) group_right n", "1:3: found duplicate series"),
        ("sum by (i) (dup) + on() group_left(a) n{a=\"x\"}", ""),
        ("dup * on(a) group_left(i) n", "1:5: multiple matches"), ("abs(n or one)", ""),
        ("-{__name__=~\"n|m\",a=\"x\",b=~\"1|\"}", ""),
        (#"label_replace(m, "b", "same", "b", ".*")"#, "1:1: two results have the same labels"),
        ("topk(1e30, n)", "1:6: the count"),
        ("topk(scalar(n), n)", "1:6: the count"),
    ])
    func `what cannot be evaluated says where`(text: String, start: String) throws {
        let lines = try SampleWorld.lines(text)
        #expect(
            start.isEmpty ? lines.first?.hasPrefix("error") != true : lines.first?.hasPrefix("error \(start)") == true,
            "\(lines)")
    }

    @Test func `the order of the samples does not matter`() throws {
        let expression = try Expression("avg(x)")
        let samples = [0.1, 0.7, 1e9, -3.3].enumerated().map {
            Sample(labels: ["i": "\($0.offset)"], value: $0.element)
        }
        let forward = try expression.evaluate(at: .epoch, samples: [samples])
        let backward = try expression.evaluate(at: .epoch, samples: [samples.reversed()])
        #expect(forward.elements?.first?.value == backward.elements?.first?.value)
    }
}
