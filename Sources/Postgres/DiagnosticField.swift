/// The parts of an error message that are read; the others may quote data.
///
/// Source: `postgres_ext.h`, whose macros are C characters, which Swift does not import.
enum DiagnosticField {
    case state, message, constraint

    /// libpq's code.
    var code: Int32 {
        switch self {
        case .state: Int32(UInt8(ascii: "C"))
        case .message: Int32(UInt8(ascii: "M"))
        case .constraint: Int32(UInt8(ascii: "n"))
        }
    }
}
