import Monitoring
import Statistics
import Testing

struct PaneVolumesTests {
    private let grid = PaneGrid(width: .hours(1))

    /// So many rows in every hour from a time on.
    private func volumes(_ hours: Int, each count: (Int) -> Int) -> PaneVolumes {
        var volumes = PaneVolumes(start: .epoch, grid: grid)
        for hour in 0..<hours {
            let start = Time.epoch + .hours(Int64(hour))
            let newest = count(hour) > 0 ? start + .minutes(30) : nil
            let fits = volumes.note(predictions: count(hour), newestEvent: newest, startingAt: start)
            #expect(fits)
        }
        return volumes
    }

    @Test func `the weeks of a window are the same hours of the weeks before`() throws {
        let volumes = volumes(24 * 7 * 4) { $0 % (24 * 7) == 9 ? 100 + $0 / (24 * 7) : 1 }
        let end = Time.epoch + .hours(24 * 7 * 3 + 10)
        let volume = volumes.volume(of: Window(end: end, length: .hours(1)), since: .epoch)
        #expect(volume.pattern?.weeks == [102, 101, 100])
        #expect(volume.pattern?.expected == 101)
    }

    @Test func `weeks before the first event are not looked at`() {
        let volumes = volumes(24 * 7 * 4) { _ in 5 }
        let window = Window(end: .epoch + .hours(24 * 7 * 3), length: .hours(24))
        #expect(volumes.volume(of: window, since: .epoch).pattern?.weeks == [120, 120])
        #expect(volumes.volume(of: window, since: .epoch + .hours(24 * 7)).pattern == nil)
    }

    @Test func `of weeks whose panes have gone nothing is known, whatever came late`() {
        let volumes = volumes(24 * 7 * 4) { $0 == 15 ? 1 : $0 >= 24 * 14 && $0 < 24 * 16 ? 5 : 0 }
        let fineFrom = Time.epoch + .hours(24 * 14)
        let window = Window(end: .epoch + .hours(24 * 7 * 3 + 24), length: .hours(24))
        let known = volumes.volume(of: window, since: .epoch, fineFrom: fineFrom)
        #expect(known.pattern == nil)
        #expect(volumes.volume(of: window, since: .epoch).pattern?.weeks == [120, 0, 1])
        #expect(known.newestEvent == .epoch + .minutes(60 * (24 * 16 - 1) + 30))
        let old = Window(end: .epoch + .hours(24 * 4), length: .hours(24))
        #expect(volumes.volume(of: old, since: .epoch, fineFrom: fineFrom).newestEvent == nil)
    }

    @Test func `the newest event is found behind empty panes`() {
        let volumes = volumes(500) { $0 == 20 || $0 > 300 ? 3 : 0 }
        let window = Window(end: .epoch + .hours(200), length: .hours(24))
        #expect(volumes.volume(of: window, since: .epoch).newestEvent == .epoch + .minutes(20 * 60 + 30))
        #expect(volumes.newestEvent(before: .epoch + .hours(20)) == nil)
    }

    @Test func `a stretch that is not known has no number`() {
        let volumes = volumes(10) { _ in 1 }
        #expect(volumes.predictions(from: .epoch - .hours(1), to: .epoch + .hours(3)) == nil)
        #expect(volumes.predictions(from: .epoch + .hours(2), to: .epoch + .hours(400)) == 8)
        #expect(volumes.predictions(from: .epoch + .hours(50), to: .epoch + .hours(60)) == 0)
    }

    @Test func `what would need too much memory is not kept`() {
        var volumes = PaneVolumes(start: .epoch, grid: PaneGrid(width: .minutes(1)))
        let (late, early) = (
            volumes.note(predictions: 1, newestEvent: nil, startingAt: .epoch + .days(3650)),
            volumes.note(predictions: 1, newestEvent: nil, startingAt: .earliest)
        )
        #expect(!late && early)
        #expect(PaneVolumes.stretch(for: .days(1), from: .epoch, to: .epoch, grid: PaneGrid(width: .hours(5))) == nil)
        #expect(
            PaneVolumes.stretch(for: .days(400), from: .epoch, to: .epoch, grid: PaneGrid(width: .minutes(1))) == nil)
    }
}
