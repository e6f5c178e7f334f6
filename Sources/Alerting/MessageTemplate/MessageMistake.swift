/// The end of a sentence about a part of a message template.
struct MessageMistake: Error, ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral text: String) {
        self.text = text
    }
}
