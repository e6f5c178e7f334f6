import Statistics

extension OutcomeCounts {
    func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: labels)
        writer.write(zigzag: corrections)
        writer.write(confusion)
        writer.write(u8: residuals == nil ? 0 : 1)
        if let residuals { writer.write(residuals) }
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        self.init()
        labels = try reader.zigzag()
        corrections = try reader.zigzag()
        confusion = try reader.summary(ConfusionCounts.self)
        switch try reader.u8() {
        case 0: residuals = nil
        case 1: residuals = try reader.summary(Residuals.self)
        case let other: throw .invalid("residuals of form \(other)")
        }
    }
}

extension Outcomes {
    func write(to writer: inout SummaryWriter) {
        counts.write(to: &writer)
        writer.write(pairs)
        writer.write(probabilities)
        writer.write(varint: UInt64(known.count))
        for (boundary, part) in known.sorted(by: { $0.key < $1.key }) {
            writer.write(zigzag: Int(boundary.microseconds))
            part.write(to: &writer)
        }
        writer.write(calibration)
        writer.write(ranks)
        writer.write(spread)
        writer.write(lags)
        writer.write(classScores)
        writer.write(predictedScores)
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        self.init()
        counts = try OutcomeCounts(from: &reader)
        pairs = try reader.summary(ScorePairs.self)
        probabilities = try reader.summary(ProbabilitySums.self)
        var last: Time?
        for _ in 0..<(try reader.elementCount(bytesEach: 5)) {
            let boundary = Time(microseconds: Int64(try reader.zigzag()))
            let part = try OutcomeCounts(from: &reader)
            if let last, boundary <= last { throw .invalid("states of knowledge out of order") }
            if part.isEmpty { throw .invalid("a state of knowledge in which nothing became known") }
            known[boundary] = part
            last = boundary
        }
        guard reader.version >= 2 else { return }
        calibration = try reader.summary(Calibration.self)
        ranks = try reader.summary(RankCounts.self)
        spread = try reader.summary(ResidualSpread.self)
        lags = try reader.summary(LabelLags.self)
        guard reader.version >= 6 else { return }
        classScores = try reader.summary(ClassScores.self)
        predictedScores = try reader.summary(ClassScores.self)
    }
}
