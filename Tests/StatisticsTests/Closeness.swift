/// Whether two numbers are equal up to a relative and an absolute tolerance.
func isClose(_ left: Double?, _ right: Double?, relative: Double = 1e-9, absolute: Double = 1e-9) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    if left == right { return true }
    return (left - right).magnitude <= max(relative * right.magnitude, absolute)
}

/// Whether two probabilities are equal by the tolerance for p-values; below 1e-200 both only need to be tiny.
func isCloseProbability(_ left: Double?, _ right: Double?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    if right < 1e-200 { return left < 1e-200 }
    return (left - right).magnitude <= 1e-6 * right
}
