import JSON
import Monitoring

/// Every null of a document with the reason beside it.
struct NullWalk {
    /// Members whose null says something by itself, by the name of the list or object that they are in: the open ends of bins,
    /// the categories that share a cell, the rows in no segment, a reference that holds for all windows, and the last page.
    static let exempt: Set<String> = [
        "bins.low", "bins.high", "categories.value", "parts.group", "effective_from", "next",
    ]

    /// The reasons by path, without the places in arrays.
    private(set) var reasons: [String: String] = [:]

    /// Nulls without a reason, unknown reasons, and reasons of what is not null.
    private(set) var faults: [String] = []

    init(_ document: JSONNode) {
        walk(document, at: [])
    }

    private mutating func walk(_ node: JSONNode, at path: [String]) {
        for element in node.elements ?? [] {
            if element.isNull { faults.append("\((path + ["null"]).joined(separator: ".")) stands in an array") }
            walk(element, at: path)
        }
        let told = node["reasons"]?.members ?? []
        for member in node.members ?? [] where member.name != "reasons" {
            let place = path + [member.name]
            walk(member.value, at: place)
            let isExempt = Self.exempt.contains(place.suffix(2).joined(separator: "."))
            guard member.value.isNull, !isExempt else { continue }
            let found = told.filter { $0.name == member.name }
            if found.count != 1 { faults.append("\(place.joined(separator: ".")) has \(found.count) reasons") }
        }
        for reason in told where reason.value.kind == .string {
            let place = (path + [reason.name]).joined(separator: ".")
            if node[reason.name]?.isNull != true { faults.append("\(place) has a reason and is not null") }
            let code = reason.value.string ?? ""
            if NullReason(rawValue: code) == nil { faults.append("\(place) has no such reason as \(code)") }
            reasons[place] = code
        }
        if node["reasons"]?.members?.isEmpty == true {
            faults.append("\(path.joined(separator: ".")) gives no reasons")
        }
    }
}
