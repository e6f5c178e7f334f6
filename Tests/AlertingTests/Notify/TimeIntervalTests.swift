import Alerting
import Monitoring
import Query
import Testing

/// Time intervals as people write them, over changes of the clock.
struct TimeIntervalTests {
    private func interval(_ yaml: String) throws -> MuteTimes.Named {
        let text = """
            route: {receiver: r, routes: [{matchers: [a="b"], mute_time_intervals: [t]}]}
            receivers: [{name: r}]
            time_intervals: [{name: t, time_intervals: [\(yaml)]}]
            """
        let settings = try NotificationSettings(file: "n.yaml", text: text)
        return try #require(settings.route.routes.first?.times.mute.first)
    }

    @Test(arguments: [
        ("{}", "2026-01-01T00:00:00Z", true),
        ("{weekdays: ['monday:friday']}", "2026-11-20T23:59:59Z", true),
        ("{weekdays: ['monday:friday']}", "2026-11-21T00:00:00Z", false),
        ("{weekdays: [Sunday, saturday]}", "2026-11-21T00:00:00Z", true),
        ("{times: [{start_time: '09:00', end_time: '17:00'}]}", "2026-11-20T08:59:59Z", false),
        ("{times: [{start_time: '09:00', end_time: '17:00'}]}", "2026-11-20T09:00:00Z", true),
        ("{times: [{start_time: '09:00', end_time: '17:00'}]}", "2026-11-20T17:00:00Z", false),
        ("{times: [{start_time: '22:00', end_time: '24:00'}]}", "2026-11-20T23:59:59Z", true),
        ("{days_of_month: ['1:5', '-3:-1']}", "2026-02-26T00:00:00Z", true),
        ("{days_of_month: ['1:5', '-3:-1']}", "2026-02-25T00:00:00Z", false),
        ("{days_of_month: ['10:-10']}", "2026-02-19T12:00:00Z", true),
        ("{days_of_month: ['10:-10']}", "2026-02-20T12:00:00Z", false),
        ("{days_of_month: ['-1']}", "2024-02-29T12:00:00Z", true),
        ("{months: ['january:march', '12']}", "2026-12-01T00:00:00Z", true),
        ("{months: ['january:march', '12']}", "2026-11-30T23:59:59Z", false),
        ("{years: ['2020:2025', '2030']}", "2026-01-01T00:00:00Z", false),
        // Berlin is an hour ahead in winter and two in summer.
        ("{times: [{start_time: '09:00', end_time: '10:00'}], location: Europe/Berlin}", "2026-01-15T08:30:00Z", true),
        ("{times: [{start_time: '09:00', end_time: '10:00'}], location: Europe/Berlin}", "2026-07-15T08:30:00Z", false),
        ("{times: [{start_time: '09:00', end_time: '10:00'}], location: Europe/Berlin}", "2026-07-15T07:30:00Z", true),
        ("{weekdays: [monday], location: Asia/Kolkata}", "2026-11-22T18:30:00Z", true),
        ("{weekdays: [monday], location: Asia/Kolkata}", "2026-11-22T18:29:59Z", false),
    ])
    func `a time lies inside or not`(yaml: String, time: String, expected: Bool) throws {
        #expect(try interval(yaml).contains(try #require(Time(rfc3339: time))) == expected)
    }

    @Test(arguments: [
        // The day before the clocks go forward, over the change, and over the change back.
        (
            "{times: [{start_time: '00:00', end_time: '09:00'}], location: Europe/Berlin}", "2026-03-28T05:00:00Z",
            "2026-03-28T08:00:00Z"
        ),
        (
            "{times: [{start_time: '00:00', end_time: '09:00'}], location: Europe/Berlin}", "2026-03-28T23:30:00Z",
            "2026-03-29T07:00:00Z"
        ),
        (
            "{times: [{start_time: '00:00', end_time: '09:00'}], location: Europe/Berlin}", "2026-10-24T22:30:00Z",
            "2026-10-25T08:00:00Z"
        ),
        // The hour that comes twice is quiet twice.
        (
            "{times: [{start_time: '02:00', end_time: '03:00'}], location: Europe/Berlin}", "2026-10-25T00:30:00Z",
            "2026-10-25T02:00:00Z"
        ),
        ("{weekdays: [saturday, sunday]}", "2026-11-21T12:00:00Z", "2026-11-23T00:00:00Z"),
        ("{months: ['december']}", "2026-12-24T12:00:00Z", "2027-01-01T00:00:00Z"),
    ])
    func `the end of a mute time is known`(yaml: String, time: String, end: String) throws {
        let times = MuteTimes(mute: [try interval(yaml)])
        let start = try #require(Time(rfc3339: time))
        #expect(times.muting(at: start) == ["t"])
        #expect(times.end(after: start)?.rfc3339 == end)
    }

    @Test func `a mute time without end has none`() throws {
        #expect(MuteTimes(mute: [try interval("{}")]).end(after: .epoch) == nil)
    }

    @Test(arguments: [
        ("{times: [{start_time: '17:00', end_time: '09:00'}]}", "start_time must be before end_time"),
        ("{times: [{start_time: '9:00', end_time: '10:00'}]}", "start_time must be a time such as 09:30"),
        ("{times: [{start_time: '00:00', end_time: '24:01'}]}", "end_time must be a time"),
        ("{weekdays: [noday]}", "\"noday\" is no member of weekdays"),
        ("{weekdays: ['friday:monday']}", "\"friday:monday\" begins after its end"),
        ("{days_of_month: ['0']}", "\"0\" is no member of days_of_month"),
        ("{days_of_month: ['-1:-3']}", "\"-1:-3\" begins after its end"), ("{months: ['13']}", "\"13\" is no member"),
        ("{years: ['9:10:11']}", "\"9:10:11\" is no member"),
        ("{location: Mars/Olympus}", "\"Mars/Olympus\" is not a time zone"),
    ])
    func `a mistake is named`(yaml: String, message: String) throws {
        let error = #expect(throws: RuleFileError.self) { try interval(yaml) }
        #expect(error?.diagnostics.first?.message.hasPrefix(message) == true, "\(String(describing: error))")
    }
}
