/// Something that a test relies on is not as it must be.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
}
