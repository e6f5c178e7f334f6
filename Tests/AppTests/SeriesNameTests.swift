import Monitoring
import Testing

@testable import App

struct SeriesNameTests {
    @Test
    func `every name reads back as itself`() {
        #expect(Set(SeriesName.all.map(\.text)).count == SeriesName.all.count)
        for name in SeriesName.all { #expect(SeriesName(name.text) == name) }
    }

    @Test
    func `a measure and the reference's own value of it have names of their own`() {
        #expect(SeriesName("driftline_psi") == SeriesName(.psi))
        #expect(SeriesName("driftline_ks_p_value") == SeriesName(.ksPValue))
        #expect(SeriesName("driftline_mean_reference") == SeriesName(.mean, isReference: true))
        #expect(SeriesName("driftline_accuracy_reference") == SeriesName(.accuracy, isReference: true))
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
        #expect(!SeriesName(.mean, isReference: true).namesReference)
        #expect(!SeriesName(.accuracy).namesReference)
    }
}
