internal import Glibc

/// A user of this machine.
package struct SystemAccount: Hashable, Sendable {
    package let name: String
    /// Numeric id of the user.
    package let user: UInt32
    /// Numeric id of its first group.
    package let group: UInt32

    /// The user whom this process acts as.
    package static var current: UInt32 { geteuid() }

    /// Looks a user up by name.
    package init?(named name: String) {
        unsafe self.init { entry, buffer, size, result in
            unsafe getpwnam_r(name, entry, buffer, size, result)
        }
    }

    /// Looks a user up by id.
    package init?(user: UInt32) {
        unsafe self.init { entry, buffer, size, result in
            unsafe getpwuid_r(user, entry, buffer, size, result)
        }
    }

    private init?(
        _ look: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 1 << 14)
        guard unsafe look(&entry, &buffer, buffer.count, &found) == 0, unsafe found != nil,
            let name = unsafe entry.pw_name
        else { return nil }
        self.name = unsafe String(cString: name)
        user = unsafe entry.pw_uid
        group = unsafe entry.pw_gid
    }
}
