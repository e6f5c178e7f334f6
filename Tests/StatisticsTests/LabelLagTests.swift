import Statistics
import Testing

struct LabelLagTests {
    @Test(arguments: [0, 1, 15, 16, 17, 1_000_000, 86_400_000_000, Int64.max])
    func `a lag is known to a sixteenth of itself`(lag: Int64) throws {
        var lags = LabelLags()
        lags.fold(microseconds: lag)
        let quantile = try #require(lags.quantile(0.5))
        #expect(quantile >= Double(lag) && quantile <= Double(lag) * 17 / 16)
        #expect(lags.share(within: lag) == 1)
    }

    @Test func `quantiles rise and labels from before their prediction count as at once`() {
        var lags = LabelLags()
        for (index, lag) in [-5, 10, 1000, 100_000].enumerated() {
            lags.fold(microseconds: Int64(lag), times: index == 2 ? 7 : 1)
        }
        #expect(lags.count == 10)
        #expect(lags.quantile(0.1) == 0)
        #expect(lags.quantile(0.2) == 10)
        #expect(lags.share(within: 10) == 0.2)
        #expect(lags.share(within: -1) == 0)
        #expect(lags.share(within: 5000) == 0.9)
    }

    @Test func `no labels have no lag`() {
        #expect(LabelLags().quantile(0.5) == nil)
        #expect(LabelLags().share(within: 5) == nil)
    }
}
