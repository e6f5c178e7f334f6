import Testing

@testable import Postgres

/// The pool's decisions, with numbers for connections and letters for waiters.
struct PoolStateTests {
    private func isConnection(_ grant: PoolGrant<Int>, _ number: Int) -> Bool {
        if case .connection(number) = grant { true } else { false }
    }

    private func resumed(_ actions: [PoolState<Int, String>.Action]) -> [String] {
        actions.compactMap { action in
            guard case .resume(let waiter, let grant) = action else { return nil }
            return switch grant {
            case .connection(let number): "\(waiter) gets \(number)"
            case .open: "\(waiter) opens"
            case .closed: "\(waiter) is told closed"
            case .cancelled: "\(waiter) is cancelled"
            case .wait, .exhausted: "\(waiter) ?"
            }
        }
    }

    private func closed(_ actions: [PoolState<Int, String>.Action]) -> [Int] {
        actions.compactMap { if case .close(let number) = $0 { number } else { nil } }
    }

    private func isOpen(_ grant: PoolGrant<Int>) -> Bool { if case .open = grant { true } else { false } }
    private func isWait(_ grant: PoolGrant<Int>) -> Bool { if case .wait = grant { true } else { false } }

    @Test
    func `no more connections than the limit are opened`() {
        var state = PoolState<Int, String>(limit: 2, queueLimit: 5)
        let outcome7 = isOpen(state.request())
        #expect(outcome7)
        let outcome8 = isOpen(state.request())
        #expect(outcome8)
        let outcome9 = isWait(state.request())
        #expect(outcome9)
    }

    @Test
    func `the connection used last is used next`() {
        var state = PoolState<Int, String>(limit: 2, queueLimit: 5)
        _ = state.request()
        _ = state.request()
        let actions1 = state.giveBack(1, isUsable: true)
        #expect(actions1.isEmpty)
        let actions2 = state.giveBack(2, isUsable: true)
        #expect(actions2.isEmpty)
        let outcome10 = isConnection(state.request(), 2)
        #expect(outcome10)
        let outcome11 = isConnection(state.request(), 1)
        #expect(outcome11)
    }

    @Test
    func `waiters are served in order of arrival`() {
        var state = PoolState<Int, String>(limit: 1, queueLimit: 5)
        _ = state.request()
        for waiter in ["a", "b"] {
            let outcome12 = isWait(state.request())
            #expect(outcome12)
            state.enqueue(waiter, id: state.newID())
        }
        let outcome13 = resumed(state.giveBack(1, isUsable: true))
        #expect(outcome13 == ["a gets 1"])
        let outcome14 = resumed(state.giveBack(1, isUsable: true))
        #expect(outcome14 == ["b gets 1"])
        let actions3 = state.giveBack(1, isUsable: true)
        #expect(actions3.isEmpty)
        #expect(state.idleCount == 1 && state.takenCount == 0)
    }

    @Test
    func `a full queue refuses`() {
        var state = PoolState<Int, String>(limit: 1, queueLimit: 1)
        _ = state.request()
        _ = state.request()
        state.enqueue("a", id: state.newID())
        guard case .exhausted = state.request() else {
            Issue.record("the second waiter is refused")
            return
        }
    }

    @Test
    func `a broken connection is closed and its slot goes to the next waiter`() {
        var state = PoolState<Int, String>(limit: 1, queueLimit: 5)
        _ = state.request()
        _ = state.request()
        state.enqueue("a", id: state.newID())
        let actions = state.giveBack(1, isUsable: false)
        #expect(closed(actions) == [1])
        #expect(resumed(actions) == ["a opens"])
        #expect(state.takenCount == 1)
    }

    @Test
    func `a failed opening lets the next waiter try`() {
        var state = PoolState<Int, String>(limit: 1, queueLimit: 5)
        _ = state.request()
        _ = state.request()
        state.enqueue("a", id: state.newID())
        let outcome15 = resumed(state.failed())
        #expect(outcome15 == ["a opens"])
        let actions4 = state.failed()
        #expect(actions4.isEmpty)
        #expect(state.takenCount == 0)
        let outcome16 = isOpen(state.request())
        #expect(outcome16)
    }

    @Test
    func `a cancelled waiter is woken once and never served`() {
        var state = PoolState<Int, String>(limit: 1, queueLimit: 5)
        _ = state.request()
        _ = state.request()
        let id = state.newID()
        state.enqueue("a", id: id)
        let outcome17 = resumed(state.cancel(id: id))
        #expect(outcome17 == ["a is cancelled"])
        let actions5 = state.cancel(id: id)
        #expect(actions5.isEmpty)
        let actions6 = state.giveBack(1, isUsable: true)
        #expect(actions6.isEmpty)
    }

    @Test
    func `closing wakes waiters, closes what is idle, and ends with the last lease`() {
        var state = PoolState<Int, String>(limit: 2, queueLimit: 5)
        _ = state.request()
        _ = state.request()
        _ = state.request()
        state.enqueue("a", id: state.newID())
        let outcome18 = resumed(state.close())
        #expect(outcome18 == ["a is told closed"])
        let outcome19 = state.awaitEnd("closer")
        #expect(outcome19)
        let outcome20 = closed(state.giveBack(1, isUsable: true))
        #expect(outcome20 == [1])
        let last = state.giveBack(2, isUsable: true)
        #expect(closed(last) == [2])
        let isFinished = last.contains { if case .finished("closer") = $0 { true } else { false } }
        #expect(isFinished)
        guard case .closed = state.request() else {
            Issue.record("a closed pool gives nothing")
            return
        }
    }
}
