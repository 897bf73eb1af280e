//! What a token is and where it stands, as numbers: embeddings and positions.

use kit::{InputError, Matrix, check};

/// Embedding: each token becomes its row of a table.
///
/// * `tokens`: n tokens, each from 0 to V − 1; n may be 0. `table`: V×d, one row per token of the vocabulary.
/// * Returns the rows of the tokens in their order, n×d. They are copied, whatever is in them.
///
/// # Errors
///
/// [`InputError::UnknownClass`] with the first token that is V or more; `classes` is V.
///
/// ```
/// # use katas::x4_attention::positions::embedding;
/// # use kit::Matrix;
/// let table = Matrix::from_rows([[0.5, 1.0], [2.0, 3.0]]);
/// let rows = Matrix::from_rows([[2.0, 3.0], [2.0, 3.0], [0.5, 1.0]]);
/// assert_eq!(embedding(&[1, 1, 0], &table), Ok(rows));
/// ```
///
/// In Python: `torch.nn.functional.embedding(tokens, table)`, `table[tokens]`.
///
/// Source: Vaswani et al., *Attention Is All You Need*, NeurIPS (2017), §3.4.
pub fn embedding(tokens: &[usize], table: &Matrix) -> Result<Matrix, InputError> {
    check::labels(tokens, table.rows())?;
    Ok(Matrix::from_fn(tokens.len(), table.cols(), |i, j| table[(tokens[i], j)]))
}

/// Sinusoidal positions: a row for each position, with sines and cosines of many wavelengths.
///
/// ```formula
/// p(t, 2i) = sin(t·ωᵢ)   p(t, 2i + 1) = cos(t·ωᵢ)   ωᵢ = 10000^(−2i/d)
/// ```
///
/// The wavelengths grow from 2π to nearly 10000·2π. A shift by k positions rotates each pair of columns (2i, 2i + 1) by the angle
/// k·ωᵢ, whatever the position: it is a linear map.
///
/// * `length`: T, the number of positions, counted from 0; it may be 0. `width`: d, even and at least 2.
/// * Returns p, T×d.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"width"` if d is odd or 0.
///
/// ```
/// # use katas::x4_attention::positions::sinusoidal_positions;
/// let p = sinusoidal_positions(3, 4)?;
/// assert_eq!(p.row(0), [0.0, 1.0, 0.0, 1.0]);
/// assert!((p[(2, 0)] - 2.0_f64.sin()).abs() < 1e-12 && (p[(2, 3)] - 0.02_f64.cos()).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: no single call; `numpy.sin(t / 10000 ** (2 * i / d))` for the even columns.
///
/// Source: Vaswani et al., *Attention Is All You Need*, NeurIPS (2017), §3.5.
pub fn sinusoidal_positions(length: usize, width: usize) -> Result<Matrix, InputError> {
    check_width(width)?;
    Ok(Matrix::from_fn(length, width, |t, j| {
        let angle = t as f64 * frequency(j / 2, width);
        if j.is_multiple_of(2) { angle.sin() } else { angle.cos() }
    }))
}

/// Rotary positions: each pair of features of a query or a key is rotated by an angle that grows with its position.
///
/// Row r stands at position t = first + r. With ωᵢ = 10000^(−2i/d):
///
/// ```formula
/// y(r, 2i) = x(r, 2i)·cos(t·ωᵢ) − x(r, 2i + 1)·sin(t·ωᵢ)
/// y(r, 2i + 1) = x(r, 2i)·sin(t·ωᵢ) + x(r, 2i + 1)·cos(t·ωᵢ)
/// ```
///
/// The scalar product of a rotated query and a rotated key depends on the distance of their positions only.
///
/// * `x`: n×d queries or keys, n may be 0, d even and at least 2; no number above 10⁶⁰ in size.
/// * `first`: the position of the first row, at most 10⁹. Later rows stand at first + 1, first + 2, …
/// * Returns y, n×d. Each row keeps its norm.
///
/// # Errors
///
/// * [`InputError::OutOfRange`] with `name` `"width"` if d is odd or 0, or with `"first"`;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"x"` and the first number that is above 10⁶⁰ in size.
///
/// ```
/// # use katas::x4_attention::positions::rotary_positions;
/// # use kit::Matrix;
/// let y = rotary_positions(&Matrix::from_rows([[2.0, 0.0], [2.0, 0.0]]), 0)?;
/// assert_eq!(y.row(0), [2.0, 0.0]);
/// assert!((y[(1, 0)] - 2.0 * 1.0_f64.cos()).abs() < 1e-12 && (y[(1, 1)] - 2.0 * 1.0_f64.sin()).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torchtune.modules.RotaryPositionalEmbeddings(d)(x, input_pos=t)`. Other implementations rotate the pairs (i, i + d/2).
///
/// Source: Su et al., *RoFormer: Enhanced Transformer with Rotary Position Embedding*, arXiv:2104.09864 (2021), §3.2.2.
pub fn rotary_positions(x: &Matrix, first: usize) -> Result<Matrix, InputError> {
    check_width(x.cols())?;
    check::in_range("first", first as f64, first <= 1_000_000_000, "at most 10⁹")?;
    check_numbers("x", x.as_slice())?;
    Ok(Matrix::from_fn(x.rows(), x.cols(), |r, j| {
        let angle = (first + r) as f64 * frequency(j / 2, x.cols());
        let (even, odd) = (x[(r, j - j % 2)], x[(r, j - j % 2 + 1)]);
        if j.is_multiple_of(2) {
            even * angle.cos() - odd * angle.sin()
        } else {
            even * angle.sin() + odd * angle.cos()
        }
    }))
}

/// ωᵢ
fn frequency(i: usize, width: usize) -> f64 {
    10000_f64.powf(-((2 * i) as f64) / width as f64)
}

fn check_width(width: usize) -> Result<(), InputError> {
    let is_usable = width >= 2 && width.is_multiple_of(2);
    check::in_range("width", width as f64, is_usable, "an even number, at least 2")
}

/// Finite, and such that products of a few are finite.
pub(super) fn check_numbers(name: &'static str, values: &[f64]) -> Result<(), InputError> {
    check::finite(name, values)?;
    check::all_in_range(name, values, |value| value.abs() <= 1e60, "at most 10⁶⁰ in size")
}
