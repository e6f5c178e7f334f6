import Monitoring
import Testing

@testable import App

struct SeriesNameTests {
    @Test
    func `every name reads back as itself`() {
        #expect(Set(SeriesName.all.map { "\($0.text) \($0.measureLabel ?? "")" }).count == SeriesName.all.count)
        for name in SeriesName.all where name.measureLabel == nil { #expect(SeriesName(name.text) == name) }
    }

    @Test
    func `a measure and the reference's own value of it have names of their own`() {
        #expect(SeriesName("driftline_psi") == SeriesName(.psi))
        #expect(SeriesName("driftline_ks_p_value") == SeriesName(.ksPValue))
        #expect(SeriesName("driftline_mean_reference") == SeriesName(.mean, .reference))
        #expect(SeriesName("driftline_accuracy_reference") == SeriesName(.accuracy, .reference))
    }

    @Test
    func `measures of drift have a threshold and a verdict that names them; p-values have neither`() {
        #expect(SeriesName("driftline_psi_threshold") == SeriesName(.psi, .threshold))
        #expect(SeriesName(.ks, .drifted).text == "driftline_drifted")
        #expect(SeriesName(.ks, .drifted).measureLabel == "ks")
        #expect(SeriesName("driftline_ks_p_value_threshold") == nil)
        #expect(SeriesName("driftline_drifted") == nil)
        #expect(!SeriesName.all.contains(SeriesName(.chi2PValue, .drifted)))
    }

    @Test
    func `what is tested on both sides has a lower threshold, and only an area a normalised value`() {
        #expect(SeriesName("driftline_missing_ratio_threshold_low") == SeriesName(.missingRatio, .thresholdLow))
        #expect(SeriesName("driftline_wasserstein_normalised") == SeriesName(.wasserstein, .normalised))
        for other in ["unseen_ratio_threshold_low", "psi_threshold_low", "energy_normalised", "psi_normalised"] {
            #expect(SeriesName("driftline_\(other)") == nil, "\(other)")
        }
        let twoSided = SeriesName.all.filter { $0.aspect == .thresholdLow }.map(\.measure)
        #expect(Set(twoSided) == [.missingRatio, .typeErrorRatio, .outOfRangeRatio])
    }

    @Test(arguments: [
        "psi", "driftline_", "driftline_psy", "driftline_psi_reference", "driftline_predictions_reference",
        "driftline_unseen_reference", "driftline__reference", "Driftline_psi", "driftline_psi ",
        "driftline_mean_threshold",
    ])
    func `other texts are no names`(text: String) {
        #expect(SeriesName(text) == nil)
    }

    @Test
    func `only comparisons with a reference name it`() {
        #expect(SeriesName(.psi).namesReference)
        #expect(!SeriesName(.mean).namesReference)
        #expect(!SeriesName(.mean, .reference).namesReference)
        #expect(!SeriesName(.accuracy).namesReference)
    }
}
