import Foundation

/// Lets the time pass that deliveries wait for, in the database of a service: hours between attempts in a moment.
struct OutboxTimeLapse {
    /// The statement could not be carried out.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let service: Service

    /// What waits for its next attempt is due now; what is on its way stays as it is.
    func passWaiting() throws {
        try execute(
            "UPDATE delivery SET next_at = now() WHERE state = 'ready' AND next_at > now() AND lease_until IS NULL")
    }

    /// The leases of a process that is dead have run out.
    func passLeases() throws {
        try execute(
            "UPDATE delivery SET lease_until = now() - interval '1 s' WHERE state = 'ready' AND lease_until IS NOT NULL"
        )
    }

    private func execute(_ statement: String) throws {
        let lines = try String(contentsOfFile: "\(service.folder)/data/postgres/postmaster.pid", encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 4, let psql = ForeignTool("psql") else {
            throw Failure(description: "no psql, or no server")
        }
        let connection = "host=\(lines[4]) port=\(lines[3]) user=driftline dbname=driftline"
        let result = try psql.run([connection, "-q", "-v", "ON_ERROR_STOP=1", "-c", statement])
        guard result.status == 0 else { throw Failure(description: result.output) }
    }
}
