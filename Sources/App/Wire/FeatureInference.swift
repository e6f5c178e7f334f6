import JSON
import Monitoring
import Statistics

/// Learns from rows which features they have.
struct FeatureInference {
    private let isReference: Bool
    private let weightColumn: ByteText?
    private var names = TextTable()
    private var isCategorical: [Bool] = []
    /// For each column of a CSV body its feature, or -1.
    private var columns: [Int] = []

    init(isReference: Bool, weightColumn: ByteText? = nil) {
        self.isReference = isReference
        self.weightColumn = weightColumn
    }

    /// The features in the order in which they appeared: numeric where every value that was not null was a number.
    var declarations: [FeatureDeclaration] {
        zip(names.texts, isCategorical).map { name, isCategorical in
            FeatureDeclaration(name: name, kind: isCategorical ? .categorical : .numeric)
        }
    }

    /// The place of a feature; nil for a name that no feature can have, or beyond so many that a schema refuses them
    /// anyway.
    private mutating func place(of name: Span<UInt8>) -> Int? {
        if let place = names.place(of: name) { return place }
        guard (1...ModelSchema.longestName).contains(name.count), names.count <= ModelSchema.mostFeatures,
            let place = names.insert(name)
        else { return nil }
        isCategorical.append(false)
        return place
    }
}

extension FeatureInference: RowSink {
    mutating func read(_ row: borrowing JSONValue, index: Int) {
        guard let features = row.member("features") else { return }
        var members = features.members
        while let member = members.next() {
            switch member.value.kind {
            case .number, .hugeNumber, .null: _ = place(of: member.key)
            case .string, .bool: if let place = place(of: member.key) { isCategorical[place] = true }
            case .object, .array: break
            }
        }
    }

    mutating func readHeader(_ names: [ByteText]) throws(WireError) {
        columns = []
        for name in names {
            let isReserved =
                FeatureName.reserved.contains(name) || isReference && name == "actual" || name == weightColumn
            columns.append(isReserved ? -1 : place(of: FeatureName.inColumn(name).utf8.span) ?? -1)
        }
    }

    mutating func read(_ record: borrowing CSVReader, index: Int) {
        for column in columns.indices where columns[column] >= 0 && !isCategorical[columns[column]] {
            let field = record.field(column)
            if !field.isEmpty, DecimalNumber.read(field) == .none { isCategorical[columns[column]] = true }
        }
    }

    mutating func reject(_ fault: RowFault, index: Int) {}
}
