import Monitoring
import Statistics

extension WindowDocument {
    /// A definition of a drift measure that is asked for by name, such as `psi:decile-left/floor1e-4`.
    struct Method: Sendable {
        /// As it was written, which is the key of the answer.
        let key: String
        let measure: Measure
        let text: String

        /// The most definitions in one request.
        private static let most = 50

        /// Reads definitions with commas between.
        static func list(_ text: String) throws(Problem) -> [Self] {
            var methods: [Self] = []
            for part in text.split(separator: ",").prefix(most) {
                let key = String(part)
                let sides = key.split(separator: ":", maxSplits: 1).map(String.init)
                guard sides.count == 2 else {
                    throw .invalid([("?methods", "write a measure and a definition, as in psi:decile-left/floor1e-4")])
                }
                guard let measure = Measure(rawValue: sides[0]), !names(of: measure).isEmpty else {
                    let known = Measure.allCases.filter { !names(of: $0).isEmpty }.map(\.rawValue)
                    throw .invalid([("?methods", "there are definitions of \(known.joined(separator: ", "))")])
                }
                guard names(of: measure).contains(sides[1]) else {
                    throw .invalid([("?methods", unknown(sides[1], measure))])
                }
                methods.append(Self(key: key, measure: measure, text: sides[1]))
            }
            return methods
        }

        /// What to write in place of a definition that a measure does not have.
        static func unknown(_ text: String, _ measure: Measure, kind: FeatureKind? = nil) -> String {
            let names = names(of: measure).filter { name in
                kind.map { DriftMethod(name, measure: measure, kind: $0, standard: standard) != nil } ?? true
            }
            guard names.count > 1 else { return "\(measure.rawValue) has only one definition; leave the method out" }
            let wanted = text.utf8
            let nearest = names.max { left, right in
                zip(left.utf8, wanted).prefix { $0 == $1 }.count < zip(right.utf8, wanted).prefix { $0 == $1 }.count
            }
            return "\(measure.rawValue) has \(names.joined(separator: ", ")); the nearest is \(nearest ?? names[0])"
        }

        private static let standard = DriftMethod(closing: .right, zeroPolicy: .half)

        /// The definitions of a measure, those of numeric columns first.
        private static func names(of measure: Measure) -> [String] {
            var names: [String] = []
            for kind in [FeatureKind.numeric, .categorical] {
                for closing in [BinClosing.right, .left] {
                    for policy in ZeroPolicy.allCases {
                        let method = DriftMethod(closing: closing, zeroPolicy: policy)
                        if let name = method.text(measure: measure, kind: kind), !names.contains(name) {
                            names.append(name)
                        }
                    }
                }
            }
            for peer in PeerTool.allCases {
                let method = DriftMethod(closing: .right, zeroPolicy: .half, peer: peer)
                if let name = method.text(measure: measure, kind: .numeric) { names.append(name) }
            }
            return names
        }
    }
}
