import JSON
import Monitoring

/// The JSON body that puts a reference without rows.
enum ReferenceBody {
    /// What it puts, checked against the model's panes.
    static func definition(_ document: JSONNode, _ model: Model) async throws -> ReferenceDefinition {
        switch ReferenceDefinition.read(document) {
        case .failure(let mistake): throw Problem.invalid([(mistake.pointer, mistake.detail)])
        case .success(let definition):
            guard let rolling = definition.rolling else { return definition }
            let mistakes = rolling.durations.compactMap { part -> (pointer: String, detail: String)? in
                mistake(part.duration, model.schema.paneGrid).map { ("/" + part.name, $0) }
            }
            guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
            return definition
        }
    }

    private static func mistake(_ duration: PrometheusDuration, _ grid: PaneGrid) -> String? {
        guard duration > .zero, !grid.divides(duration) else { return nil }
        let width = grid.width
        let (count, rest) = duration.microseconds.quotientAndRemainder(dividingBy: width.microseconds)
        guard rest != 0 || count > PaneGrid.mostPanes else { return nil }
        guard count < PaneGrid.mostPanes else {
            return "give at most \(PrometheusDuration(microseconds: width.microseconds * PaneGrid.mostPanes))"
        }
        let below = PrometheusDuration(microseconds: count * width.microseconds)
        let near = below > .zero ? "\(below) or \(below + width)" : "\(width)"
        return "give a multiple of the pane, which is \(width.text), such as \(near)"
    }
}
