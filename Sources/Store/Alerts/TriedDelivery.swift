/// A delivery with the attempts at it, as they stood at one instant.
package struct TriedDelivery: Sendable {
    package let record: DeliveryRecord
    /// Oldest first.
    package let attempts: [DeliveryAttempt]
}
