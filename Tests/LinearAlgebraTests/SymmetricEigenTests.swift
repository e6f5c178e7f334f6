import LinearAlgebra
import Testing

struct SymmetricEigenTests {
    @Test func `a matrix of two rows has the values of the textbook`() throws {
        let eigen = try SymmetricEigen(of: [2, 1, 1, 2], order: 2)
        #expect(abs(eigen.values[0] - 1) < 1e-14)
        #expect(abs(eigen.values[1] - 3) < 1e-14)
        #expect(abs(abs(eigen.vectors[2]) - 0.5.squareRoot()) < 1e-14)
        #expect(abs(eigen.vectors[2] - eigen.vectors[3]) < 1e-14)
    }

    @Test(arguments: [1, 2, 3, 17, 64]) func `the parts put together are the matrix again`(order: Int) throws {
        var matrix = [Double](repeating: 0, count: order * order)
        for row in 0..<order {
            for column in 0...row {
                let value = 1 / Double(row + column + 1) + (row == column ? 1 : 0)
                matrix[row * order + column] = value
                matrix[column * order + row] = value
            }
        }
        let eigen = try SymmetricEigen(of: matrix, order: order)
        #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 <= $1 })
        for row in 0..<order {
            for column in 0..<order {
                let sum = (0..<order).reduce(0.0) {
                    $0 + eigen.values[$1] * eigen.vectors[$1 * order + row] * eigen.vectors[$1 * order + column]
                }
                #expect(abs(sum - matrix[row * order + column]) < 1e-12)
            }
        }
    }

    @Test func `what is no matrix is refused`() {
        #expect(throws: LinearAlgebraError.shape) { try SymmetricEigen(of: [1, 2, 3], order: 2) }
        #expect(throws: LinearAlgebraError.shape) { try SymmetricEigen(of: [], order: 0) }
        #expect(throws: LinearAlgebraError.shape) { try SymmetricEigen(of: [1], order: -1) }
        #expect(throws: LinearAlgebraError.shape) { try SymmetricEigen(of: [1], order: .max) }
        #expect(throws: LinearAlgebraError.notFinite) { try SymmetricEigen(of: [1, .nan, .nan, 1], order: 2) }
        #expect(throws: LinearAlgebraError.notFinite) { try SymmetricEigen(of: [.infinity], order: 1) }
    }
}
