package import Monitoring

/// A model as the service knows it now.
package struct Model: Sendable {
    /// The number under which the database knows it.
    package let id: Int32
    package let name: String
    package let schema: ModelSchema
    /// The schema's features by their names, so that requests need not make that.
    let features: FeatureIndex
    /// The revision of the definition, the references and the generations that is known here.
    package let revision: Int64
    package let createdAt: Time
    package let updatedAt: Time
    /// The owner of its panes.
    package let windows: LiveWindows
}
