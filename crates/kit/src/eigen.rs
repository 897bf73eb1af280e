/// What belongs to the two eigenvalues of a real 2×2 matrix: they themselves (`T` is `f64`), or their eigenvectors.
///
/// A real matrix has two real eigenvalues, or two that are each other's complex conjugate; then what belongs to one
/// is the conjugate of what belongs to the other, and one of them shows both.
///
/// ```
/// # use kit::Eigen;
/// let stretches = Eigen::Real([0.5, 2.0]);
/// let turns = Eigen::Complex { re: 0.0, im: 1.0 }; // −i and i
/// assert_ne!(stretches, turns);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Eigen<T> {
    /// Both are real: first what belongs to the smaller eigenvalue.
    Real([T; 2]),
    /// Both are complex: `re` + i·`im` belongs to the eigenvalue above the real axis, `re` − i·`im` to the one below.
    Complex {
        /// The real part.
        re: T,
        /// The imaginary part.
        im: T,
    },
}
