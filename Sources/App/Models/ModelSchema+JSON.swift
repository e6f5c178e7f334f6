import JSON
import Monitoring
import Statistics

/// A model's settings as JSON, as `GET /v1/models/{model}` shows them.
extension ModelSchema {
    /// Writes all settings as members of the object that is open.
    func write(to writer: inout JSONWriter) {
        writer.member("task", task.rawValue)
        if featuresFixed { writer.object("features") { object in writeFeatures(to: &object) } }
        if !classes.isEmpty { writer.member("classes", classes.map(\.string)) }
        if task == .binary {
            writer.member("positive_class", positiveClass.string)
            writer.member("threshold", threshold)
        }
        if task == .regression { writer.member("quantile", quantile) }
        writer.array("windows") { array in
            for window in windows { array.value(Self.node(window)) }
        }
        writer.object("methods") { $0.member("psi", psiMethod.description) }
        writer.array("segments") { array in
            for names in segments { array.value(.array(names.map { .string($0.string) })) }
        }
        writer.member("grid_points", gridPoints)
        writer.object("alerting") { object in writeAlerting(to: &object) }
        writer.member("watermark_delay", watermarkDelay.text)
        writer.member("allowed_lateness", allowedLateness.text)
        writer.member("label_horizon", labelHorizon.text)
        writer.object("retention") { object in
            object.member("rows", retention.rows.text)
            object.member("panes", retention.panes.text)
            if let days = retention.dayPanes { object.member("day_panes", days.text) }
        }
    }

    private func writeFeatures(to writer: inout JSONWriter) {
        for feature in features {
            writer.object(feature.name.string) { object in
                object.member("type", feature.kind.rawValue)
                if let dimension = feature.dimension { object.member("dimension", dimension) }
                if let min = feature.min { object.member("min", min) }
                if let max = feature.max { object.member("max", max) }
            }
        }
    }

    private func writeAlerting(to writer: inout JSONWriter) {
        writer.member("false_alarm_rate", alerting.falseAlarmRate)
        writer.object("smallest_effect") { object in
            for (measure, effect) in alerting.smallestEffect.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                object.member(measure.rawValue, effect)
            }
        }
        writer.member("control", alerting.control.rawValue)
        writer.object("budget") { object in
            object.member("alerts", alerting.budget.alerts)
            object.member("per", alerting.budget.per.text)
        }
    }

    private static func node(_ window: WindowSpec) -> JSONNode {
        var members: [JSONNode.Member] = [
            JSONNode.Member("length", .string(window.length.text)), JSONNode.Member("step", .string(window.step.text)),
        ]
        if window.offset > .zero { members.append(JSONNode.Member("offset", .string(window.offset.text))) }
        return .object(members)
    }
}
