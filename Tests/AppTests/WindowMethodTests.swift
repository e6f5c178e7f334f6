import Monitoring
import Testing

@testable import App

struct WindowMethodTests {
    @Test
    func `definitions are told by measure and text`() throws {
        let methods = try WindowDocument.Method.list("psi:decile-left/floor1e-4,psi:half,js_distance:decile-left/base2")
        #expect(methods.map(\.key) == ["psi:decile-left/floor1e-4", "psi:half", "js_distance:decile-left/base2"])
        #expect(methods.map(\.measure) == [.psi, .psi, .jsDistance])
        #expect(methods.map(\.text) == ["decile-left/floor1e-4", "half", "decile-left/base2"])
        #expect(try WindowDocument.Method.list("").isEmpty)
        #expect(
            try WindowDocument.Method.list("js_distance:nannyml,kl:evidently").map(\.measure) == [.jsDistance, .kl])
    }

    @Test(arguments: [
        "psi", "psi:", "psi:decile-middle/half", "ks:exact", "mean:x", ":", "psi:decile-left", "psi:nannyml",
        "kl_reverse:evidently",
    ])
    func `others are refused`(text: String) {
        #expect(throws: Problem.self) { try WindowDocument.Method.list(text) }
    }

    @Test
    func `a misspelt definition is answered with the nearest of its kind`() {
        let numeric = WindowDocument.Method.unknown("decile-left/floor", .psi, kind: .numeric)
        #expect(numeric.hasSuffix("the nearest is decile-left/floor1e-4"))
        let categorical = WindowDocument.Method.unknown("haf", .psi, kind: .categorical)
        #expect(categorical == "psi has half, floor1e-4, none, evidently; the nearest is half")
        #expect(WindowDocument.Method.unknown("exact", .ks, kind: .numeric).contains("only one definition"))
    }
}
