mod diagonalize;
mod eigenvalues_2x2;
mod eigenvectors_2x2;
mod pairs;
mod power_iteration;

use judge::any;
use judge::any::select;
use judge::any::vec;
use kit::Matrix;
use nalgebra::{Matrix2, Vector2};
use proptest::prelude::*;

use super::range;

/// The matrix \[a b; c d\], row after row.
type Entries = [f64; 4];

fn matrix([a, b, c, d]: Entries) -> Matrix2<f64> {
    Matrix2::new(a, b, c, d)
}

/// The call as the learner would write it on paper.
fn call(kata: &str, [a, b, c, d]: Entries) -> String {
    format!("{kata}([{a:?} {b:?}; {c:?} {d:?}])")
}

/// The largest absolute value of an entry: what the documentation measures errors against.
fn largest(entries: Entries) -> f64 {
    entries.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()))
}

/// a₁b₂ − a₂b₁: 0 where two vectors lie on one line.
fn cross(a: Vector2<f64>, b: Vector2<f64>) -> f64 {
    a.x * b.y - a.y * b.x
}

/// Eighths whose discriminant is not near 0, so that the textbook formula is accurate to 10⁻⁹.
fn separated() -> impl Strategy<Value = Entries> + Send + Sync + Clone {
    proptest::array::uniform4(any::eighth()).prop_map(|entries| {
        let [a, b, c, d] = entries;
        // An eighth more on the diagonal moves a discriminant of 0; its square is at least 1/64.
        if discriminant(entries) == 0 { [a + 1.0, b, c + 1.0, d] } else { entries }
    })
}

/// Any matrix: mostly eighths, some with huge and tiny entries, some whose eigenvalues are equal or nearly equal.
fn any_entries() -> impl Strategy<Value = Entries> + Send + Sync + Clone {
    let eighths = proptest::array::uniform4(any::eighth());
    let hostile = proptest::array::uniform4(any::entry());
    let near = nearly_equal().prop_map(|(mean, t)| symmetric(mean, t));
    let wide = proptest::array::uniform4(any::wide());
    // The square of the largest is still representable.
    let vast = range::entries(4, -145, 145).prop_map(|x| [x[0], x[1], x[2], x[3]]);
    let defective = defective().prop_map(|(entries, _)| entries);
    prop_oneof![
        6 => eighths,
        2 => hostile,
        1 => defective,
        1 => near,
        1 => near_diagonal(),
        4 => small_entry(),
        2 => wide,
        2 => vast,
    ]
}

/// A diagonal matrix whose eigenvalues nearly coincide. Exact.
fn near_diagonal() -> impl Strategy<Value = Entries> + Send + Sync + Clone {
    nearly_equal().prop_map(|(mean, t)| [mean + t, 0.0, 0.0, mean - t])
}

/// One of the four entries is smaller than the others by a factor of up to 2⁻⁴⁵; perhaps both on the diagonal are equal, or
/// one off the diagonal is 0.
fn small_entry() -> impl Strategy<Value = Entries> + Send + Sync + Clone {
    (proptest::array::uniform4(any::nonzero()), 0..4_usize, 20..=45_i32, 0..6_u8).prop_map(
        |(mut entries, small, k, form)| {
            match form {
                0 => entries[3] = entries[0],
                1 => entries[1] = 0.0,
                2 => entries[2] = 0.0,
                3 => (entries[1], entries[2]) = (0.0, 0.0),
                // Both on the diagonal are small.
                4 => entries[3 - small] *= if small % 3 == 0 { 2_f64.powi(-k) } else { 1.0 },
                _ => {}
            }
            entries[small] *= 2_f64.powi(-k);
            no_minus_zero(entries)
        },
    )
}

/// A matrix with a repeated eigenvalue and a single line of eigenvectors, and a vector (p, q) on that line.
fn defective() -> impl Strategy<Value = (Entries, [f64; 2])> + Send + Sync + Clone {
    let whole = |low: i32| (low..=2).prop_map(f64::from);
    let parts = (any::eighth(), any::nonzero(), whole(1), whole(-2), proptest::bool::ANY);
    parts.prop_map(|(value, t, p, q, swapped)| {
        let (p, q) = if swapped { (q, p) } else { (p, q) };
        // N = t·[−pq p²; −q² pq] sends (p, q) to 0 and everything else to its line.
        (no_minus_zero([value - t * p * q, t * p * p, -t * q * q, value + t * p * q]), [p, q])
    })
}

/// A mean and a t for `symmetric`, often so small that the eigenvalues nearly coincide.
fn nearly_equal() -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    let size = select([0, -20, -27, -33, -37, -40].map(|k| 2_f64.powi(k)).to_vec());
    (any::eighth(), any::nonzero(), size).prop_map(|(mean, t, size)| (mean, t * size))
}

/// The matrix mean·I + t·\[3 4; 4 −3\]: eigenvalue mean + 5t along (2, 1), and mean − 5t along (1, −2). Exact.
fn symmetric(mean: f64, t: f64) -> Entries {
    [mean + 3.0 * t, 4.0 * t, 4.0 * t, mean - 3.0 * t]
}

/// Numbers k, l, λ, μ with λ ≠ μ, from which `built` makes a matrix.
fn plan() -> impl Strategy<Value = (i32, i32, f64, f64)> + Send + Sync + Clone {
    (-2..=2, -2..=2, any::eighth(), any::nonzero()).prop_map(|(k, l, value, gap)| (k, l, value, value + gap))
}

