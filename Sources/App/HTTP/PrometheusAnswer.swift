import HTTPTypes
import Hummingbird
import JSON
import Monitoring
import Query

/// Answers in the JSON of Prometheus's HTTP API.
enum PrometheusAnswer {
    /// What Prometheus calls an error, with its status.
    struct Failure: Error {
        let status: HTTPResponse.Status
        let type: String
        let message: String

        /// The request cannot be understood.
        static func badData(_ message: String) -> Self { Self(status: .badRequest, type: "bad_data", message: message) }

        /// The request is understood and cannot be answered.
        static func execution(_ message: String) -> Self {
            Self(status: .unprocessableContent, type: "execution", message: message)
        }

        var response: Response {
            Answer.json(status) { writer in
                writer.object { object in
                    object.member("status", "error")
                    object.member("errorType", type)
                    object.member("error", message)
                }
            }
        }
    }

    /// An answer whose data the closure writes as one value.
    static func data(warnings: [String] = [], _ write: (inout JSONWriter) -> Void) -> Response {
        Answer.json { writer in
            writer.object { object in
                object.member("status", "success")
                object.key("data")
                write(&object)
                if !warnings.isEmpty { object.member("warnings", warnings) }
            }
        }
    }

    /// A sorted list of texts, at most so many of them.
    static func list(_ texts: some Collection<String>, most: Int) -> Response {
        let told = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(most)
        return data(warnings: told.count < texts.count ? ["results truncated due to limit"] : []) { writer in
            writer.array { array in
                for text in told { array.value(text) }
            }
        }
    }

    /// The value of an expression at an instant.
    static func instant(_ value: Value, at time: Time) -> Response {
        data { writer in
            writer.object { object in
                switch value {
                case .scalar(let number, _):
                    object.member("resultType", "scalar")
                    object.array("result") { write(number, at: time, to: &$0) }
                case .string(let text):
                    object.member("resultType", "string")
                    object.array("result") { pair in
                        pair.value(seconds(time))
                        pair.value(text)
                    }
                case .matrix(let series):
                    object.member("resultType", "matrix")
                    object.array("result") { array in
                        for line in series { write(line.labels, line.points.map { ($0.time, $0.value) }, to: &array) }
                    }
                case .vector(let elements):
                    object.member("resultType", "vector")
                    object.array("result") { array in
                        for element in elements {
                            array.object { entry in
                                entry.object("metric") { $0.members(element.labels.pairs) }
                                entry.array("value") { write(element.value, at: time, to: &$0) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The values of an expression at several instants, by their labels.
    static func matrix(_ series: [Labels: [(time: Time, value: Double)]]) -> Response {
        data { writer in
            writer.object { object in
                object.member("resultType", "matrix")
                object.array("result") { array in
                    for (labels, points) in series.sorted(by: { $0.key < $1.key }) {
                        write(labels, points, to: &array)
                    }
                }
            }
        }
    }

    private static func write(
        _ labels: Labels, _ points: [(time: Time, value: Double)], to array: inout JSONWriter
    ) {
        array.object { entry in
            entry.object("metric") { $0.members(labels.pairs) }
            entry.array("values") { values in
                for point in points { values.array { write(point.value, at: point.time, to: &$0) } }
            }
        }
    }

    private static func write(_ value: Double, at time: Time, to pair: inout JSONWriter) {
        pair.value(seconds(time))
        pair.value(Query.NumberText.positional(value))
    }

    /// A time as Prometheus writes it: seconds, to the millisecond.
    private static func seconds(_ time: Time) -> Double {
        (Double(time.microseconds) / 1000).rounded() / 1000
    }
}
