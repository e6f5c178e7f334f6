import Monitoring
import Statistics

/// Columns of features, filled row by row: a row is staged first and then taken as a whole or not at all.
struct FeatureColumns {
    private var index: FeatureIndex
    private var numeric: [[Double]]
    private var codes: [[Int32]]
    private var dictionaries: [TextTable]
    private var typeErrors: [[Int32]]
    private var stagedNumbers: [Double]
    private var stagedCodes: [Int32]
    private var stagedTypeErrors: [Int] = []
    /// Positions that the schema uses; the columns of others stay empty.
    private let numericPositions: [Int]
    private let categoricalPositions: [Int]

    init(_ schema: ModelSchema) {
        index = FeatureIndex(schema)
        numeric = Array(repeating: [], count: schema.numericPositions)
        codes = Array(repeating: [], count: schema.categoricalPositions)
        dictionaries = Array(repeating: TextTable(), count: schema.categoricalPositions)
        typeErrors = Array(repeating: [], count: schema.numericPositions + schema.categoricalPositions)
        stagedNumbers = Array(repeating: .nan, count: schema.numericPositions)
        stagedCodes = Array(repeating: -1, count: schema.categoricalPositions)
        numericPositions = schema.numericFeatures.map(\.position)
        categoricalPositions = schema.categoricalFeatures.map(\.position)
    }

    /// The slot of a feature name that stands at a place of its row; nil for an undeclared feature.
    mutating func slot(named name: Span<UInt8>, at place: Int) -> Int? {
        index.slot(named: name, at: place)
    }

    /// What the values of the feature are.
    func kind(_ slot: Int) -> FeatureKind {
        index.slots[slot].kind
    }

    /// The pointer to the feature in a row.
    func pointer(_ slot: Int) -> String {
        index.pointers[slot]
    }

    /// Forgets what was staged.
    mutating func begin() {
        for position in numericPositions { stagedNumbers[position] = .nan }
        for position in categoricalPositions { stagedCodes[position] = -1 }
        stagedTypeErrors.removeAll(keepingCapacity: true)
    }

    /// Stages a finite number.
    mutating func set(_ slot: Int, number: Double, log: inout RowLog) {
        let feature = index.slots[slot]
        // Adding zero makes minus zero zero.
        stagedNumbers[feature.column] = number + 0
        if number < feature.min || number > feature.max {
            log.warn(RowFault(pointer(slot), "outside the declared range: stored and counted as out of range"))
        }
    }

    /// Stages a text.
    mutating func set(_ slot: Int, text: Span<UInt8>) throws(RowFault) {
        let column = index.slots[slot].column
        guard let code = dictionaries[column].insert(text) else {
            throw RowFault.unstorable(pointer(slot))
        }
        stagedCodes[column] = Int32(clamping: code)
    }

    /// Stages a null in place of a value of another type.
    mutating func setTypeError(_ slot: Int, _ detail: StaticString, log: inout RowLog) {
        let feature = index.slots[slot]
        stagedTypeErrors.append(feature.kind == .numeric ? feature.column : numeric.count + feature.column)
        log.warn(RowFault(pointer(slot), "\(detail): stored as null and counted as a type error"))
    }

    /// Takes the staged row as row `row` of the columns.
    mutating func commit(row: Int) {
        for position in numericPositions { numeric[position].append(stagedNumbers[position]) }
        for position in categoricalPositions { codes[position].append(stagedCodes[position]) }
        for column in stagedTypeErrors { typeErrors[column].append(Int32(clamping: row)) }
    }

    /// Numeric columns by position; NaN is null.
    var numericColumns: [[Double]] { numeric }

    /// Categorical columns by position.
    var categoricalColumns: [CategoricalColumn] {
        zip(codes, dictionaries).map { CategoricalColumn(codes: $0, values: $1.texts) }
    }

    /// Rows with a type error, by numeric and then categorical position.
    var typeErrorRows: [[Int32]] { typeErrors }
}
