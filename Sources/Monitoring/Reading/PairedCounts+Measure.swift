import Statistics

extension PairedCounts {
    /// A distance of shares in one definition; nil where it is undefined.
    func value(_ measure: Measure, _ method: DriftMethod, _ kind: FeatureKind) -> DriftValue? {
        let value = method.peer == .evidently ? evidentlyValue(measure) : ownValue(measure, method)
        return value.map { DriftValue($0, method: method.text(measure: measure, kind: kind)) }
    }

    private func ownValue(_ measure: Measure, _ method: DriftMethod) -> Double? {
        switch measure {
        case .psi: PopulationStability.value(of: self, zeroPolicy: method.zeroPolicy)
        case .kl: KullbackLeibler.value(of: self, zeroPolicy: method.zeroPolicy)
        case .klReverse: KullbackLeibler.value(of: self, zeroPolicy: method.zeroPolicy, isReversed: true)
        case .jsDistance: JensenShannon.distance(of: self)
        case .hellinger: Hellinger.distance(of: self)
        case .totalVariation: TotalVariation.distance(of: self)
        default: nil
        }
    }

    private func evidentlyValue(_ measure: Measure) -> Double? {
        guard let shares = EvidentlyShares(self) else { return nil }
        return switch measure {
        case .psi: shares.populationStability
        case .kl: shares.kullbackLeibler
        case .jsDistance: shares.jensenShannon
        case .hellinger: shares.hellinger
        default: nil
        }
    }
}
