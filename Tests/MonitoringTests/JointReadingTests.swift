import Monitoring
import Statistics
import Testing

struct JointReadingTests {
    @Test(
        arguments: [
            (true, false, JointReading.Verdict.newNormal), (true, true, .incident), (false, true, .returned),
            (false, false, .stable), (true, nil, .shifted), (false, nil, .stable), (nil, true, .incident),
            (nil, false, .stable), (nil, nil, .insufficient),
        ] as [(Bool?, Bool?, JointReading.Verdict)])
    func `a fixed and a recent reference are read together`(
        _ fixed: Bool?, _ recent: Bool?, _ verdict: JointReading.Verdict
    ) {
        let reading = JointReading([
            JointReading.Part(name: "training", role: .fixed, isDrifted: fixed),
            JointReading.Part(name: "last_week", role: .recent, isDrifted: recent),
        ])
        #expect(reading.verdict == verdict)
    }

    @Test func `the sentence names every reference once`() {
        let reading = JointReading([
            JointReading.Part(name: "training", role: .fixed, isDrifted: true),
            JointReading.Part(name: "last_week", role: .recent, isDrifted: false),
            JointReading.Part(name: "yesterday", role: .recent, isDrifted: false),
            JointReading.Part(name: "champion", role: .peer, isDrifted: nil),
        ])
        #expect(
            reading.sentence
                == "differs from training, equals last_week and yesterday, cannot be told from champion")
        #expect(reading.verdict == .newNormal)
    }

    @Test(arguments: [(true, JointReading.Verdict.shifted), (false, .stable)])
    func `another version alone cannot tell since when`(_ isDrifted: Bool, _ verdict: JointReading.Verdict) {
        let part = JointReading.Part(name: "champion", role: .peer, isDrifted: isDrifted)
        #expect(JointReading([part]).verdict == verdict)
    }
}
