internal import CPostgres

/// How the process gets memory from the system.
package enum ProcessMemory {
    private static let mebibyte: Int32 = 1 << 20

    /// Keeps freed blocks of some megabytes for the next request.
    ///
    /// The columns of a batch, its rows for COPY and the bytes of panes are such blocks. By default each is mapped anew and
    /// given back, and the kernel clears every page again.
    package static func keepBlocks() {
        mallopt(M_MMAP_THRESHOLD, 32 * mebibyte)
        mallopt(M_TRIM_THRESHOLD, 128 * mebibyte)
        mallopt(M_TOP_PAD, 1 * mebibyte)
        mallopt(M_ARENA_MAX, 4)
    }

    /// Gives what is free between blocks in use back to the system. It takes some tenths of a second for gigabytes, during which
    /// others may wait for memory.
    package static func giveBack() {
        malloc_trim(0)
    }
}
