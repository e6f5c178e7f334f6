/// Looks again and again at something that another process does.
enum Waiting {
    /// Returns true as soon as the condition holds, false once the limit has passed.
    static func until(within limit: Duration, _ condition: () async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + limit
        while true {
            if try await condition() { return true }
            guard ContinuousClock.now < end else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
