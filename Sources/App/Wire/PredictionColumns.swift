import JSON
import Monitoring
import Statistics

/// The rows of a request or of a reference as columns, whatever they are encoded in.
///
/// Each row is staged value by value; then it is taken as a whole, or rejected and leaves no trace.
struct PredictionColumns {
    let rules: RowRules
    var features: FeatureColumns
    var log: RowLog
    var predictions: ClassColumn
    var actuals: ClassColumn
    var times = TimeReader()
    var staged = StagedRow()
    /// What the columns of a CSV body are.
    var roles: [CSVRole] = []

    private var versions = TextTable()
    private var versionPlaces: [Int] = []
    private var ids: [ByteText] = []
    private var eventTimes: [Time] = []
    private var timeIsArrival: [Bool] = []
    private var hasArrivalTime = false
    private var rowsWithoutID: [Int] = []
    private var dataRows: [Int] = []
    private var scores: [Double] = []
    private var numbers: [Double] = []
    private var actualNumbers: [Double] = []
    private var classScores: [String?] = []
    private var extras: [String?] = []
    private var weights: [RowWeight] = []
    private var rankings: [ClassRanking?] = []
    private var hasClassScores = false
    private var hasRankings = false
    private var hasExtras = false
    private(set) var count = 0

    init(_ rules: RowRules, rejectionLimit: Int) {
        self.rules = rules
        features = FeatureColumns(rules.schema, index: rules.features)
        log = RowLog(rejectionLimit: rejectionLimit)
        predictions = ClassColumn(rules.schema)
        actuals = ClassColumn(rules.schema)
    }

    var schema: ModelSchema { rules.schema }

    /// Stages the model version; few differ, so each is kept once.
    mutating func setVersion(_ bytes: Span<UInt8>) throws(RowFault) {
        guard bytes.count <= RowRules.longestID else {
            throw RowFault("/model_version", "must have at most \(RowRules.longestID) bytes")
        }
        guard let place = versions.insert(bytes) else { throw RowFault.unstorable("/model_version") }
        staged.version = place
    }

    private mutating func begin() {
        staged.clear()
        features.begin()
        log.begin()
    }

    private mutating func commit(index: Int) {
        features.commit(row: count)
        scores.append(stagedScore)
        weights.append(staged.weight, ofRow: count)
        rankings.append(stagedRanking)
        if rankings[count] != nil { hasRankings = true }
        predictions.append(staged.predictedClass)
        numbers.append(staged.predictedNumber)
        if rules.isReference {
            actuals.append(staged.actualClass)
            actualNumbers.append(staged.actualNumber)
        } else {
            commitIdentity(index: index)
        }
        log.commit(index: index)
        count += 1
    }

    private mutating func commitIdentity(index: Int) {
        if let id = staged.id {
            ids.append(id)
        } else {
            ids.append("")
            rowsWithoutID.append(count)
        }
        versionPlaces.append(staged.version)
        eventTimes.append(staged.time ?? rules.now)
        timeIsArrival.append(staged.time == nil)
        if staged.time == nil { hasArrivalTime = true }
        dataRows.append(index)
        classScores.append(staged.classScores)
        if staged.classScores != nil { hasClassScores = true }
        extras.append(staged.extrasText)
        if !staged.extras.isEmpty { hasExtras = true }
    }

    /// What was taken, as a batch.
    var batch: PredictionBatch {
        var batch = PredictionBatch()
        batch.ids = ids
        batch.versions = versionPlaces.map { $0 < 0 ? "" : versions.texts[$0] }
        batch.times = eventTimes
        batch.timeIsArrival = hasArrivalTime ? timeIsArrival : []
        batch.numeric = features.numericColumns
        batch.categorical = features.categoricalColumns
        batch.embeddings = features.embeddingColumns
        batch.typeErrors = features.typeErrorRows
        batch.scores = scores
        if schema.task != .regression { batch.classPredictions = predictions.column }
        if !schema.task.isClassification { batch.numberPredictions = numbers }
        batch.classScores = hasClassScores ? classScores : []
        batch.extras = hasExtras ? extras : []
        batch.weights = weights
        batch.rankings = hasRankings ? rankings : []
        return batch
    }

    /// The batch with what is to be told about it.
    func payload(total: Int) -> PredictionPayload {
        PredictionPayload(
            batch: batch, dataRows: dataRows, rowsWithoutID: rowsWithoutID, total: total, rejections: log.rejections,
            warnings: log.warnings, warningCount: log.warningCount)
    }

    /// What was taken, as a reference.
    func reference(schema: ModelSchema, total: Int) -> ReferenceUpload {
        var rows = ReferenceUpload(schema: schema)
        rows.count = count
        rows.total = total
        rows.numeric = features.numericColumns
        rows.categorical = features.categoricalColumns
        rows.embeddings = features.embeddingColumns
        rows.typeErrors = features.typeErrorRows
        rows.scores = scores
        if schema.task.isClassification {
            rows.classPredictions = predictions.column
            rows.classActuals = actuals.column
        } else {
            rows.numberPredictions = numbers
            rows.numberActuals = actualNumbers
        }
        rows.weights = weights
        rows.rankings = hasRankings ? rankings : []
        rows.rejections = log.rejections
        rows.rejectionCount = log.rejectionCount
        rows.warnings = log.warnings
        rows.warningCount = log.warningCount
        return rows
    }
}

extension PredictionColumns: RowSink {
    mutating func read(_ row: borrowing JSONValue, index: Int) {
        begin()
        do throws(RowFault) {
            try stage(row)
            commit(index: index)
        } catch {
            log.reject(error, index: index)
        }
    }

    mutating func read(_ record: borrowing CSVReader, index: Int) {
        begin()
        do throws(RowFault) {
            try stage(record)
            commit(index: index)
        } catch {
            log.reject(error, index: index)
        }
    }

    mutating func reject(_ fault: RowFault, index: Int) {
        log.reject(fault, index: index)
    }
}
