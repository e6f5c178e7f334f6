import Foundation

/// The settings file of the embedded cluster.
struct ClusterSettings: Sendable {
    let socketFolder: String
    /// Memory of the machine or container, in bytes.
    let memory: UInt64
    /// What pages in the write-ahead log are compressed with: `lz4`, or `on` for what every server has.
    let pageCompression: String

    init(socketFolder: String, memory: UInt64 = ClusterSettings.machineMemory, pageCompression: String = "on") {
        self.socketFolder = socketFolder
        self.memory = memory
        self.pageCompression = pageCompression
    }

    /// Name of the file, beside PostgreSQL's own, which includes it.
    static let fileName = "driftline.conf"

    /// A sixteenth of the memory, between 16 and 1024 MB: room for the upper part of the index of identities.
    var sharedBuffers: UInt64 { min(1024, max(16, memory >> 24)) }

    /// The file's text.
    var text: String {
        """
        # Written by driftline at every start. Settings of yours belong into local.conf, which is read after this file.
        listen_addresses = ''
        port = 5432
        unix_socket_directories = '\(socketFolder.replacing("'", with: "''"))'
        unix_socket_permissions = 0700

        # "Acknowledged means committed" rests on these three.
        fsync = on
        full_page_writes = on
        synchronous_commit = on

        shared_buffers = \(sharedBuffers)MB
        wal_compression = \(pageCompression)
        # Files of the log are used again instead of being made anew, and pages are written whole less often.
        min_wal_size = 512MB
        max_wal_size = 2GB
        checkpoint_timeout = 15min
        # Indexes are looked into, not read in order; the usual default is that of rotating disks.
        random_page_cost = 1.1
        work_mem = 16MB
        max_locks_per_transaction = 256
        autovacuum = on
        jit = off
        timezone = 'UTC'

        # A week of logs, without the texts and values of statements.
        logging_collector = on
        log_directory = 'log'
        log_filename = 'postgresql-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0
        log_timezone = 'UTC'
        log_error_verbosity = terse
        log_min_error_statement = panic

        include_if_exists = 'local.conf'

        """
    }

    /// What the container allows, else what the machine has.
    static var machineMemory: UInt64 {
        let machine = ProcessInfo.processInfo.physicalMemory
        do {
            let text = try String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8)
            return min(machine, UInt64(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? machine)
        } catch {
            return machine
        }
    }
}
