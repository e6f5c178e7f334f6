import Query
import Testing

/// Expected values are those of Go's `strconv.FormatFloat`.
struct NumberTextTests {
    @Test(arguments: [
        (0.0, "0", "0", "0e+00"), (-0.0, "-0", "-0", "-0e+00"), (1, "1", "1", "1e+00"),
        (0.31, "0.31", "0.31", "3.1e-01"), (123456, "123456", "123456", "1.23456e+05"),
        (1e6, "1e+06", "1000000", "1e+06"),
        (1234567.5, "1.2345675e+06", "1234567.5", "1.2345675e+06"), (0.0001, "0.0001", "0.0001", "1e-04"),
        (0.00001, "1e-05", "0.00001", "1e-05"), (1e21, "1e+21", "1000000000000000000000", "1e+21"),
        (-2.5, "-2.5", "-2.5", "-2.5e+00"), (.nan, "NaN", "NaN", "NaN"), (.infinity, "+Inf", "+Inf", "+Inf"),
        (-.infinity, "-Inf", "-Inf", "-Inf"), (1e100, "1e+100", "1" + String(repeating: "0", count: 100), "1e+100"),
        (.leastNonzeroMagnitude, "5e-324", "0." + String(repeating: "0", count: 323) + "5", "5e-324"),
    ])
    func `general, positional and scientific`(value: Double, general: String, positional: String, scientific: String) {
        #expect(NumberText.general(value) == general)
        #expect(NumberText.positional(value) == positional)
        #expect(NumberText.scientific(value) == scientific)
    }
}
