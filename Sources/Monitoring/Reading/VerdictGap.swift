/// Why there is no verdict about a measure.
package enum VerdictGap: String, Hashable, Sendable {
    /// The column is not compared with anything.
    case noReference = "no_reference"

    /// Window or reference is too small, or no value that the measure can take is as rare as was asked for.
    case insufficient

    /// No law without drift is known of that definition: bins of another tool.
    case noLaw = "no_law"
}
