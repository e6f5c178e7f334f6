import Statistics
import Testing

struct MethodTests {
    @Test(arguments: BinClosing.allCases, ZeroPolicy.allCases)
    func `a numeric method is read as it is written`(closing: BinClosing, policy: ZeroPolicy) {
        let method = PSIMethod(closing: closing, zeroPolicy: policy)
        #expect(PSIMethod(numeric: method.description) == method)
        #expect(PSIMethod(categorical: method.categorical.description) == method.categorical)
    }

    @Test(arguments: ["", "half", "decile-right", "decile-right/", "decile-right/half/x", "Decile-right/half", "/half"])
    func `what is no numeric method is refused`(text: String) {
        #expect(PSIMethod(numeric: text) == nil)
    }

    @Test(arguments: ["", "decile-right/half", "floor", "HALF"])
    func `what is no categorical method is refused`(text: String) {
        #expect(PSIMethod(categorical: text) == nil)
    }

    @Test(arguments: [
        "ks", "ks_p_value", "psi", "js_distance", "hellinger", "total_variation", "wasserstein", "chi2", "chi2_p_value",
        "l_infinity",
    ])
    func `a measure has its name of the interface`(name: String) throws {
        let measure = try #require(DriftMeasure(rawValue: name))
        #expect(measure.isNumeric || measure.isCategorical)
    }
}
