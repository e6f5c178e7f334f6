import Testing

extension Tag {
    /// Tests of the built binary, with real processes.
    @Tag static var acceptance: Self
}

/// Everything that starts services of its own, one test after another: each of them has the machine to itself.
@Suite(.serialized, .tags(.acceptance))
enum AcceptanceSuite {}
