import Query
import Testing

/// Every mistake has its place and says what to do.
struct ExpressionDiagnosticTests {
    @Test(arguments: [
        ("", "1:1: the expression is empty"), ("  # only a comment", "1:19: the expression is empty"),
        ("a +", "1:4: unexpected the end of the expression"), ("a\n  b", "2:3: unexpected \"b\", expected an operator"),
        ("a{b=\"c\"", "1:8: unexpected the end of the expression, expected \"}\""),
        ("a{b=c}", "1:5: unexpected \"c\", expected a text in quotes"),
        ("a{b==\"c\"}", "1:4: unexpected \"==\", expected one of =, !=, =~, !~"), ("{}", "1:1: a selector needs"),
        ("{a=\"\"}", "1:1: a selector needs"), ("{a=~\".*\"}", "1:1: a selector needs"),
        ("a{__name__=\"b\"}", "1:3: the metric's name must not be set twice"),
        ("a{b=~\"(\"}", "1:6: \"(\" is not a regular expression: missing closing )"),
        ("irate(a[5m])", "1:1: the function irate is not supported"),
        ("avg_over_tim(a[1h])", "1:1: there is no function avg_over_tim; did you mean avg_over_time?"),
        ("xyzzyxyzzy(a)", "1:1: there is no function xyzzyxyzzy; supported are"),
        ("limitk(1, a)", "1:1: the aggregation limitk is not supported"),
        ("count_values(a)", "1:1: count_values needs a label name in quotes before its vector"),
        ("count_values(1, a)", "1:14: the parameter of count_values must be of type string"),
        ("count_values(\"a-b\", a)", "1:14: \"a-b\" is not a label name"),
        (
            "avg_over_time(a)",
            "1:15: argument 1 of avg_over_time must be of type range vector, not instant vector; give"
        ),
        ("abs(a[5m])", "1:5: argument 1 of abs must be of type instant vector, not range vector"),
        ("a[5m] + 1", "1:7: the sides of + must be numbers or vectors, not range vectors"),
        ("-a[5m]", "1:1: a sign may only stand before"), ("a[0s]", "1:3: a duration must be greater than 0"),
        ("a[5]", "1:3: unexpected a number, expected a range"), ("a[5m", "1:5: unexpected the end"),
        ("(a)[5m]", "1:4: a range may only follow a selector"),
        ("sum(a)[5m]", "1:7: a range may only follow a selector"),
        ("a offset 1m [5m]", "1:13: offset and @ stand behind the range"),
        ("a[5m][5m]", "1:6: a range may only follow"),
        ("sum_over_time(1[5m:1m])", "1:15: what a subquery evaluates must be of type instant vector"),
        ("a @ b", "1:5: unexpected \"b\", expected seconds"), ("a @ 1e300", "1:5: the time behind @ is out of range"),
        ("a @ 5 @ 6", "1:7: @ may stand only once"), ("1 @ 5", "1:3: @ may only follow"),
        ("a offset 5m offset 5m", "1:13: offset may stand only once"), ("a @ start(1)", "1:11: unexpected a number"),
        ("sum(a) offset 5m", "1:8: offset may only follow a selector"),
        ("(a) offset 5m", "1:5: offset may only follow a selector"), ("a offset -5m", "1:10: a negative offset"),
        ("a offset 5", "1:10: unexpected a number, expected a duration"),
        ("1 > 2", "1:3: a comparison between numbers needs bool"),
        ("1 and a", "1:3: and is only allowed between vectors"),
        ("a + bool b", "1:5: bool may only follow a comparison"),
        ("a and on(x) group_left b", "1:13: no grouping is allowed for and"),
        ("a + on(x) group_left(x) b", "1:11: the label \"x\" must not be in on and"),
        ("a + on(x) 1", "1:3: on and ignoring are only allowed between vectors"),
        ("\"text\" + 1", "1:8: the sides of + must be numbers or vectors"),
        ("-\"text\"", "1:1: a sign may only stand before"),
        ("abs(1)", "1:5: argument 1 of abs must be of type instant vector, not scalar"),
        ("abs()", "1:1: abs takes 1 arguments, not 0"), ("round(a, 1, 2)", "1:1: round takes 1 to 2 arguments, not 3"),
        ("vector(a)", "1:8: argument 1 of vector must be of type scalar"),
        ("sum(1)", "1:5: the argument of sum must be of type instant vector"),
        ("sum(a, b)", "1:6: sum takes one argument"), ("topk(a)", "1:1: topk needs a number before its vector"),
        ("topk(a, b)", "1:6: the parameter of topk must be of type scalar"),
        ("label_replace(a, \"b-c\", \"\", \"d\", \"\")", "1:18: \"b-c\" is not a label name"),
        ("label_replace(a, \"b\", \"\", \"d\", \"[\")", "1:32: \"[\" is not a regular expression"),
        ("a / 0", "1:5: division by the constant 0"), ("a % -0.0", "1:5: division by the constant 0"),
        ("a > NaN", "1:5: no value compares with NaN"),
        ("010", "1:1: 010 would be octal in Prometheus"), ("1e999", "1:1: \"1e999\" is neither"),
        ("5x", "1:1: \"5x\" is neither"), ("0xZZ", "1:1: 0xZZ is not a hexadecimal"),
        ("a{b=\"c}", "1:5: the closing \" of this string is missing"), ("a{b=\"\\q\"}", "1:6: unknown escape \\q"),
        ("a{b=\"\\xff\"}", "1:6: \"ff\" is no valid escape"),
        ("a ! b", "1:3: unexpected character \"!\""), ("ä", "1:1: unexpected character \"ä\""),
        ("a{a:b=\"c\"}", "1:3: unexpected \"a:b\", expected a label name"),
        ("sum", "1:1: sum is a keyword"), ("sum by (a:b) (c)", "1:9: unexpected \"a:b\", expected a label name"),
        ("by", "1:1: by is a keyword"),
        ("a)", "1:2: unexpected \")\""), ("(a", "1:3: unexpected the end of the expression, expected \")\""),
        ("a atan2 b", "1:3: unexpected \"atan2\""),
    ])
    func `place and message`(text: String, start: String) {
        let error = #expect(throws: QueryError.self) { try Expression(text) }
        #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "accepted")")
    }

    @Test(arguments: ["(", "-", "abs(", "1+(", "sum by (a) ("])
    func `a thousand levels are refused`(opening: String) {
        let error = #expect(throws: QueryError.self) { try Expression(String(repeating: opening, count: 1000) + "a") }
        #expect(error?.message.contains("nests deeper than 100 levels") == true)
    }

    @Test(arguments: [("a", 500), ("1", 20_000)])
    func `a hundred thousand terms are refused`(term: String, count: Int) {
        let text = Array(repeating: term, count: count).joined(separator: " + ")
        #expect(throws: QueryError.self) { try Expression(text) }
    }

    @Test func `ninety levels are accepted`() throws {
        let text = String(repeating: "(", count: 90) + "a" + String(repeating: ")", count: 90)
        #expect(try Expression(text).selectors.count == 1)
    }

    @Test func `a text of more than 64 KiB is refused`() {
        #expect(throws: QueryError.self) { try Expression("a" + String(repeating: " ", count: 70_000)) }
    }
}
