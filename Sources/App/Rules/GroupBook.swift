import Alerting
import Integrations
import Monitoring
import Query
import Store

/// The groups of alerts of one clock, and what becomes of them: they take alerts in and are told at their times.
struct GroupBook {
    /// The groups by their stream.
    private(set) var groups: [String: AlertGroup] = [:]
    let identity: SenderIdentity

    /// When the next group is due.
    var nextFlush: Time? { groups.values.compactMap(\.nextFlush).min() }

    /// Takes a group that was kept.
    mutating func restore(_ group: AlertGroup) {
        groups[group.stream] = group
    }

    /// Lets an alert into the groups that its labels lead to.
    mutating func enter(
        _ alert: NotifiedAlert, at time: Time, _ settings: NotificationSettings, origin: AlertGroup.Origin = .rules,
        into step: inout EvaluationStep
    ) {
        for group in settings.groups(for: alert.labels, origin: origin) {
            var known = groups[group.stream] ?? group
            known.timers = group.timers
            known.enter(alert, at: time)
            groups[group.stream] = known
            step.keep(known)
        }
    }

    /// Looks again at the groups that something kept quiet.
    mutating func reconsider(at time: Time) {
        for (stream, group) in groups where group.isHushed {
            var looked = group
            looked.look(at: time)
            groups[stream] = looked
        }
    }

    /// Tells a destination that what it was told of an alert was corrected, in the group in which it was told.
    /// With `makesGroup` the group is made where there is none, for an alert that never entered it.
    /// - Returns: whether it is told; not where the group or the channel is gone, or something keeps the alert quiet.
    mutating func correct(
        _ alert: NotifiedAlert, at destination: Destination, _ snapshot: ActiveSettings.Snapshot, firing: [Labels],
        time: Time, replayed: Bool, now: Time, makesGroup: Bool = false, into step: inout EvaluationStep
    ) -> Bool {
        let settings = snapshot.notifications
        guard let channel = settings.channel(of: destination),
            let known = settings.groups(for: alert.labels).first(where: { $0.destination == destination }),
            var group = groups[known.stream] ?? (makesGroup ? known : nil)
        else { return false }
        let quiet = Quiet(
            silences: snapshot.silences, rules: settings.inhibition, firing: firing + snapshot.externalLabels,
            times: settings.muteTimes(ofRoute: group.key.route))
        guard quiet.suppression(of: alert.labels, at: time) == nil else { return false }
        let notification = group.correction(of: alert, at: time, replayed: replayed)
        groups[group.stream] = group
        step.keep(group)
        let id = "msg_" + ModelTimeline.ulid(at: now)
        step.deliveries.append(
            ChannelRegistry.delivery(of: notification, for: channel, id: id, createdAt: now, identity: identity))
        step.notifications.append((id, notification))
        return true
    }

    /// Flushes every group that is due, in the order of time.
    mutating func flush(
        upTo slot: Time, _ snapshot: ActiveSettings.Snapshot, firing: [Labels], replayed: Bool, now: Time,
        into step: inout EvaluationStep
    ) {
        let settings = snapshot.notifications
        while let group = groups.values.filter({ $0.nextFlush.map { $0 <= slot } ?? false })
            .min(by: { ($0.nextFlush ?? slot, $0.stream) < ($1.nextFlush ?? slot, $1.stream) })
        {
            let channel = settings.channel(of: group.destination)
            let quiet = Quiet(
                silences: snapshot.silences, rules: settings.inhibition, firing: firing + snapshot.externalLabels,
                times: settings.muteTimes(ofRoute: group.key.route))
            guard
                let plan = Plan(
                    of: group, upTo: slot, audience: channel?.audience ?? Audience(), replayed: replayed, quiet: quiet)
            else { return }
            groups[group.stream] = plan.group
            step.keep(plan.group)
            guard let channel, let notification = plan.notification else { continue }
            let id = "msg_" + ModelTimeline.ulid(at: now)
            step.deliveries.append(
                ChannelRegistry.delivery(of: notification, for: channel, id: id, createdAt: now, identity: identity))
            step.notifications.append((id, notification))
        }
    }
}
