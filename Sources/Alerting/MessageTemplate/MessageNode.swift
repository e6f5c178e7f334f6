/// A piece of a message template.
enum MessageNode: Sendable {
    case text(String)
    case output(MessageExpression)
    case condition(MessageExpression, then: [MessageNode], otherwise: [MessageNode])
    /// For each member; `otherwise` where there is none.
    case loop(MessageExpression, body: [MessageNode], otherwise: [MessageNode])
}
