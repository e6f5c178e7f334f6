import JSON
import Monitoring
import Statistics

/// An object of a profile with its place; every reader throws a mistake with its pointer.
struct ProfileObject {
    let place: String
    private let node: JSONNode

    init(_ node: JSONNode, _ place: String) {
        self.node = node
        self.place = place
    }

    /// Whether a member is there and not null.
    func has(_ name: String) -> Bool {
        node[name].map { !$0.isNull } ?? false
    }

    /// Refuses members that the format does not have.
    func refuse(except known: [String]) throws(PartsError) {
        guard let members = node.members else { throw PartsError(place, "give an object") }
        for member in members where !known.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
            throw PartsError("\(place)/\(member.name)", "there is no such member here")
        }
    }

    /// A text.
    func text(_ name: String) throws(PartsError) -> String {
        guard let text = node[name]?.string else { throw PartsError("\(place)/\(name)", "give a text") }
        return text
    }

    /// A finite number.
    func number(_ name: String) throws(PartsError) -> Double {
        guard let number = node[name]?.double, number.isFinite else {
            throw PartsError("\(place)/\(name)", "give a number")
        }
        return number
    }

    /// A whole number from 0 to the most rows; 0 where it may be left out and is.
    func count(_ name: String, isOptional: Bool = false) throws(PartsError) -> Int {
        if isOptional, !has(name) { return 0 }
        return try Self.count(node[name], "\(place)/\(name)")
    }

    private static func count(_ node: JSONNode?, _ place: String) throws(PartsError) -> Int {
        guard let value = node?.int64, (0...Int64(NumericParts.mostRows)).contains(value) else {
            throw PartsError(place, "give a whole number from 0 to \(NumericParts.mostRows)")
        }
        return Int(value)
    }

    /// What a column holds.
    func kind() throws(PartsError) -> FeatureKind {
        switch try text("kind") {
        case "numeric": .numeric
        case "categorical": .categorical
        default: throw PartsError("\(place)/kind", "give numeric or categorical")
        }
    }

    /// The binary exponent of a scale.
    func scale(_ name: String) throws(PartsError) -> FixedPointScale {
        guard let value = node[name]?.int64, (-1074...1023).contains(value) else {
            throw PartsError("\(place)/\(name)", "give a whole number from -1074 to 1023")
        }
        return FixedPointScale(exponent: Int(value))
    }

    private func elements(_ name: String, most: Int, isOptional: Bool = false) throws(PartsError) -> [JSONNode] {
        if isOptional, !has(name) { return [] }
        guard let elements = node[name]?.elements, elements.count <= most else {
            throw PartsError("\(place)/\(name)", "give a list of at most \(most)")
        }
        return elements
    }

    /// A list of objects; empty where it is left out.
    func objects(_ name: String, most: Int) throws(PartsError) -> [ProfileObject] {
        try elements(name, most: most, isOptional: true).enumerated().map { index, element in
            ProfileObject(element, "\(place)/\(name)/\(index)")
        }
    }

    /// The grid of a numeric column.
    func grid() throws(PartsError) -> RankGrid {
        let scale = try scale("scale")
        let cuts = try numbers("cut_points", most: RankGrid.mostCutPoints)
        let deciles = try numbers("deciles", most: 9)
        guard let grid = RankGrid(cutPoints: cuts, deciles: deciles, scale: scale) else {
            throw PartsError(
                "\(place)/cut_points",
                "cut points ascend strictly and fit the scale, and every decile edge is one of them")
        }
        return grid
    }

    private func numbers(_ name: String, most: Int) throws(PartsError) -> [Double] {
        var list: [Double] = []
        for (index, element) in try elements(name, most: most).enumerated() {
            guard let number = element.double, number.isFinite else {
                throw PartsError("\(place)/\(name)/\(index)", "give a number")
            }
            list.append(number)
        }
        return list
    }

    private func counts(_ name: String) throws(PartsError) -> [Int] {
        var list: [Int] = []
        for (index, element) in try elements(name, most: RankGrid.mostCutPoints + 1).enumerated() {
            list.append(try Self.count(element, "\(place)/\(name)/\(index)"))
        }
        return list
    }

    private func sums(_ name: String) throws(PartsError) -> [Int128] {
        var list: [Int128] = []
        for (index, element) in try elements(name, most: RankGrid.mostCutPoints + 1).enumerated() {
            list.append(try Self.wide(element, "\(place)/\(name)/\(index)"))
        }
        return list
    }

    /// A member that is an object; nil where it is left out.
    func object(_ name: String) -> ProfileObject? {
        has(name) ? node[name].map { ProfileObject($0, "\(place)/\(name)") } : nil
    }

    /// A whole number of up to 127 bits, as a text.
    func wide(_ name: String) throws(PartsError) -> Int128 { try Self.wide(node[name], "\(place)/\(name)") }

    private static func wide(_ node: JSONNode?, _ place: String) throws(PartsError) -> Int128 {
        guard let text = node?.string, text.utf8.count <= 40, let number = Int128(text) else {
            throw PartsError(place, "give a whole number of up to 127 bits as a text")
        }
        return number
    }

    /// Sums by column, as in `[["age", "17"]]`; empty where it is left out.
    ///
    /// None is greater than a billion rows of the greatest weight make.
    func columnSquares(_ name: String) throws(PartsError) -> [(name: ColumnName, squares: Int128)] {
        var list: [(name: ColumnName, squares: Int128)] = []
        for (index, element) in try elements(name, most: 20_000, isOptional: true).enumerated() {
            let place = "\(place)/\(name)/\(index)"
            guard let pair = element.elements, pair.count == 2, let address = pair[0].string else {
                throw PartsError(place, "give a column and its sum, as in [\"age\", \"17\"]")
            }
            list.append((name: ColumnName(address: address), squares: try Self.wide(pair[1], place)))
        }
        return list
    }

    /// How much a row counts.
    func weight(_ name: String) throws(PartsError) -> RowWeight {
        guard let weight = RowWeight(try number(name)) else {
            throw PartsError("\(place)/\(name)", "give a weight above 0 and at most a million")
        }
        return weight
    }

    /// The counts of a numeric column.
    func numericParts() throws(PartsError) -> NumericParts {
        var parts = NumericParts()
        parts.missing = try count("missing", isOptional: true)
        parts.typeErrors = try count("type_errors", isOptional: true)
        parts.outOfRange = try count("out_of_range", isOptional: true)
        parts.unsummed = try count("unsummed", isOptional: true)
        parts.open = try counts("open")
        parts.point = try counts("at")
        parts.sums = try sums("sums")
        parts.squares = try sums("squares")
        if has("minimum") { parts.minimum = try number("minimum") }
        if has("maximum") { parts.maximum = try number("maximum") }
        return parts
    }

    /// The counts of a categorical column.
    func categoricalParts() throws(PartsError) -> CategoricalParts {
        var parts = CategoricalParts()
        parts.missing = try count("missing", isOptional: true)
        parts.typeErrors = try count("type_errors", isOptional: true)
        for (index, element) in try elements("categories", most: Reference.mostCategories).enumerated() {
            let pair = element.elements ?? []
            let place = "\(place)/categories/\(index)"
            guard pair.count == 2, let name = pair[0].string, name.utf8.count <= 1 << 20, !name.utf8.contains(0) else {
                throw PartsError(place, "give a category and its count, as in [\"mon\", 52]")
            }
            parts.categories.append((name: ByteText(name), count: try Self.count(pair[1], place)))
        }
        for (index, element) in try elements("hashed", most: 1024, isOptional: true).enumerated() {
            let pair = element.elements ?? []
            let place = "\(place)/hashed/\(index)"
            guard pair.count == 2 else { throw PartsError(place, "give a cell and its count, as in [17, 3]") }
            let cell = try Self.count(pair[0], place)
            parts.hashed.append((cell: cell, count: try Self.count(pair[1], place)))
        }
        return parts
    }
}
