import JSON
import Monitoring
import Statistics

/// What was read of one row so far, but for its declared features.
struct StagedRow {
    var id: ByteText?
    /// The place of the version among those of the request; -1 for none.
    var version = -1
    var time: Time?
    var score = Double.nan
    var predictedClass: Int32 = -1
    var predictedNumber = Double.nan
    var actualClass: Int32 = -1
    var actualNumber = Double.nan
    var classScores: String?
    /// The scores of declared classes by their codes, in the order in which they came.
    var scoresByClass: [(code: Int32, score: Double)] = []
    var weight = RowWeight.one
    /// Undeclared features with their values as JSON.
    var extras: [(name: String, json: String)] = []

    /// Forgets everything, for the next row.
    mutating func clear() {
        id = nil
        version = -1
        time = nil
        score = .nan
        predictedClass = -1
        predictedNumber = .nan
        actualClass = -1
        actualNumber = .nan
        classScores = nil
        scoresByClass.removeAll(keepingCapacity: true)
        weight = .one
        extras.removeAll(keepingCapacity: true)
    }

    /// The undeclared features as one JSON object, their names in the order of their bytes; nil where there are none.
    var extrasText: String? {
        extras.isEmpty ? nil : Self.object(extras)
    }

    /// A JSON object with members in the order of the bytes of their names, so that equal content is equal text.
    static func object(_ members: [(name: String, json: String)]) -> String {
        let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var writer = JSONWriter()
        writer.object { object in
            for member in sorted { object.member(member.name, json: member.json) }
        }
        return writer.text
    }
}
