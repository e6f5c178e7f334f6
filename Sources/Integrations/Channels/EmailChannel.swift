internal import Alerting
internal import Monitoring

/// E-mails through a mail server.
struct EmailChannel: Channel {
    private let settings: EmailSettings
    private let credentials: OutboundMail.Credentials?

    /// A channel of settings; `content` hands out the texts of the places that they name.
    init(
        _ settings: EmailSettings, content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) {
        self.settings = settings
        if let account = settings.account {
            credentials = OutboundMail.Credentials(
                name: account.name, password: Secret(try OutsideText.headerText(account.password, content)))
        } else {
            credentials = nil
        }
    }

    func message(for delivery: Delivery, at time: Time) -> OutboundMessage {
        .mail(
            OutboundMail(
                server: settings.server, hello: settings.hello, credentials: credentials,
                sender: settings.from.address, recipients: settings.to.map(\.address), message: delivery.payload,
                security: settings.security, timeout: settings.timeout))
    }

    /// 2yz is delivered, 4yz may pass and is tried again, and so is a refused log-in, which is a mistake of the settings and not
    /// of the message; everything else is definite (RFC 5321, section 4.2.1).
    func outcome(of response: OutboundResponse) -> DeliveryOutcome {
        let reason = "the mail server answered \(response.status)"
        switch response.status {
        case 200...299: return .delivered(status: response.status)
        case 300...499, 530, 534, 535, 538: return .retry(status: response.status, reason: reason, after: nil)
        default: return .dead(status: response.status, reason: reason)
        }
    }
}
