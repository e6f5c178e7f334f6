import Alerting
import Integrations
import Monitoring

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How each delivery leaves: the channel or launcher that its destination names in the active settings.
package struct DeliveryDirectory: Sendable {
    let notifications: NotificationSettings
    let retraining: RetrainingSettings
    let identity: SenderIdentity

    /// What makes a request of a delivery and an outcome of an answer.
    enum Way: Sendable {
        case channel(any Channel)
        case launcher(any Launcher)

        func message(for delivery: Delivery, at time: Time) -> OutboundMessage {
            switch self {
            case .channel(let channel): channel.message(for: delivery, at: time)
            case .launcher(let launcher): .http(launcher.request(for: delivery, at: time))
            }
        }

        func outcome(of response: OutboundResponse) -> DeliveryOutcome {
            switch self {
            case .channel(let channel): channel.outcome(of: response)
            case .launcher(let launcher): launcher.outcome(of: response)
            }
        }
    }

    /// The way of a delivery, or why there is none at present.
    func way(of delivery: Delivery) -> Result<Way, OutboundFailure> {
        do throws(WebhookTargetError) {
            switch delivery.kind {
            case .notification:
                guard let settings = notifications.channel(of: delivery.destination) else {
                    return .failure(OutboundFailure(reason: "the settings have no receiver of this name any more"))
                }
                return .success(
                    .channel(try ChannelRegistry.channel(settings, identity: identity, content: Self.content)))
            case .retraining:
                guard let policy = retraining.policy(named: delivery.destination.name) else {
                    return .failure(OutboundFailure(reason: "the settings have no policy of this name any more"))
                }
                return .success(
                    .launcher(try LauncherRegistry.launcher(policy.launcher, identity: identity, content: Self.content))
                )
            }
        } catch {
            return .failure(OutboundFailure(reason: error.reason))
        }
    }

    /// The public keys that receivers and launchers check signatures with, by where messages go; a destination whose secret cannot
    /// be read has none.
    func publicKeys() -> [(destination: Destination, keys: [String])] {
        var sources: [(Destination, SecretSource?)] = []
        for receiver in notifications.receivers.values {
            for (destination, channel) in receiver.destinations {
                if case .webhook(let settings) = channel { sources.append((destination, settings.signingSecret)) }
            }
        }
        for policy in retraining.policies {
            switch policy.launcher {
            case .webhook(let settings):
                sources.append((Destination(name: policy.name, channel: "launcher"), settings.signingSecret))
            }
        }
        return sources.compactMap { destination, source in
            do throws(WebhookTargetError) {
                let keys = try WebhookTarget.keys(source, Self.content).compactMap(\.publicText)
                return keys.isEmpty ? nil : (destination, keys)
            } catch {
                return nil
            }
        }
    }

    private static func content(of place: TextPlace) throws(WebhookTargetError) -> String {
        switch place {
        case .file(let path):
            do {
                return try String(contentsOfFile: path, encoding: .utf8)
            } catch {
                throw .unreadable(place, reason: "does it exist, and may this user read it?")
            }
        case .variable(let name):
            guard let text = ProcessInfo.processInfo.environment[name] else {
                throw .unreadable(place, reason: "it is not set")
            }
            return text
        }
    }
}
