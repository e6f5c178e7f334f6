import JSON
import Monitoring
import Statistics

/// The scores of all classes of a row.
extension PredictionColumns {
    /// Stages the object of class scores: what was sent is stored, and the scores of declared classes are kept by code.
    mutating func stageScores(_ value: borrowing JSONValue) throws(RowFault) {
        guard value.kind == .object else {
            throw RowFault("/scores", "must be an object of a number for each class")
        }
        var list: [(name: String, json: String)] = []
        var names: Set<ByteText> = []
        var members = value.members
        while let member = members.next() {
            let pointer = RowFault.pointer("/scores", member.key)
            let name = try stageScore(member, pointer)
            guard names.insert(name).inserted else {
                throw RowFault(pointer, "names a class a second time")
            }
            guard list.count < Self.mostScores else {
                throw RowFault("/scores", "must name at most \(Self.mostScores) classes")
            }
            list.append((name.string, NumberText.shortest(try Self.number(member.value, pointer: pointer))))
        }
        staged.classScores = StagedRow.object(list)
    }

    /// The most classes that a row scores.
    private static let mostScores = 10_000

    /// Stages the score of one class, and returns the class as it is stored.
    private mutating func stageScore(
        _ member: borrowing JSONMember, _ pointer: String
    ) throws(RowFault) -> ByteText {
        let score = try Self.number(member.value, pointer: pointer)
        guard let code = try predictions.codeIfDeclared(of: member.key, pointer: pointer) else {
            log.warn(RowFault(pointer, "not one of the declared classes: stored, and counted nowhere"))
            guard let name = ByteText(storing: member.key) else { throw RowFault.unstorable(pointer) }
            return name
        }
        staged.scoresByClass.append((code, score))
        return predictions.text(code)
    }

    /// The row's score: its own, else out of its class scores that of the positive class, or with more than two classes that
    /// of the predicted one.
    var stagedScore: Double {
        guard staged.score.isNaN, !staged.scoresByClass.isEmpty else { return staged.score }
        let wanted: (Int32) -> Bool =
            switch schema.task {
            case .binary: { predictions.text($0) == schema.positiveClass }
            case .multiclass: { $0 == staged.predictedClass }
            case .regression, .unlabelled: { _ in false }
            }
        return staged.scoresByClass.first { wanted($0.code) }?.score ?? .nan
    }

    /// The row's class scores by rank, of a model with more than two classes.
    var stagedRanking: ClassRanking? {
        guard schema.task == .multiclass, !staged.scoresByClass.isEmpty else { return nil }
        return ClassRanking(
            staged.scoresByClass.map { ClassRanking.Entry(name: predictions.text($0.code), probability: $0.score) })
    }
}
