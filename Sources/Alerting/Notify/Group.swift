package import Monitoring

extension AlertGroup {
    /// Takes in an alert that fired, resolved, or got new annotations at an event time.
    ///
    /// An empty group waits `group_wait` from here on; another is looked at on the next multiple of `group_interval` after its
    /// last flush. An alert that resolves before its receiver heard of it is dropped.
    package mutating func enter(_ alert: NotifiedAlert, at time: Time) {
        if let due = nextFlush, due < time {
            let index = later.firstIndex { time < $0.time } ?? later.endIndex
            later.insert(Arrival(time: time, alert: alert), at: index)
        } else if take(alert) {
            schedule(at: time)
        }
    }

    /// Puts an alert among the members and returns whether that may be news.
    private mutating func take(_ alert: NotifiedAlert) -> Bool {
        let index = members.firstIndex { $0.fingerprint == alert.fingerprint }
        let known = told?.firing.contains(alert.fingerprint) ?? false
        if alert.isResolved, !known {
            if let index { members.remove(at: index) }
            return false
        }
        guard let index else {
            members.append(alert)
            return true
        }
        let isNews = members[index].isResolved != alert.isResolved
        members[index] = alert
        return isNews
    }

    private mutating func schedule(at time: Time) {
        guard let due = nextFlush else {
            nextFlush = time + timers.wait
            return
        }
        guard let lastFlush else { return }
        nextFlush = min(due, timers.tick(after: lastFlush, notBefore: time))
    }

    /// Looks at the group at a time, if that is before the next flush: something that kept it quiet may have ended.
    package mutating func look(at time: Time) {
        guard let due = nextFlush, due > time else { return }
        nextFlush = time
    }

    /// The notification that an alert was judged otherwise by now; it changes nothing but the stream's sequence.
    ///
    /// The alert is told as it is, firing or resolved, with an annotation that says what is corrected.
    package mutating func correction(of alert: NotifiedAlert, at time: Time, replayed: Bool) -> Notification {
        sequence += 1
        var told = self
        told.members = [alert]
        return Notification(
            of: told, reason: .verdictCorrected, audience: Audience(), eventTime: time, replayed: replayed)
    }

    /// Ends the flush at `nextFlush`: forgets what has resolved, sets the next time, and lets in what has waited.
    ///
    /// An alert that was hidden stays until it can be told. A look that told nothing leaves the grid of flushes as it was.
    mutating func finishFlush(at time: Time, isTold: Bool, hidden: Set<Fingerprint>, quietEnds: Time?) {
        members.removeAll { $0.isResolved && !hidden.contains($0.fingerprint) }
        isHushed = !hidden.isEmpty
        if members.isEmpty {
            nextFlush = nil
            lastFlush = nil
        } else {
            let start = isTold ? time : lastFlush ?? time
            lastFlush = start
            let repetition = timers.tick(after: start, notBefore: max((told?.at ?? time) + timers.repetition, time))
            let due = repetition > time ? repetition : timers.tick(after: start, notBefore: time + timers.interval)
            nextFlush = quietEnds.map { min(max($0, time + PrometheusDuration(microseconds: 1)), due) } ?? due
        }
        let waiting = later
        later = []
        for arrival in waiting { enter(arrival.alert, at: arrival.time) }
    }
}
