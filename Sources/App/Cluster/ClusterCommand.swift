import Foundation
import Postgres

/// Runs programs as the user to whom the cluster belongs.
struct ClusterCommand: Sendable {
    /// The user to become; `nil` when this process is that user.
    let account: SystemAccount?
    /// The file that holds what the latest program said.
    let log: String

    /// The user that may own a cluster here: the owner of an existing one, else not root, which PostgreSQL refuses.
    /// `nil` for this process's own user.
    static func account(cluster: String) throws(EmbeddedClusterError) -> SystemAccount? {
        let owner = owner(of: cluster)
        guard SystemAccount.current == 0 else {
            guard let owner, owner != SystemAccount.current else { return nil }
            throw .foreignCluster(folder: cluster, owner: SystemAccount(user: owner)?.name ?? String(owner))
        }
        let found = owner.flatMap { $0 == 0 ? nil : SystemAccount(user: $0) } ?? SystemAccount(named: "postgres")
        guard let found else { throw .noAccount }
        return found
    }

    private static func owner(of path: String) -> UInt32? {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return (attributes[.ownerAccountID] as? NSNumber)?.uint32Value
        } catch {
            return nil
        }
    }

    /// Runs a program to its end and gives what it said. The step is what is being done, for the error.
    @discardableResult
    func run(_ step: String, _ program: String, _ arguments: [String]) async throws(EmbeddedClusterError) -> String {
        let (status, output) = try await outcome(of: program, arguments)
        guard status == 0 else { throw .commandFailed(step: step, output: output) }
        return output
    }

    /// Runs a program to its end and gives its exit status and what it said.
    func outcome(
        of program: String, _ arguments: [String]
    ) async throws(EmbeddedClusterError) -> (status: Int32, output: String) {
        // Not where we are: the other user may not be allowed in there, and a server would hold the folder.
        let words = ["/bin/sh", "-c", "cd / && exec \"$@\"", "sh"] + words(program, arguments)
        let child = ChildProcess(words: words, environment: environment, log: log)
        let status = await child.run()
        guard status >= 0 else {
            throw .commandFailed(step: "starting \(program)", output: "error \(-status)")
        }
        do {
            let text = try String(contentsOfFile: log, encoding: .utf8)
            return (status, text.trimmingCharacters(in: .whitespacesAndNewlines))
        } catch {
            throw .folderUnusable(folder: log, reason: error.localizedDescription)
        }
    }

    /// The program behind `setpriv` or `runuser`, which become the other user.
    private func words(_ program: String, _ arguments: [String]) -> [String] {
        guard let account else { return [program] + arguments }
        for path in ["/usr/bin/setpriv", "/bin/setpriv"] where FileManager.default.isExecutableFile(atPath: path) {
            return [
                path, "--reuid", String(account.user), "--regid", String(account.group), "--init-groups", "--", program,
            ] + arguments
        }
        for path in ["/usr/sbin/runuser", "/sbin/runuser"] where FileManager.default.isExecutableFile(atPath: path) {
            return [path, "-u", account.name, "--", program] + arguments
        }
        return ["/bin/su", account.name, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", program] + arguments
    }

    /// Our environment without libpq's variables, which would send the tools elsewhere, and with plain messages.
    private var environment: [String] {
        let inherited = ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("PG") && !name.hasPrefix("DRIFTLINE") && name != "LC_ALL"
        }
        return inherited.map { name, value in "\(name)=\(value)" } + ["LC_ALL=C"]
    }
}
