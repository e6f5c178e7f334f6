internal import CLAPACK

/// The eigenvalues and eigenvectors of a real symmetric matrix, by LAPACK's `dsyev` (Anderson et al., LAPACK Users' Guide).
///
/// Good to about 1e-15 times the greatest eigenvalue. The last bits may differ between machines and builds of LAPACK, and
/// the sign of a vector is arbitrary: keep the result where the same bits are needed again.
package struct SymmetricEigen: Hashable, Sendable {
    /// The eigenvalues in ascending order.
    package let values: [Double]

    /// The eigenvectors of unit length, one after the other in the order of `values`.
    package let vectors: [Double]

    /// Decomposes a matrix of `order` rows, of which only the lower triangle is looked at.
    ///
    /// - Complexity: O(order^3).
    package init(of matrix: [Double], order: Int) throws(LinearAlgebraError) {
        guard order > 0, order <= 46_340, matrix.count == order * order, let size = Int32(exactly: order) else {
            throw .shape
        }
        guard matrix.allSatisfy(\.isFinite) else { throw .notFinite }
        var vectors = matrix
        var values = [Double](repeating: 0, count: order)
        let code = unsafe vectors.withUnsafeMutableBufferPointer { vectors in
            unsafe values.withUnsafeMutableBufferPointer { values in
                unsafe LAPACKE_dsyev(
                    LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), size,
                    vectors.baseAddress, size, values.baseAddress)
            }
        }
        guard code == 0 else { throw .notConverged }
        self.values = values
        self.vectors = vectors
    }
}
