/// What a column of a CSV body is.
enum CSVRole: Hashable {
    case id
    case time
    case version
    case prediction
    case score
    case actual
    case weight
    /// A declared feature, by its slot.
    case feature(Int)
    /// An undeclared feature, by its name.
    case extra(String)
    case ignored
}
