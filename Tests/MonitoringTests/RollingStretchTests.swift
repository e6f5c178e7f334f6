import Monitoring
import Statistics
import Testing

struct RollingStretchTests {
    private static let end = Time(microseconds: 1_767_225_600_000_000)
    private static let window = Window(end: end, length: .days(1))

    @Test func `each kind lies where it says`() throws {
        let trailing = try #require(RollingReference(.trailing(.days(7), lag: .days(2))))
        #expect(trailing.stretch(of: Self.window) == Window(end: Self.end - .days(2), length: .days(7)))
        let before = try #require(RollingReference(.trailing(.days(7), lag: nil)))
        #expect(before.stretch(of: Self.window) == Window(end: Self.window.start, length: .days(7)))
        let shifted = try #require(RollingReference(.shifted(.days(7))))
        #expect(shifted.stretch(of: Self.window) == Window(end: Self.end - .days(7), length: .days(1)))
        let version = try #require(RollingReference(.own, version: "3"))
        #expect(version.stretch(of: Self.window) == Self.window)
        #expect([trailing, before, shifted, version].map(\.kind) == [.trailing, .trailing, .shift, .version])
    }

    @Test func `a segment is compared with itself, and does not exist within a version`() throws {
        let shifted = try #require(RollingReference(.shifted(.days(7))))
        let version = try #require(RollingReference(.shifted(.days(7)), version: "3"))
        let segment = Slice(segment: "country=DE")
        #expect(shifted.slice(for: segment) == segment)
        #expect(version.slice(for: segment) == nil)
        for slice in [Slice.pooled, Slice(version: "2"), Slice(segment: Segment.otherVersions)] {
            #expect(shifted.slice(for: slice) == .pooled)
            #expect(version.slice(for: slice) == Slice(version: "3"))
        }
    }

    @Test(
        arguments: [
            (.own, nil), (.trailing(.zero, lag: nil), nil), (.trailing(.days(1), lag: .zero - .days(1)), nil),
            (.shifted(.zero), "3"), (.shifted(.zero - .days(1)), nil),
        ] as [(RollingReference.Stretch, ByteText?)])
    func `what is no other stretch and no other version is no reference`(
        _ stretch: RollingReference.Stretch, _ version: ByteText?
    ) {
        #expect(RollingReference(stretch, version: version) == nil)
    }

    @Test(
        arguments: [
            (.trailing(.days(7), lag: .days(2)), 9), (.trailing(.days(7), lag: nil), 8), (.shifted(.days(7)), 8),
            (.trailing(.days(7), lag: .zero), 7),
        ] as [(RollingReference.Stretch, Int64)])
    func `it reaches back as far as its stretch begins`(_ stretch: RollingReference.Stretch, _ days: Int64) throws {
        let rolling = try #require(RollingReference(stretch))
        #expect(rolling.reach(length: .days(1)) == .days(days))
        #expect(rolling.stretch(of: Self.window).start == Self.end - .days(days))
    }
}
