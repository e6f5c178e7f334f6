/// What a delivery carries.
package enum DeliveryKind: String, Hashable, CaseIterable, Sendable {
    /// News about alerts for people.
    case notification
    /// A request for a new model.
    case retraining
}
