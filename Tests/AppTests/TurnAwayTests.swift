import Monitoring
import Store
import Synchronization
import Testing

@testable import App

/// Requests whose database is silent: they are answered, and what they held is free again.
@Suite(.timeLimit(.minutes(1)))
struct TurnAwayTests {
    private static let silence = IngestError.unavailable("the database does not answer")

    /// A queue with room for one request, and how many were answered.
    private final class Fixture: Sendable {
        let queue = IngestQueue(mostBytes: 100)
        let answered = Atomic(0)

        /// Waits for a commit, and says why there was none.
        func submit() async -> IngestError? {
            defer { answered.add(1, ordering: .relaxed) }
            let submission = LogSubmission(
                model: 1, rows: .labels(LabelBatch()), arrivedAt: Time(microseconds: 0))
            do throws(any Error) {
                _ = try await queue.submit(submission, bytes: 100)
                return nil
            } catch {
                return error as? IngestError
            }
        }

        /// The jobs of the next group.
        func nextGroup() async throws -> [IngestQueue.Job] {
            guard case .group(let jobs) = await queue.next() else { throw Unexpected() }
            return jobs
        }
    }

    struct Unexpected: Error {}

    @Test func `who waits is answered once, whether queued or given out, and the queue goes on`() async throws {
        let fixture = Fixture()
        async let first = fixture.submit()
        let jobs = try await fixture.nextGroup()
        async let second = fixture.submit()
        // As the watch does, until the second one has come and gone.
        while fixture.answered.load(ordering: .relaxed) < 2 {
            fixture.queue.turnAway(Self.silence)
            await Task.yield()
        }
        #expect(await first == Self.silence)
        #expect(await second == Self.silence)
        // The commit ends after all: nobody waits any more, and nothing traps.
        for job in jobs { job.answer.give(.success(LogResult())) }

        async let third = fixture.submit()
        for job in try await fixture.nextGroup() { job.answer.give(.success(LogResult())) }
        #expect(await third == nil)
    }
}
