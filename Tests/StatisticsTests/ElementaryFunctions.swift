import Foundation

func exponential(_ value: Double) -> Double { Foundation.exp(value) }
func logarithm(_ value: Double) -> Double { Foundation.log(value) }
func logit(_ value: Double) -> Double { Foundation.log(value / (1 - value)) }
func tangent(_ value: Double) -> Double { Foundation.tanh(value) }
func areaTangent(_ value: Double) -> Double { Foundation.atanh(value) }
