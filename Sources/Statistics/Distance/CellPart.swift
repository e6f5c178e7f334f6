/// What is added up over cells.
protocol CellPart: RawRepresentable<Int> {
    /// How many parts there are.
    static var count: Int { get }
}
