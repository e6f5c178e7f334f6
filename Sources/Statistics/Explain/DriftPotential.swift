/// A function of the values of a numeric column whose mean over the window less that over the reference is a measure of drift.
///
/// Means are linear in rows, so that what a segment adds to them is what it adds to the measure. The function is:
/// - of `Wasserstein` the one that rises by 1 where the reference's distribution function F lies above the window's G and falls
///   by 1 elsewhere, by which no plan of moving rows is cheaper (Kantorovich and Rubinstein 1958);
/// - of the square of `EnergyDistance` the one that rises by `2 (F - G)`;
/// - of `CramerVonMises` and `AndersonDarling` a step function: at each value of either side, and by as much as its term has of the
///   gap, so that one of the two gaps of a square is taken apart and the other one weighs it;
/// - of `MeanShift` the value itself in deviations of the reference;
/// - of `SpreadShift` the square of the distance from the middle between both means, over twice the logarithmic mean of both
///   variances. Both means are as far from there, so that nothing is left of them.
///
/// Within open cells that hold more than one value a side it is a line, or as even as the cell's term: there the measure may be
/// larger than the difference of means, by no more than the error bound of the measure. What Cramer and von Mises' statistic has
/// by ties and sizes alone, and what Anderson and Darling's is less by, has no part in it either. O(K) to make and to take a mean.
package struct DriftPotential: Sendable {
    private enum Form: Sendable {
        case cells([PotentialCell])
        case line(centre: Int128, factor: Double)
        case square(centre: Int128, shift: Double, factor: Double)
    }

    private let form: Form
    /// The mean over the reference.
    package private(set) var reference = 0.0
    /// The mean over the window.
    package private(set) var window = 0.0

    /// What the measure is of it, but for what has no part in it.
    package var difference: Double { window - reference }

    /// Of a measure over both sides of a column; nil for measures without one, and where the measure has no value.
    ///
    /// `sizes` are the effective ones of weighted rows.
    package init?(
        _ measure: DriftMeasure, reference: NumericSummary, window: NumericSummary, grid: RankGrid,
        sizes: SampleSizes? = nil
    ) {
        let form: Form? =
            switch measure {
            case .wasserstein, .energy, .cramerVonMises, .andersonDarling:
                PotentialCell.cells(measure, reference, window, grid, sizes).map(Form.cells)
            case .meanShift: Self.line(reference.moments)
            case .spreadShift: Self.square(reference.moments, window.moments)
            default: nil
            }
        guard let form else { return nil }
        self.form = form
        guard let before = mean(of: reference, isWindow: false), let after = mean(of: window, isWindow: true) else {
            return nil
        }
        (self.reference, self.window) = (before, after)
    }

    private static func line(_ moments: Moments) -> Form? {
        guard let std = moments.std, std > 0, let centre = BinnedMoments.centre(of: moments) else { return nil }
        let factor = moments.scale.real(1) / std
        return factor.isFinite ? .line(centre: centre, factor: factor) : nil
    }

    private static func square(_ reference: Moments, _ window: Moments) -> Form? {
        guard let centre = BinnedMoments.centre(of: reference), let first = reference.spread(about: centre),
            let second = window.spread(about: centre), first.variance > 0, second.variance > 0
        else { return nil }
        let factor = MomentTerms.logarithmicFactor(first.variance, second.variance)
        return factor.map { .square(centre: centre, shift: (first.offset + second.offset) / 2, factor: $0) }
    }

    /// The mean over some rows of a side, counted on the same grid; nil where they have no value or none that is known.
    package func mean(of rows: NumericSummary, isWindow: Bool) -> Double? {
        let mean: Double?
        switch form {
        case .cells(let cells): mean = PotentialCell.mean(of: rows.cells, over: cells, isWindow: isWindow)
        case .line(let centre, let factor): mean = rows.moments.spread(about: centre).map { $0.offset * factor }
        case .square(let centre, let shift, let factor):
            mean = rows.moments.spread(about: centre).map {
                ($0.variance + ($0.offset - shift) * ($0.offset - shift)) * factor
            }
        }
        return mean.flatMap { $0.isFinite ? $0 : nil }
    }
}

extension Moments {
    /// How far the mean lies from a centre, and the variance about the mean, in units of the scale; nil without values or sums.
    fileprivate func spread(about centre: Int128) -> (offset: Double, variance: Double)? {
        guard let deviation else { return nil }
        let rows = Double(count)
        return ((sum &- Int128(count) &* centre).real / rows, deviation / rows)
    }
}
