import JSON
import Monitoring
import Statistics

extension ClassRanking {
    /// The ranking of class scores as the log holds them; nil for none, and for what was not stored by us.
    init?(scores text: String?, _ schema: ModelSchema) {
        guard let text else { return nil }
        let members: [JSONNode.Member]
        do throws(JSONError) {
            members = try JSONNode(parsing: text).members ?? []
        } catch { return nil }
        let declared = Set(schema.classes)
        let entries = members.compactMap { member -> Entry? in
            let name = schema.classText.canonical(ByteText(member.name))
            guard let score = member.value.double, declared.isEmpty || declared.contains(name) else { return nil }
            return Entry(name: name, probability: score)
        }
        guard !entries.isEmpty else { return nil }
        self.init(entries)
    }
}
