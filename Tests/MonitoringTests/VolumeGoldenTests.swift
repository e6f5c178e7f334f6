import Foundation
import Monitoring
import Statistics
import Testing

/// What the same hours of earlier weeks let expect, beside NumPy and SciPy; see `Golden/make_volumes.py`.
struct VolumeGoldenTests {
    private struct Golden: Decodable {
        struct Entry: Decodable {
            let end: Int64
            let length: Int64
            let count: Int
            let expected: Double?
            let ratio: Double?
            let pValue: Double?
        }
        let counts: [Int]
        let windows: [Entry]
    }

    @Test func `the rows to expect and their probability are those of NumPy and SciPy`() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let golden = try decoder.decode(Golden.self, from: Data(PackageResources.volumes_json))
        var volumes = PaneVolumes(start: .epoch, grid: PaneGrid(width: .hours(1)))
        for (hour, count) in golden.counts.enumerated() {
            let start = Time.epoch + .hours(Int64(hour))
            let fits = volumes.note(predictions: count, newestEvent: count > 0 ? start : nil, startingAt: start)
            #expect(fits)
        }
        #expect(golden.windows.count == 32)
        for one in golden.windows {
            let window = Window(end: .epoch + .hours(one.end), length: .hours(one.length))
            #expect(volumes.predictions(from: window.start, to: window.end) == one.count)
            let pattern = volumes.volume(of: window, since: .epoch).pattern
            #expect(pattern?.expected == one.expected, "\(one)")
            #expect(pattern?.ratio(of: one.count) == one.ratio, "\(one)")
            let found = pattern?.pValue(of: one.count)
            guard let truth = one.pValue else {
                #expect(found == nil)
                continue
            }
            // Chance alone is a normal law, here Student's with 10^9 degrees of freedom.
            #expect((try #require(found) - truth).magnitude <= 1e-6 * truth, "\(one)")
        }
    }
}
