import JSON
import Monitoring
import Statistics

/// Reads the JSON of `PUT /v1/models/{model}`, all mistakes at once.
struct ModelDocument {
    private(set) var change = ModelSchemaChange()
    private(set) var mistakes: [SchemaMistake] = []

    /// Reads a document; keys that are not known are mistakes.
    static func read(_ node: JSONNode) throws(SchemaRefusal) -> ModelSchemaChange {
        var document = ModelDocument()
        document.read(root: node)
        guard document.mistakes.isEmpty else { throw SchemaRefusal(mistakes: document.mistakes) }
        return document.change
    }

    /// Reads the `features` of a document alone.
    static func features(of node: JSONNode) throws(SchemaRefusal) -> [FeatureDeclaration] {
        var document = ModelDocument()
        let features = document.features(node) ?? []
        guard document.mistakes.isEmpty else { throw SchemaRefusal(mistakes: document.mistakes) }
        return features
    }

    private mutating func read(root: JSONNode) {
        guard let members = root.members else { return mistake("", "send an object, as in {\"task\": \"binary\"}") }
        for member in members {
            let value = member.value
            switch member.name {
            case "task": change.task = choice(value, "/task")
            case "features": change.features = features(value)
            case "classes": change.classes = texts(value, "/classes")
            case "positive_class": change.positiveClass = text(value, "/positive_class")
            case "threshold": change.threshold = number(value, "/threshold")
            case "quantile": change.quantile = number(value, "/quantile")
            case "windows": change.windows = windows(value)
            case "methods": change.methods = methods(value)
            case "segments": change.segments = segments(value)
            case "grid_points": change.gridPoints = integer(value, "/grid_points")
            case "alerting": alerting(value)
            case "watermark_delay": change.watermarkDelay = duration(value, "/watermark_delay")
            case "allowed_lateness": change.allowedLateness = duration(value, "/allowed_lateness")
            case "label_horizon": change.labelHorizon = duration(value, "/label_horizon")
            case "retention": retention(value)
            default: mistake("/" + SchemaMistake.token(member.name), "a model has no such key; check the spelling")
            }
        }
    }

    private mutating func features(_ node: JSONNode) -> [FeatureDeclaration]? {
        guard let members = node.members else {
            mistake("/features", "give an object of names, as in {\"age\": {\"type\": \"numeric\"}}")
            return nil
        }
        return members.compactMap { member in
            let pointer = "/features/" + SchemaMistake.token(member.name)
            guard let parts = member.value.members else {
                mistake(pointer, "give an object, as in {\"type\": \"numeric\"}")
                return nil
            }
            var declaration = FeatureDeclaration(name: ByteText(member.name), kind: .numeric)
            if member.value["type"] == nil { mistake(pointer + "/type", "say numeric, categorical, embedding or text") }
            for part in parts {
                switch part.name {
                case "type":
                    if let kind: FeatureType = choice(part.value, pointer + "/type") { declaration.kind = kind }
                case "min": declaration.min = number(part.value, pointer + "/min")
                case "max": declaration.max = number(part.value, pointer + "/max")
                case "dimension": declaration.dimension = integer(part.value, pointer + "/dimension")
                default:
                    mistake(
                        pointer + "/" + SchemaMistake.token(part.name), "a feature has type, min, max and dimension")
                }
            }
            return declaration
        }
    }

    private mutating func windows(_ node: JSONNode) -> [WindowSpec]? {
        guard let elements = node.elements else {
            mistake("/windows", "give an array, as in [{\"length\": \"24h\", \"step\": \"1h\"}]")
            return nil
        }
        var windows: [WindowSpec] = []
        for (index, element) in elements.enumerated() {
            let pointer = "/windows/\(index)"
            var parts: [String: PrometheusDuration] = [:]
            for member in element.members ?? [] {
                guard ["length", "step", "offset"].contains(member.name) else {
                    mistake(pointer + "/" + SchemaMistake.token(member.name), "a window has length, step and offset")
                    continue
                }
                parts[member.name] = duration(member.value, pointer + "/" + member.name)
            }
            guard let length = parts["length"], let step = parts["step"] else {
                mistake(pointer, "a window needs its length and its step")
                continue
            }
            windows.append(WindowSpec(length: length, step: step, offset: parts["offset"] ?? .zero))
        }
        return windows
    }

