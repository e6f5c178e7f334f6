package import Statistics

/// Which definition of a drift measure is meant, where there are several.
package struct DriftMethod: Hashable, Sendable {
    /// Which edge of a decile bin belongs to it; without effect on categories.
    package let closing: BinClosing

    /// What is done about empty bins; without effect on measures other than PSI and the Kullback-Leibler divergence.
    package let zeroPolicy: ZeroPolicy

    /// The tool whose definition is meant; nil for our own.
    package let peer: PeerTool?

    /// A definition.
    package init(closing: BinClosing, zeroPolicy: ZeroPolicy, peer: PeerTool? = nil) {
        self.closing = closing
        self.zeroPolicy = zeroPolicy
        self.peer = peer
    }

    /// Reads a definition of a measure such as `decile-left/floor1e-4`, `decile-left/base2`, `half`; nil if it has none such.
    ///
    /// What the text leaves out is as in `standard`.
    package init?(_ text: String, measure: Measure, kind: FeatureKind, standard: Self) {
        if let peer = PeerTool.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) }) {
            guard peer.defines(measure) else { return nil }
            self.init(closing: standard.closing, zeroPolicy: standard.zeroPolicy, peer: peer)
            return
        }
        switch (measure, kind) {
        case (.psi, .numeric), (.kl, .numeric), (.klReverse, .numeric):
            guard let method = PSIMethod(numeric: text), let closing = method.closing else { return nil }
            self.init(closing: closing, zeroPolicy: method.zeroPolicy)
        case (.psi, .categorical), (.kl, .categorical), (.klReverse, .categorical):
            guard let method = PSIMethod(categorical: text) else { return nil }
            self.init(closing: standard.closing, zeroPolicy: method.zeroPolicy)
        case (.jsDistance, .numeric):
            guard
                let closing = BinClosing.allCases.first(where: {
                    JensenShannon.method($0).utf8.elementsEqual(text.utf8)
                })
            else { return nil }
            self.init(closing: closing, zeroPolicy: standard.zeroPolicy)
        case (.jsDistance, .categorical):
            guard text.utf8.elementsEqual("base2".utf8) else { return nil }
            self = standard
        case (.hellinger, .numeric), (.totalVariation, .numeric):
            guard let closing = BinClosing(rawValue: text) else { return nil }
            self.init(closing: closing, zeroPolicy: standard.zeroPolicy)
        default:
            guard let only = standard.text(measure: measure, kind: kind), only.utf8.elementsEqual(text.utf8) else {
                return nil
            }
            self = standard
        }
    }

    /// The text of the definition for one measure; nil where columns of that kind do not have it.
    package func text(measure: Measure, kind: FeatureKind) -> String? {
        if let peer { return peer.defines(measure) ? peer.rawValue : nil }
        return switch (measure, kind) {
        case (.psi, .numeric), (.kl, .numeric), (.klReverse, .numeric):
            PSIMethod(closing: closing, zeroPolicy: zeroPolicy).description
        case (.psi, .categorical), (.kl, .categorical), (.klReverse, .categorical):
            PSIMethod(closing: nil, zeroPolicy: zeroPolicy).description
        case (.jsDistance, .numeric): JensenShannon.method(closing)
        case (.jsDistance, .categorical): "base2"
        case (.hellinger, .numeric), (.totalVariation, .numeric): closing.rawValue
        case (.hellinger, .categorical), (.totalVariation, .categorical): "shares"
        default: measure.drift.flatMap { (kind == .numeric ? $0.isNumeric : $0.isCategorical) ? $0.method : nil }
        }
    }
}

extension ModelSchema {
    /// The definitions that series, rules and dashboards use.
    package var driftMethod: DriftMethod {
        DriftMethod(closing: psiMethod.closing ?? .right, zeroPolicy: psiMethod.zeroPolicy)
    }
}
