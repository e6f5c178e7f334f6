/// Another tool whose definition of a drift measure can be asked for.
package enum PeerTool: String, CaseIterable, Sendable {
    /// NannyML: Doane's bins of the reference, and one more for what is outside or unseen; logarithms to base 2.
    case nannyml
    /// Evidently: zeros filled on each side by itself; for numbers Sturges' bins, of the reference alone.
    case evidently

    /// Whether the tool has the measure in a definition of its own that cells can give.
    func defines(_ measure: Measure) -> Bool {
        switch (self, measure) {
        case (.nannyml, .jsDistance), (.nannyml, .hellinger): true
        case (.evidently, .psi), (.evidently, .kl), (.evidently, .jsDistance), (.evidently, .hellinger): true
        default: false
        }
    }
}
