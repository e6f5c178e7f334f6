import Monitoring
import Testing

struct WatermarkTests {
    private let clock = Time(microseconds: 1_000_000_000_000_000)

    @Test func `it stays a delay behind the greatest event and never falls`() {
        var mark = Watermark()
        #expect(mark.time == nil)
        #expect(mark.observe(event: clock - .days(100), wallClock: clock, delay: .minutes(5)) == true)
        #expect(mark.time == clock - .days(100) - .minutes(5))
        #expect(mark.observe(event: clock - .days(101), wallClock: clock, delay: .minutes(5)) == false)
        #expect(mark.observe(event: clock - .days(100), wallClock: clock, delay: .hours(5)) == false)
        #expect(mark.time == clock - .days(100) - .minutes(5))
        #expect(!mark.isLive)
    }

    @Test func `what was stated counts where it is later`() {
        var mark = Watermark()
        mark.observe(event: clock - .days(10), wallClock: clock, delay: .zero)
        #expect(mark.state(clock - .days(9)) == true)
        #expect(mark.state(clock - .days(11)) == false)
        #expect(mark.time == clock - .days(9))
        #expect(mark.stated == clock - .days(9))
    }

    @Test(arguments: [(-61, false), (-60, true), (4, true), (61, false)])
    func `an event within an hour of the wall clock makes a model live`(minutes: Int64, isLive: Bool) {
        var mark = Watermark()
        mark.observe(event: clock + .minutes(minutes), wallClock: clock, delay: .zero)
        #expect(mark.isLive == isLive)
        let later = clock + .hours(3)
        #expect(mark.follow(wallClock: later, delay: .minutes(1)) == isLive)
        #expect(mark.time == (isLive ? later - .minutes(1) : clock + .minutes(minutes)))
    }

    @Test func `a live model stays live`() {
        var mark = Watermark()
        mark.observe(event: clock, wallClock: clock, delay: .zero)
        mark.observe(event: clock - .days(50), wallClock: clock, delay: .zero)
        #expect(mark.isLive)
    }

    @Test func `another process can only raise it`() {
        var mark = Watermark()
        mark.observe(event: clock, wallClock: clock, delay: .zero)
        let before = mark
        #expect(mark.merge(Watermark(greatestEvent: clock - .days(1), time: clock - .days(1))) == false)
        #expect(mark == before)
        #expect(mark.merge(Watermark(stated: clock + .hours(1), time: clock + .hours(1))) == true)
        #expect(mark.time == clock + .hours(1))
    }

    @Test(arguments: [(-1, false, false), (0, true, false), (59, true, false), (60, true, true)])
    func `a window is complete at its end and final after the lateness`(minutes: Int64, isComplete: Bool, isFinal: Bool)
    {
        var mark = Watermark()
        mark.observe(event: clock + .minutes(minutes), wallClock: .epoch, delay: .zero)
        let state = WindowState(end: clock, watermark: mark, allowedLateness: .hours(1))
        #expect(state.isComplete == isComplete)
        #expect(state.isFinal == isFinal)
    }

    @Test func `a trail tells late groups from ordinary ones, as they were when they came`() {
        var trail = WatermarkTrail(start: nil)
        #expect(trail.newest == nil && trail.time(before: 5) == nil)
        for (position, hour) in [(3, 1), (4, 4), (7, 2), (9, 6)] as [(Int64, Int64)] {
            trail.append(position: position, reached: .epoch + .hours(hour))
        }
        let expected: [(Int64, Int64?)] = [(1, nil), (3, nil), (4, 1), (5, 4), (7, 4), (8, 4), (9, 4), (10, 6)]
        for (position, hour) in expected {
            #expect(trail.time(before: position) == hour.map { .epoch + .hours($0) }, "\(position)")
        }
        #expect(!trail.isLate(4, paneEnd: .epoch + .hours(2)))
        #expect(trail.isLate(7, paneEnd: .epoch + .hours(2)))
        #expect(trail.isLate(7, paneEnd: .epoch + .hours(4)) && !trail.isLate(7, paneEnd: .epoch + .hours(5)))
        let later = WatermarkTrail(start: .epoch + .hours(3))
        #expect(later.isLate(1, paneEnd: .epoch + .hours(3)) && !later.isLate(1, paneEnd: .epoch + .hours(4)))
    }
}
