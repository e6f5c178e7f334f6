import Monitoring
import Statistics

/// Columns of features, filled row by row: a row is staged first and then taken as a whole or not at all.
struct FeatureColumns {
    private var index: FeatureIndex
    private var numeric: [[Double]]
    private var codes: [[Int32]]
    private var dictionaries: [TextTable]
    private var embeddings: [EmbeddingColumn]
    private var typeErrors: [[Int32]]
    private var stagedNumbers: [Double]
    private var stagedCodes: [Int32]
    /// The vectors of the row; empty for null.
    private var stagedVectors: [[Float]]
    private var stagedTypeErrors: [Int] = []

    /// Without rows; `index` is that of the schema where it is there already.
    init(_ schema: ModelSchema, index known: FeatureIndex? = nil) {
        index = known ?? FeatureIndex(schema)
        numeric = Array(repeating: [], count: schema.numericPositions)
        codes = Array(repeating: [], count: schema.categoricalPositions)
        dictionaries = Array(repeating: TextTable(), count: schema.categoricalPositions)
        embeddings = Array(repeating: EmbeddingColumn(dimension: 1), count: schema.embeddingPositions)
        for slot in index.slots where slot.kind == .embedding {
            embeddings[slot.column] = EmbeddingColumn(dimension: slot.dimension)
        }
        typeErrors = Array(repeating: [], count: schema.typeErrorPlaces)
        stagedVectors = Array(repeating: [], count: schema.embeddingPositions)
        stagedNumbers = Array(repeating: .nan, count: schema.numericPositions)
        stagedCodes = Array(repeating: -1, count: schema.categoricalPositions)
    }

    /// The slot of a feature name that stands at a place of its row; nil for an undeclared feature.
    mutating func slot(named name: Span<UInt8>, at place: Int) -> Int? {
        index.slot(named: name, at: place)
    }

    /// What the values of the feature are.
    func kind(_ slot: Int) -> FeatureType {
        index.slots[slot].kind
    }

    /// How many numbers a vector of the feature has, of an embedding.
    func dimension(_ slot: Int) -> Int {
        index.slots[slot].dimension
    }

    /// The pointer to the feature in a row.
    func pointer(_ slot: Int) -> String {
        index.pointers[slot]
    }

    /// Forgets what was staged.
    mutating func begin() {
        for position in index.numericPositions { stagedNumbers[position] = .nan }
        for position in index.categoricalPositions { stagedCodes[position] = -1 }
        for position in index.embeddingPositions { stagedVectors[position].removeAll(keepingCapacity: true) }
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

    /// Stages a vector of the feature's dimension.
    mutating func set(_ slot: Int, vector: [Float]) {
        stagedVectors[index.slots[slot].column] = vector
    }

    /// Stages a null in place of a value of another type.
    mutating func setTypeError(_ slot: Int, _ detail: StaticString, log: inout RowLog) {
        let feature = index.slots[slot]
        let place =
            switch feature.kind {
            case .numeric: feature.column
            case .categorical, .text: numeric.count + feature.column
            case .embedding: numeric.count + codes.count + feature.column
            }
        // A name may stand in a row once only, in CSV as in JSON, so no row is counted twice.
        stagedTypeErrors.append(place)
        log.warn(RowFault(pointer(slot), "\(detail): stored as null and counted as a type error"))
    }

    /// Takes the staged row as row `row` of the columns.
    mutating func commit(row: Int) {
        for position in index.numericPositions { numeric[position].append(stagedNumbers[position]) }
        for position in index.categoricalPositions { codes[position].append(stagedCodes[position]) }
        for position in index.embeddingPositions {
            embeddings[position].append(stagedVectors[position].isEmpty ? nil : stagedVectors[position])
        }
        for column in stagedTypeErrors { typeErrors[column].append(Int32(clamping: row)) }
    }

    /// Numeric columns by position; NaN is null.
    var numericColumns: [[Double]] { numeric }

    /// Categorical columns by position.
    var categoricalColumns: [CategoricalColumn] {
        zip(codes, dictionaries).map { CategoricalColumn(codes: $0, values: $1.texts) }
    }

    /// Embeddings by position.
    var embeddingColumns: [EmbeddingColumn] { embeddings }

    /// Rows with a type error, by numeric, then categorical position, then that of embeddings.
    var typeErrorRows: [[Int32]] { typeErrors }
}
