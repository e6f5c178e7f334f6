import JSON
import Monitoring
import Statistics

/// The labels of a request as columns, whatever they are encoded in.
struct LabelColumns {
    private enum Role: Hashable {
        case id
        case actual
        case time
    }

    private(set) var batch = LabelBatch()
    private(set) var dataRows: [Int] = []
    private(set) var log = RowLog(rejectionLimit: PredictionPayload.mostRows)
    private let rules: RowRules
    private var classes: ClassColumn
    private var times = TimeReader()
    private var roles: [Role] = []
    private var id: ByteText?
    private var time: Time?
    private var actual: Outcome = .none

    init(_ rules: RowRules) {
        self.rules = rules
        classes = ClassColumn(rules.schema)
    }

    private mutating func begin() {
        id = nil
        time = nil
        actual = .none
    }

    private mutating func commit(index: Int) throws(RowFault) {
        guard let id else { throw RowFault("/prediction_id", "is missing: a label belongs to a prediction") }
        switch actual {
        case .none: throw RowFault("/actual", "is missing: a label says what turned out true")
        case .category(let text): batch.classes.append(text)
        case .number(let number): batch.numbers.append(number)
        }
        batch.ids.append(id)
        batch.times.append(time)
        dataRows.append(index)
    }

    private func noLabels() -> RowFault {
        RowFault("/actual", "the model's task is none: it has no labels")
    }
}

extension LabelColumns: RowSink {
    mutating func read(_ row: borrowing JSONValue, index: Int) {
        begin()
        do throws(RowFault) {
            guard row.kind == .object else { throw RowFault("", "a row must be an object") }
            var members = row.members
            while let member = members.next() { try stage(member) }
            try commit(index: index)
        } catch {
            log.reject(error, index: index)
        }
    }

    private mutating func stage(_ member: borrowing JSONMember) throws(RowFault) {
        let value = member.value
        if member.isNamed("prediction_id") {
            if value.isNull { return }
            id = try RowRules.id(try PredictionColumns.text(value, "/prediction_id"), pointer: "/prediction_id")
        } else if member.isNamed("actual") {
            if !value.isNull { try stageActual(value) }
        } else if member.isNamed("timestamp") {
            if !value.isNull { try stageTime(value, "/timestamp") }
        } else if member.isNamed("label_timestamp") {
            if !value.isNull { try stageTime(value, "/label_timestamp") }
        } else {
            let detail = "unknown member; a label may have prediction_id, actual and timestamp"
            throw RowFault(RowFault.pointer("", member.key), detail)
        }
    }

    private mutating func stageTime(_ value: borrowing JSONValue, _ pointer: String) throws(RowFault) {
        if time != nil { throw RowFault(pointer, "timestamp and label_timestamp are the same: send one of the two") }
        time = try rules.time(try PredictionColumns.text(value, pointer), pointer: pointer, reader: &times)
    }

    private mutating func stageActual(_ value: borrowing JSONValue) throws(RowFault) {
        switch rules.schema.task {
        case .regression: actual = .number(try PredictionColumns.number(value, pointer: "/actual"))
        case .unlabelled: throw noLabels()
        case .binary, .multiclass:
            let code = try PredictionColumns.code(value, in: &classes, pointer: "/actual")
            actual = .category(classes.text(code))
        }
    }

    mutating func readHeader(_ names: [ByteText]) throws(WireError) {
        roles = []
        for (column, name) in names.enumerated() {
            let role: Role
            switch name {
            case "prediction_id": role = .id
            case "actual": role = .actual
            case "timestamp", "label_timestamp": role = .time
            default:
                let detail = "column \(column + 1) is unknown: labels have prediction_id, actual and timestamp"
                throw .notCSV(line: 1, detail: detail)
            }
            if roles.contains(role) { throw .notCSV(line: 1, detail: "column \(column + 1) is a second timestamp") }
            roles.append(role)
        }
        guard roles.contains(.id), roles.contains(.actual) else {
            throw .notCSV(line: 1, detail: "labels need the columns prediction_id and actual")
        }
    }

    mutating func read(_ record: borrowing CSVReader, index: Int) {
        begin()
        do throws(RowFault) {
            for column in roles.indices {
                let field = record.field(column)
                if !field.isEmpty { try stage(field, roles[column]) }
            }
            try commit(index: index)
        } catch {
            log.reject(error, index: index)
        }
    }

    private mutating func stage(_ field: Span<UInt8>, _ role: Role) throws(RowFault) {
        switch (role, rules.schema.task) {
        case (.id, _): id = try RowRules.id(field, pointer: "/prediction_id")
        case (.time, _): time = try rules.time(field, pointer: "/timestamp", reader: &times)
        case (.actual, .regression): actual = .number(try RowRules.number(field, pointer: "/actual"))
        case (.actual, .unlabelled): throw noLabels()
        case (.actual, _):
            let code = try classes.code(of: field, pointer: "/actual")
            actual = .category(classes.text(code))
        }
    }

    mutating func reject(_ fault: RowFault, index: Int) {
        log.reject(fault, index: index)
    }
}