/// The matrix with eigenvalue λ along (1, k) and μ along (l, 1 + kl), and how much its eigenvalues can move when
/// its entries move by one: ‖p‖‖q‖/|det \[p q\]|, where the determinant is 1. Exact.
fn built(k: i32, l: i32, value: f64, other: f64) -> (Entries, [Vector2<f64>; 2], f64) {
    let (k, l) = (f64::from(k), f64::from(l));
    let (p, q) = (Vector2::new(1.0, k), Vector2::new(l, 1.0 + k * l));
    let [a, b] = [value * q.y - other * l * k, (other - value) * l];
    let [c, d] = [(value - other) * k * q.y, other * q.y - value * k * l];
    (no_minus_zero([a, b, c, d]), [p, q], p.norm() * q.norm())
}

/// 256·(half² + bc), exactly, for entries that are eighths: negative where the eigenvalues are complex.
fn discriminant(entries: Entries) -> i64 {
    let [a, b, c, d] = entries.map(|x| (8.0 * x) as i64);
    (a - d).pow(2) + 4 * b * c
}

/// \[a −b; c a\] with 0 < c < b, where b may be small compared with a: the pair a ± i·√(bc), near the real line and
/// still apart from it. An entry moved by ulps of the largest moves bc by less than a hundredth of itself.
fn nearly_real() -> impl Strategy<Value = (Entries, f64)> + Send + Sync + Clone {
    (any::eighth(), any::nonzero(), 0..=8_i32, 1..=8_i32).prop_map(|(a, b, j, k)| {
        let b = b.abs() * 2_f64.powi(-j);
        (no_minus_zero([a, -b, b * 4_f64.powi(-k), a]), b * 2_f64.powi(-k))
    })
}

/// An eighth, or a number between 10⁻²⁹⁹ and 10²⁹⁹ in size.
fn any_value() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    prop_oneof![any::eighth(), any::magnitude(-299, 299)]
}

/// A power of ten between these two; the extremes come often.
fn power_of_ten(low: i32, high: i32) -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let power = prop_oneof![select(vec![low, high]), low..=high];
    power.prop_map(|k| 10_f64.powi(k))
}

/// −0 is 0, and reads better as that.
fn no_minus_zero(entries: Entries) -> Entries {
    entries.map(|x| x + 0.0)
}

/// Whole numbers u and d from which `mirrored` makes a matrix: the first of d is largest, the others half at most.
fn mirror_plan() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> + Send + Sync + Clone {
    let whole = |low: i32, high: i32| (low..=high).prop_map(f64::from);
    (1..=4_usize).prop_flat_map(move |n| {
        let largest = (whole(4, 8), any::<bool>()).prop_map(|(d, negative)| if negative { -d } else { d });
        let values = (largest, vec(whole(-2, 2), n - 1)).prop_map(|(d, others)| [vec![d], others].concat());
        (vec(whole(-2, 2), n), values)
    })
}

/// The same for 6 to 33 rows.
fn large_mirror_plan() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> + Send + Sync + Clone {
    let whole = |low: i32, high: i32| (low..=high).prop_map(f64::from);
    let sides = prop_oneof![
        2 => select(vec![9, 17, 33_usize]),
        1 => 6..=8_usize,
        3 => select(vec![10, 12, 14, 16_usize]),
    ];
    sides.prop_flat_map(move |n| {
        let largest = (whole(4, 8), any::<bool>()).prop_map(|(d, negative)| if negative { -d } else { d });
        let values = (largest, vec(whole(-2, 2), n - 1)).prop_map(|(d, others)| [vec![d], others].concat());
        (vec(whole(-2, 2), n), values)
    })
}

/// A symmetric matrix of eighths with n rows.
fn symmetric_matrix(n: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    any::matrix(n, n)
        .prop_map(move |a| Matrix::from_fn(n, n, |i, j| if i <= j { a[(i, j)] } else { a[(j, i)] }))
}

/// The symmetric matrix with the eigenvalues s²·dᵢ, where s = u·u (or 1), and the eigenvector for the first of them.
///
/// H = s·I − 2uuᵀ mirrors at the plane across u and stretches by s, so H D H has the columns of H as eigenvectors.
/// All numbers are whole, and exact.
fn mirrored(u: &[f64], d: &[f64]) -> (Matrix, f64, Vec<f64>) {
    let s = match u.iter().map(|x| x * x).sum() {
        0.0 => 1.0,
        s => s,
    };
    let h = |i: usize, j: usize| if i == j { s } else { 0.0 } - 2.0 * u[i] * u[j];
    let n = d.len();
    let a = Matrix::from_fn(n, n, |i, j| (0..n).map(|k| h(i, k) * d[k] * h(k, j)).sum::<f64>() + 0.0);
    (a, s * s * d[0], (0..n).map(|i| h(i, 0) / s).collect())
}

fn residual(a: &Matrix, value: f64, v: &[f64]) -> f64 {
    let row = |i: usize| a.row(i).iter().zip(v).map(|(a, v)| a * v).sum::<f64>() - value * v[i];
    (0..a.rows()).map(|i| row(i).powi(2)).sum::<f64>().sqrt()
}
