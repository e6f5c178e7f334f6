import Postgres

extension EmbeddedClusterError {
    /// The refusal of the data folder's lock.
    init(_ refusal: FolderLock.Refusal) {
        switch refusal {
        case .held(let folder, let process): self = .folderInUse(folder: folder, process: process)
        case .unusable(let folder, let reason): self = .folderUnusable(folder: folder, reason: reason)
        }
    }
}
