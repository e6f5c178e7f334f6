package import Alerting
package import Integrations
package import Query
import Synchronization

/// The rules, routes and policies in force: an immutable value, replaced whole.
package final class ActiveSettings: Sendable {
    /// One state of all settings.
    package struct Snapshot: Sendable {
        package var rules: RuleSet
        package var notifications: NotificationSettings
        package var retraining: RetrainingSettings
        /// The silences that have not expired.
        package var silences: [Silence] = []
        /// The labels of the alerts of others that fire.
        package var externalLabels: [Labels] = []
        /// Rises with every replacement.
        package var version = 0
    }

    private let state: Mutex<Snapshot>
    private let posted = Atomic(false)
    private let followed = Atomic<Int64>(-1)

    /// The version of the stored rules, routes and policies that is in force here.
    var storedVersion: Int64 {
        get { followed.load(ordering: .relaxed) }
        set { followed.store(newValue, ordering: .relaxed) }
    }

    /// Whether a silence or an alert came over HTTP since the evaluator looked.
    var isPosted: Bool {
        get { posted.load(ordering: .relaxed) }
        set { posted.store(newValue, ordering: .relaxed) }
    }

    package let identity: SenderIdentity

    package init(identity: SenderIdentity) {
        self.identity = identity
        state = Mutex(Snapshot(rules: RuleSet(groups: []), notifications: .silent, retraining: .none))
    }

    /// What is in force now.
    package var current: Snapshot { state.withLock { $0 } }

    /// Puts other settings in force.
    package func replace(_ change: (inout Snapshot) -> Void) {
        state.withLock { snapshot in
            change(&snapshot)
            snapshot.version += 1
        }
    }

    /// How deliveries leave under the settings in force.
    var directory: DeliveryDirectory {
        let snapshot = current
        return DeliveryDirectory(
            notifications: snapshot.notifications, retraining: snapshot.retraining, identity: identity)
    }
}
