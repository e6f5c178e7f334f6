package import Alerting
internal import Monitoring

/// An address with everything that `http_config` adds to a request to it, ready to be called.
package struct HTTPTarget: Hashable, Sendable {
    /// Whom to call.
    package let url: WebhookURL
    /// The headers of authorization and of the settings.
    let headers: [OutboundHeader]
    let security: OutboundSecurity
    let proxy: WebhookURL?

    /// A plain target.
    package init(url: WebhookURL) {
        self.url = url
        headers = []
        security = .standard
        proxy = nil
    }

    /// The target of settings; `content` hands out the texts of the places that they name.
    package init(
        _ address: AddressSource, _ options: HTTPOptions, content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) {
        switch address {
        case .inline(let url): self.url = url
        case .outside(let place):
            let text = OutsideText.trimmed(try content(place))
            do {
                url = try WebhookURL(text)
            } catch {
                throw .address(place, error)
            }
        }
        var headers: [OutboundHeader] = []
        switch options.authorization {
        case nil: break
        case .basic(let name, let password):
            let pair = "\(name):\(try OutsideText.headerText(password, content))"
            headers.append(OutboundHeader("Authorization", "Basic " + Base64.encoded(pair.utf8)))
        case .scheme(let scheme, let credentials):
            let text = try OutsideText.headerText(credentials, content)
            headers.append(OutboundHeader("Authorization", "\(scheme) \(text)"))
        }
        for header in options.headers {
            headers.append(OutboundHeader(header.name, try OutsideText.headerText(header.value, content)))
        }
        self.headers = headers
        security = options.security
        proxy = options.proxy
    }

    /// A POST to the target or to another address of the same service.
    func post(
        _ body: [UInt8], to url: WebhookURL? = nil, headers own: [OutboundHeader], identity: SenderIdentity,
        timeout: PrometheusDuration
    ) -> OutboundRequest {
        OutboundRequest(
            method: "POST", url: url ?? self.url,
            headers: [OutboundHeader("User-Agent", identity.userAgent)] + own + headers, body: body, timeout: timeout,
            security: security, proxy: proxy)
    }

    /// The address with a path behind its own.
    func address(_ path: String) -> WebhookURL {
        var base = url.revealed
        while base.hasSuffix("/") { base.removeLast() }
        do {
            return try WebhookURL(base + path)
        } catch {
            preconditionFailure("an address with a plain path behind it is an address")
        }
    }
}