    private mutating func methods(_ node: JSONNode) -> [String: String]? {
        guard let members = node.members else {
            mistake("/methods", "give an object, as in {\"psi\": \"decile-right/half\"}")
            return nil
        }
        var methods: [String: String] = [:]
        for member in members {
            methods[member.name] = text(member.value, "/methods/" + SchemaMistake.token(member.name))?.string
        }
        return methods
    }

    private mutating func segments(_ node: JSONNode) -> [[ByteText]]? {
        guard let elements = node.elements else {
            mistake("/segments", "give an array of arrays of feature names")
            return nil
        }
        var combinations: [[ByteText]] = []
        for (index, element) in elements.enumerated() {
            if let names = texts(element, "/segments/\(index)") { combinations.append(names) }
        }
        return combinations
    }

    private mutating func alerting(_ node: JSONNode) {
        for member in object(node, "/alerting") {
            let pointer = "/alerting/" + SchemaMistake.token(member.name)
            switch member.name {
            case "false_alarm_rate": change.falseAlarmRate = number(member.value, pointer)
            case "smallest_effect":
                var effects: [String: Double] = [:]
                for effect in object(member.value, pointer) {
                    effects[effect.name] = number(effect.value, pointer + "/" + SchemaMistake.token(effect.name))
                }
                change.smallestEffect = effects
            case "control": change.control = choice(member.value, pointer)
            case "budget":
                for part in object(member.value, pointer) {
                    switch part.name {
                    case "alerts": change.budgetAlerts = number(part.value, pointer + "/alerts")
                    case "per": change.budgetPer = duration(part.value, pointer + "/per")
                    default: mistake(pointer + "/" + SchemaMistake.token(part.name), "a budget has alerts and per")
                    }
                }
            default: mistake(pointer, "alerting has false_alarm_rate, smallest_effect, control and budget")
            }
        }
    }

    private mutating func retention(_ node: JSONNode) {
        for member in object(node, "/retention") {
            let pointer = "/retention/" + SchemaMistake.token(member.name)
            switch member.name {
            case "rows": change.retentionRows = duration(member.value, pointer)
            case "panes": change.retentionPanes = duration(member.value, pointer)
            case "day_panes": change.retentionDayPanes = duration(member.value, pointer)
            default: mistake(pointer, "retention has rows, panes and day_panes")
            }
        }
    }
}

/// The plain values.
extension ModelDocument {
    private mutating func mistake(_ pointer: String, _ detail: String) {
        mistakes.append(SchemaMistake(pointer, detail))
    }

    private mutating func object(_ node: JSONNode, _ pointer: String) -> [JSONNode.Member] {
        if let members = node.members { return members }
        mistake(pointer, "give an object")
        return []
    }

    private mutating func text(_ node: JSONNode, _ pointer: String) -> ByteText? {
        if let text = node.scalarText { return ByteText(text) }
        mistake(pointer, "give a text")
        return nil
    }

    private mutating func texts(_ node: JSONNode, _ pointer: String) -> [ByteText]? {
        guard let elements = node.elements else {
            mistake(pointer, "give an array of texts")
            return nil
        }
        return elements.enumerated().compactMap { index, element in text(element, "\(pointer)/\(index)") }
    }

    private mutating func number(_ node: JSONNode, _ pointer: String) -> Double? {
        if let number = node.double { return number }
        mistake(pointer, "give a number")
        return nil
    }

    private mutating func integer(_ node: JSONNode, _ pointer: String) -> Int? {
        if let number = node.int64 { return Int(number) }
        mistake(pointer, "give a whole number")
        return nil
    }

    private mutating func duration(_ node: JSONNode, _ pointer: String) -> PrometheusDuration? {
        if let duration = node.string.flatMap(PrometheusDuration.init) { return duration }
        mistake(pointer, "give a duration, as in 90s, 24h or 7d")
        return nil
    }

    private mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ node: JSONNode, _ pointer: String
    ) -> Choice? where Choice.RawValue == String {
        if let choice = node.string.flatMap(Choice.init(rawValue:)) { return choice }
        mistake(pointer, "give one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        return nil
    }
}
