import HTTPTypes
import Hummingbird

/// One web page: what it is called, and what stands in it. Works without scripts; nothing of it comes from elsewhere.
struct Page {
    let title: String
    let content: Markup
    var status: HTTPResponse.Status = .ok

    /// Only our own style sheet, forms to ourselves, and no frame around us.
    private static let policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    /// What keeps a browser from guessing types, from telling others where it was, and from keeping what it saw.
    private static var headers: HTTPFields {
        var fields: HTTPFields = [
            .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
        ]
        for (name, value) in [("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY")] {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }

    var response: Response {
        Answer.bytes(status, headers: Self.headers, type: "text/html; charset=utf-8", Array(document.text.utf8))
    }

    /// Leads the browser on to a page after a form was sent.
    static func redirection(to path: String) -> Response {
        var fields = headers
        fields[.location] = path
        return Response(status: .seeOther, headers: fields)
    }

    private var document: Markup {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · Driftline</title>
        <link rel="stylesheet" href="/pages/style.css">
        </head>
        <body>
        <a class="skip" href="#content">Skip to content</a>
        <header>
        <a class="name" href="/">Driftline</a>
        <nav aria-label="Pages">
        <a href="/">Models</a> <a href="/pages/alerts">Alerts</a> <a href="/pages/deliveries">Deliveries</a>
        </nav>
        </header>
        <main id="content">
        <h1>\(title)</h1>
        \(content)
        </main>
        <footer>All times are UTC.</footer>
        </body>
        </html>

        """
    }
}

/// The forms and marks that several pages have.
extension Markup {
    /// A button that posts to an address.
    static func button(_ label: String, to path: String, about subject: String) -> Markup {
        """
        <form method="post" action="\(path)"><button aria-label="\(label) \(subject)">\(label)</button></form>
        """
    }

    /// A word with the colour of what it means.
    static func mark(_ word: String) -> Markup {
        switch word {
        case "firing", "dead", "drifted", "failed", "error": "<span class=\"mark bad\">\(word)</span>"
        case "pending", "ready", "sending", "held", "waiting", "no data", "stale", "insufficient":
            "<span class=\"mark open\">\(word)</span>"
        case "delivered", "told", "ok", "resolved": "<span class=\"mark good\">\(word)</span>"
        default: "<span class=\"mark\">\(word)</span>"
        }
    }

    /// Links to a page with each choice of one parameter; the choice in force is marked.
    static func choices(_ choices: [(name: String, path: String)], current: Int?) -> Markup {
        let links = choices.enumerated().map { index, choice -> Markup in
            index == current
                ? "<a href=\"\(choice.path)\" aria-current=\"true\">\(choice.name)</a>"
                : "<a href=\"\(choice.path)\">\(choice.name)</a>"
        }
        return "<p class=\"choices\">\(Markup(links))</p>"
    }
}
