import Monitoring
import Statistics
import Testing

struct MethodNameTests {
    private static let standard = DriftMethod(closing: .right, zeroPolicy: .half)

    /// What every measure answers in `method` by default: clients hold values against these names, so none may change.
    private static let names: [(measure: Measure, numeric: String?, categorical: String?)] = [
        (.ks, "two-sample/finite-n", nil), (.psi, "decile-right/half", "half"), (.kl, "decile-right/half", "half"),
        (.klReverse, "decile-right/half", "half"), (.jsDistance, "decile-right/base2", "base2"),
        (.hellinger, "decile-right", "shares"), (.totalVariation, "decile-right", "shares"),
        (.wasserstein, "order1/grid", nil), (.energy, "root/grid", nil),
        (.cramerVonMises, "midrank/asymptotic", nil), (.andersonDarling, "midrank/scholz-stephens", nil),
        (.meanShift, "glass-delta/welch", nil), (.spreadShift, "log-ratio/brown-forsythe", nil),
        (.chi2, nil, "pearson/uncorrected"), (.g, nil, "log-likelihood/uncorrected"),
        (.cramersV, nil, "bias-corrected/bergsma"), (.lInfinity, nil, "shares"),
    ]

    /// What can be asked for beside that.
    private static let others: [Measure: (numeric: Set<String>, categorical: Set<String>)] = {
        let edges: Set<String> = [
            "decile-left/half", "decile-left/floor1e-4", "decile-left/none", "decile-right/floor1e-4",
            "decile-right/none",
        ]
        let policies: Set<String> = ["floor1e-4", "none"]
        let peers: Set<String> = ["nannyml", "evidently"]
        return [
            .psi: (edges.union(["evidently"]), policies.union(["evidently"])),
            .kl: (edges.union(["evidently"]), policies.union(["evidently"])), .klReverse: (edges, policies),
            .jsDistance: (peers.union(["decile-left/base2"]), peers), .hellinger: (peers.union(["decile-left"]), peers),
            .totalVariation: (["decile-left"], []),
        ]
    }()

    /// All definitions that there are.
    private static var definitions: [DriftMethod] {
        BinClosing.allCases.flatMap { closing in
            ZeroPolicy.allCases.flatMap { policy in
                (PeerTool.allCases.map(Optional.some) + [nil]).map {
                    DriftMethod(closing: closing, zeroPolicy: policy, peer: $0)
                }
            }
        }
    }

    @Test func `other definitions have names of their own that never change either, and can be asked for`() {
        for (measure, numeric, categorical) in Self.names {
            let other = Self.others[measure]
            let kinds = [
                (FeatureKind.numeric, numeric, other?.numeric ?? []),
                (FeatureKind.categorical, categorical, other?.categorical ?? []),
            ]
            for (kind, standard, names) in kinds {
                let told = Set(Self.definitions.compactMap { $0.text(measure: measure, kind: kind) })
                #expect(told == names.union(standard.map { [$0] } ?? []), "\(measure) \(kind)")
                for name in names {
                    let read = DriftMethod(name, measure: measure, kind: kind, standard: Self.standard)
                    #expect(read?.text(measure: measure, kind: kind) == name, "\(measure) \(kind)")
                }
            }
        }
    }

    @Test func `every measure of drift has a name for its definition that never changes`() {
        let judged = Measure.allCases.filter { $0.drift.map { !$0.isProbability } ?? false }
        #expect(Set(judged) == Set(Self.names.map(\.measure)))
        for (measure, numeric, categorical) in Self.names {
            #expect(Self.standard.text(measure: measure, kind: .numeric) == numeric, "\(measure)")
            #expect(Self.standard.text(measure: measure, kind: .categorical) == categorical, "\(measure)")
        }
    }

    @Test func `what is told can be asked for`() {
        for (measure, numeric, categorical) in Self.names {
            for (kind, name) in [(FeatureKind.numeric, numeric), (.categorical, categorical)] {
                guard let name else { continue }
                #expect(DriftMethod(name, measure: measure, kind: kind, standard: Self.standard) == Self.standard)
                #expect(DriftMethod(name + "x", measure: measure, kind: kind, standard: Self.standard) == nil)
            }
        }
    }
}
