import Monitoring
import Testing

@testable import App

struct PrometheusFormTests {
    private func form(_ query: String) -> PrometheusRoutes.Form { PrometheusRoutes.Form(query: query) }

    @Test
    func `names and values are unescaped and a plus is a blank`() {
        let read = form("match%5B%5D=a%7Bb%3D%22c%22%7D&match[]=d&feature=capital+gain&sum=1%2B1&none&empty=")
        #expect(read.all("match[]") == [#"a{b="c"}"#, "d"])
        #expect(read["feature"] == "capital gain")
        #expect(read["sum"] == "1+1")
        #expect(read["none"] == nil)
        #expect(read["empty"] == nil)
        #expect(read["absent"] == nil)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%+1", "a=%%%", "=", "&&", "a=%C3%28", "===", "%"])
    func `broken escapes are read as they are`(query: String) {
        #expect(form(query)["b"] == nil)
    }

    @Test(arguments: [
        ("0", "1970-01-01T00:00:00Z"), ("855360000.5", "1997-02-08T00:00:00.5Z"), ("1e3", "1970-01-01T00:16:40Z"),
        ("0.0004", "1970-01-01T00:00:00Z"), ("1997-02-08T00:00:00Z", "1997-02-08T00:00:00Z"),
        ("1997-02-08T02:00:00%2B02:00", "1997-02-08T00:00:00Z"), ("1997-02-08T02:00:00+02:00", "1997-02-08T00:00:00Z"),
        ("-1", "1969-12-31T23:59:59Z"),
    ])
    func `a time is seconds or RFC 3339`(text: String, expected: String) throws {
        #expect(try form("time=\(text)").time("time")?.rfc3339 == expected)
    }

    @Test(arguments: ["nan", "inf", "-inf", "1e300", "-1e300", "yesterday", "1e18", "253402300800"])
    func `what is no time is refused`(text: String) {
        #expect(throws: PrometheusAnswer.Failure.self) { try form("time=\(text)").time("time") }
    }

    @Test(arguments: [("15", 15_000_000), ("0.5", 500_000), ("5m", 300_000_000), ("1h30m", 5_400_000_000)])
    func `a step is seconds or a duration`(text: String, microseconds: Int64) throws {
        #expect(try form("step=\(text)").duration("step")?.microseconds == microseconds)
    }

    @Test(arguments: ["0", "-1", "0s", "nan", "inf", "1e300", "5 m", "1e-9"])
    func `what is no positive step is refused`(text: String) {
        #expect(throws: PrometheusAnswer.Failure.self) { try form("step=\(text)").duration("step") }
    }
}
