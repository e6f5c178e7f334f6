internal import Monitoring
internal import Query

/// Reads `time_intervals` of `notifications.yaml`, in Alertmanager's notation.
enum TimeIntervalReader {
    private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// The named intervals, those that could be read.
    static func named(_ node: YAMLNode, _ reader: inout SettingsReader, _ key: String) -> [MuteTimes.Named] {
        var found: [MuteTimes.Named] = []
        for node in reader.yaml.sequence(node, key) ?? [] {
            guard let values = reader.mapping(node, "a member of \(key)", keys: ["name", "time_intervals"]),
                let nameNode = reader.required("name", in: values, of: node, "a member of \(key)"),
                let name = reader.name(nameNode, "a time interval's name")
            else { continue }
            if found.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
                reader.yaml.report("there are two time intervals of the name \(name.quoted)", at: nameNode.position)
            }
            let intervals = (values["time_intervals"].flatMap { reader.yaml.sequence($0, "time_intervals") } ?? [])
                .compactMap { interval($0, &reader) }
            found.append(MuteTimes.Named(name: name, intervals: intervals))
        }
        return found
    }

    private static func interval(_ node: YAMLNode, _ reader: inout SettingsReader) -> TimeInterval? {
        let keys = ["times", "weekdays", "days_of_month", "months", "years", "location"]
        guard let values = reader.mapping(node, "a time interval", keys: keys) else { return nil }
        var interval = TimeInterval()
        for node in values["times"].flatMap({ reader.yaml.sequence($0, "times") }) ?? [] {
            if let range = minutes(node, &reader) { interval.minutes.append(range) }
        }
        interval.weekdays = ranges(values["weekdays"], &reader, "weekdays") {
            weekdays.firstIndex(of: $0).map(Int64.init)
        }
        .map { $0...$1 }
        interval.months = ranges(values["months"], &reader, "months") { text in
            months.firstIndex(of: text).map { Int64($0 + 1) } ?? number(text, in: 1...12)
        }.map { $0...$1 }
        interval.years = ranges(values["years"], &reader, "years") { number($0, in: 1...9999) }.map { $0...$1 }
        interval.days = ranges(values["days_of_month"], &reader, "days_of_month", isDay: true) { text in
            number(text, in: -31...31).flatMap { $0 == 0 ? nil : $0 }
        }.map { DaysOfMonth(first: $0, last: $1) }
        if let node = values["location"], let name = reader.yaml.text(node, "location") {
            if let zone = name == "Local" ? .utc : TimeZoneOffset(name) {
                interval.zone = zone
            } else {
                reader.yaml.report(
                    "\(name.quoted) is not a time zone; write a name such as Europe/Berlin", at: node.position)
            }
        }
        return interval
    }

    private static func minutes(_ node: YAMLNode, _ reader: inout SettingsReader) -> Range<Int64>? {
        guard let values = reader.mapping(node, "a member of times", keys: ["start_time", "end_time"]),
            let start = reader.required("start_time", in: values, of: node, "a member of times"),
            let end = reader.required("end_time", in: values, of: node, "a member of times"),
            let low = minute(start, &reader, "start_time"), let high = minute(end, &reader, "end_time")
        else { return nil }
        guard low < high else {
            reader.yaml.report("start_time must be before end_time; over midnight write two times", at: node.position)
            return nil
        }
        return low..<high
    }

    private static func minute(_ node: YAMLNode, _ reader: inout SettingsReader, _ what: String) -> Int64? {
        guard let text = reader.yaml.text(node, what) else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let isClock = parts.count == 2 && parts.allSatisfy { $0.count == 2 }
        let numbers = parts.compactMap { number(String(decoding: $0, as: UTF8.self), in: 0...59) }
        if isClock, numbers.count == 2, numbers[0] < 24 || (numbers[0] == 24 && numbers[1] == 0) {
            return numbers[0] * 60 + numbers[1]
        }
        reader.yaml.report("\(what) must be a time such as 09:30, at most 24:00", at: node.position)
        return nil
    }

    /// Members such as `monday`, `monday:friday`, `1:5` or `-3:-1`, first and last being included.
    private static func ranges(
        _ node: YAMLNode?, _ reader: inout SettingsReader, _ what: String, isDay: Bool = false,
        _ value: (String) -> Int64?
    ) -> [(Int64, Int64)] {
        guard let node else { return [] }
        var found: [(Int64, Int64)] = []
        for member in reader.yaml.sequence(node, what) ?? [] {
            guard let text = reader.yaml.text(member, "a member of \(what)")?.lowercased() else { continue }
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            let ends = parts.compactMap(value)
            guard (1...2).contains(parts.count), ends.count == parts.count else {
                reader.yaml.report(
                    "\(text.quoted) is no member of \(what), nor a range of two with a colon", at: member.position)
                continue
            }
            let (first, last) = (ends[0], ends[ends.count - 1])
            // Days that count from both ends of the month are in order in some months only.
            guard first <= last || (isDay && first > 0 && last < 0) else {
                reader.yaml.report("\(text.quoted) begins after its end", at: member.position)
                continue
            }
            found.append((first, last))
        }
        return found
    }

    private static func number(_ text: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let number = Int64(text), range.contains(number) else { return nil }
        return number
    }
}
