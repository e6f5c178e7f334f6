/// A five-character SQLSTATE, with names for those that decide something here.
///
/// Source: PostgreSQL 15, appendix A.
package struct SQLState: Hashable, Sendable, CustomStringConvertible {
    package let code: String

    package init(_ code: String) { self.code = code }

    package var description: String { code }

    /// The first two characters.
    package var errorClass: String { String(code.prefix(2)) }

    package static let connectionFailure = SQLState("08006")
    package static let transactionResolutionUnknown = SQLState("08007")
    package static let featureNotSupported = SQLState("0A000")
    package static let stringDataRightTruncation = SQLState("22001")
    package static let numericValueOutOfRange = SQLState("22003")
    package static let datetimeFieldOverflow = SQLState("22008")
    package static let divisionByZero = SQLState("22012")
    package static let characterNotInRepertoire = SQLState("22021")
    package static let invalidTextRepresentation = SQLState("22P02")
    package static let invalidBinaryRepresentation = SQLState("22P03")
    package static let untranslatableCharacter = SQLState("22P05")
    package static let notNullViolation = SQLState("23502")
    package static let foreignKeyViolation = SQLState("23503")
    package static let uniqueViolation = SQLState("23505")
    package static let checkViolation = SQLState("23514")
    package static let exclusionViolation = SQLState("23P01")
    package static let readOnlyTransaction = SQLState("25006")
    package static let inFailedTransaction = SQLState("25P02")
    package static let invalidStatementName = SQLState("26000")
    package static let invalidCatalogName = SQLState("3D000")
    package static let serializationFailure = SQLState("40001")
    package static let statementCompletionUnknown = SQLState("40003")
    package static let deadlockDetected = SQLState("40P01")
    package static let insufficientPrivilege = SQLState("42501")
    package static let syntaxError = SQLState("42601")
    package static let undefinedColumn = SQLState("42703")
    package static let undefinedTable = SQLState("42P01")
    package static let duplicateTable = SQLState("42P07")
    /// A type, constraint or the like of the name exists.
    package static let duplicateObject = SQLState("42710")
    package static let diskFull = SQLState("53100")
    package static let outOfMemory = SQLState("53200")
    package static let tooManyConnections = SQLState("53300")
    package static let lockNotAvailable = SQLState("55P03")
    package static let objectInUse = SQLState("55006")
    package static let queryCanceled = SQLState("57014")
    package static let adminShutdown = SQLState("57P01")
    package static let crashShutdown = SQLState("57P02")
    package static let cannotConnectNow = SQLState("57P03")
    package static let internalError = SQLState("XX000")
    package static let raisedException = SQLState("P0001")

    /// Whether the data itself was refused (classes 22 and 23): the same rows will be refused again, fewer may pass.
    package var blamesData: Bool { errorClass == "22" || errorClass == "23" }

    /// Whether the same work may succeed later, unchanged.
    var isTransient: Bool {
        switch errorClass {
        case "08", "40", "53", "57", "58": true
        default: self == .lockNotAvailable || self == .readOnlyTransaction || self == .invalidStatementName
        }
    }
}
