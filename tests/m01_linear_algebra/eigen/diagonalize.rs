use judge::any::select;
use judge::{Answer, Broken, any, close, ensure, for_all, rejected, rounding};
use katas::m01_linear_algebra::eigen::diagonalize;
use kit::InputError;
use nalgebra::Matrix2;
use proptest::array::uniform4;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::{
    Entries, any_entries, any_value, built, call, defective, discriminant, largest, matrix, nearly_equal,
    nearly_real, plan, power_of_ten, symmetric,
};

// The sign of each column of P stays free. Tolerances count ulps of the largest entry, as in `eigenvalues_2x2`.

fn asked(entries: Entries) -> Result<(Matrix2<f64>, Matrix2<f64>), Broken> {
    diagonalize(matrix(entries)).accepted(&call("diagonalize", entries))
}

/// Row after row, as one reads it.
fn shown(m: &Matrix2<f64>) -> String {
    format!("[{:?} {:?}; {:?} {:?}]", m.m11, m.m12, m.m21, m.m22)
}

fn is_close(
    what: &str,
    entries: Entries,
    got: Matrix2<f64>,
    want: Matrix2<f64>,
    tolerance: f64,
    look: &str,
) -> Result<(), Broken> {
    let rows = |m: Matrix2<f64>| [m.m11, m.m12, m.m21, m.m22];
    let call = format!("{what} for {}, row after row,", call("diagonalize", entries));
    close(&call, rows(got).as_slice(), rows(want).as_slice(), tolerance, look)
}

#[test]
fn reconstructs_the_matrix() {
    for_all("k, l, λ, μ", plan()).holds(|&(k, l, value, other)| {
        let (entries, _, condition) = built(k, l, value, other);
        let (p, d) = asked(entries)?;
        let look = "P D P⁻¹ = A. Are the columns of P two different eigenvectors? Is it P itself, not its \
                    transpose or inverse?";
        let det = p.m11 * p.m22 - p.m12 * p.m21;
        let inverse = Matrix2::new(p.m22, -p.m12, -p.m21, p.m11) / det;
        // ‖P⁻¹‖ is at most 2·condition, since |det P| = 1/condition; half of P may be turned by what the gap allows.
        let tolerance = rounding(256, condition * largest(entries));
        is_close("P·D·P⁻¹", entries, p * d * inverse, matrix(entries), tolerance, look)
    });
}

#[test]
fn returns_the_eigenvalues_as_a_diagonal_matrix() {
    for_all("k, l, λ, μ", plan()).holds(|&(k, l, value, other)| {
        let (entries, _, condition) = built(k, l, value, other);
        let (_, d) = asked(entries)?;
        let look = "D is diagonal, the smaller eigenvalue first.";
        let want = Matrix2::new(value.min(other), 0.0, 0.0, value.max(other));
        ensure(d.m12 == 0.0 && d.m21 == 0.0, || {
            Broken::answer(format!("D = {}", shown(&d)), shown(&want), look)
        })?;
        is_close("D", entries, d, want, rounding(64, condition * largest(entries)), look)
    });
}

#[test]
fn returns_unit_vectors_as_columns() {
    for_all("k, l, λ, μ", plan()).holds(|&(k, l, value, other)| {
        let (entries, ..) = built(k, l, value, other);
        let (p, _) = asked(entries)?;
        let lengths = [p.m11.hypot(p.m21), p.m12.hypot(p.m22)];
        let call = format!("the norms of the columns of P = {}", shown(&p));
        let look = "The columns of P, not its rows, are eigenvectors with norm 1.";
        close(&call, lengths.as_slice(), [1.0, 1.0].as_slice(), rounding(8, 1.0), look)
    });
}

/// λI + t·\[0 1; s² 0\]: the unit eigenvectors (1, ±s)/√(1 + s²) span |det P| = 2s/(1 + s²).
fn leaning() -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    (any::eighth(), any::nonzero())
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::eigen::diagonalize;
        use kit::InputError;
        use nalgebra::Matrix2;
        let (p, d) = diagonalize(Matrix2::new(2.0, 0.0, 0.0, -1.0))?;
        assert!((d - Matrix2::new(-1.0, 0.0, 0.0, 2.0)).norm() < 1e-14);
        assert!((p.abs() - Matrix2::new(0.0, 1.0, 1.0, 0.0)).norm() < 1e-14);
        Ok::<_, InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn satisfies_a_p_equals_p_d() {
        for_all("a, b, c, d", any_entries()).holds(|&entries| {
            let a = matrix(entries);
            let Ok((p, d)) = diagonalize(a) else { return Ok(()) }; // Other laws say when it may reject.
            let look =
                "Column by column: A times the first column of P is λ₁ times that column. Same order in P \
                 and D?";
            is_close("A·P", entries, a * p, p * d, rounding(64, largest(entries)), look)?;
            has_the_form(entries, p, d)
        });
    }

    /// D is diagonal, the smaller eigenvalue first, and the columns of P are unit vectors.
    fn has_the_form(entries: Entries, p: Matrix2<f64>, d: Matrix2<f64>) -> Result<(), Broken> {
        let ordered = d.m11 <= d.m22 + rounding(64, largest(entries));
        ensure(ordered && d.m12 == 0.0 && d.m21 == 0.0, || {
            let got = format!("{}: D = {}", call("diagonalize", entries), shown(&d));
            Broken::answer(got, "[λ₁ 0; 0 λ₂] with λ₁ ≤ λ₂", "D is diagonal, the smaller eigenvalue first.")
        })?;
        let lengths = [p.m11.hypot(p.m21), p.m12.hypot(p.m22)];
        let call = format!("the norms of the columns of P = {}", shown(&p));
        let look = "The columns of P have norm 1, whatever the unit of A is.";
        close(&call, lengths.as_slice(), [1.0, 1.0].as_slice(), rounding(8, 1.0), look)
    }

    #[test]
    fn accepts_nearly_equal_eigenvalues() {
        for_all("m, t", nearly_equal()).holds(|&(mean, t)| {
            let entries = symmetric(mean, t);
            let (p, d) = asked(entries)?;
            let look =
                "A is symmetric, so its eigenvectors are orthogonal. Check P, not how close λ₁ is to λ₂.";
            let det = (p.m11 * p.m22 - p.m12 * p.m21).abs();
            ensure(det > 0.99, || {
                Broken::answer(format!("|det P| = {det} for P = {}", shown(&p)), "1", look)
            })?;
            is_close("A·P", entries, matrix(entries) * p, p * d, rounding(64, largest(entries)), look)
        });
    }

    #[test]
    fn accepts_a_multiple_of_the_identity() {
        for_all("λ", any_value()).holds(|&value| {
            let entries = [value, 0.0, 0.0, value];
            let (p, d) = asked(entries)?;
            let look =
                "λI has a repeated eigenvalue and still two independent eigenvectors, the columns of P.";
            let det = (p.m11 * p.m22 - p.m12 * p.m21).abs();
            ensure(det > 0.99, || {
                Broken::answer(format!("|det P| = {det} for P = {}", shown(&p)), "1", look)
            })?;
            is_close("D", entries, d, matrix(entries), rounding(8, value), look)
        });
    }

    #[test]
    fn rejects_a_defective_matrix() {
        for_all("a, b, c, d, p, q", defective()).holds(|&(entries, [p, q])| {
            let got = diagonalize(matrix(entries));
            // Rounding may have made a close pair of it; even of a triangle, where the axes are turned first.
            ensure(matches!(got, Err(InputError::Defective | InputError::ComplexEigenvalues)), || {
                let got = format!("{} = {got:?}", call("diagonalize", entries));
                let look = format!(
                    "All eigenvectors are multiples of ({p}, {q}): P has no inverse. Rounding may hide that \
                     det P is 0."
                );
                Broken::answer(got, "Err(Defective)", look)
            })
        });
    }

    #[test]
    fn accepts_eigenvectors_at_a_small_angle() {
        for_all("λ, t, s", (leaning(), select([-6, -12, -13, -14].map(|k| 2_f64.powi(k)).to_vec()))).holds(
            |&((value, t), s)| {
                let entries = [value, t, t * s * s, value];
                let (p, d) = asked(entries)?;
                let look = format!("|det P| = {:.1e} is small, but not 0: A is not defective.", 2.0 * s);
                let det = (p.m11 * p.m22 - p.m12 * p.m21).abs();
                ensure(det > s, || {
                    Broken::answer(format!("|det P| = {det:e} for P = {}", shown(&p)), 2.0 * s, look.clone())
                })?;
                is_close("A·P", entries, matrix(entries) * p, p * d, rounding(64, largest(entries)), &look)
            },
        );
    }

    #[test]
    fn rejects_an_angle_of_the_size_of_rounding_error() {
        for_all("λ, t, s", (leaning(), select(vec![2_f64.powi(-22), 2_f64.powi(-25)]))).holds(
            |&((value, t), s)| {
                let entries = [value, t, t * s * s, value];
                let got = diagonalize(matrix(entries));
                // An ulp of t is 2⁻⁸ of t·s² at the larger s, and makes no complex pair there; one of a larger λ may.
                let tipped = s < 2_f64.powi(-22) || value.abs() > t.abs();
                let rejected = match got {
                    Err(InputError::Defective) => true,
                    Err(InputError::ComplexEigenvalues) => tipped,
                    _ => false,
                };
                ensure(rejected, || {
                    let got = format!("{} = {got:?}", call("diagonalize", entries));
                    let look =
                        format!("|det P| = {:.1e}, and P⁻¹ would consist of rounding errors.", 2.0 * s);
                    Broken::answer(got, "Err(Defective)", look)
                })
            },
        );
    }

    #[test]
    fn rejects_complex_eigenvalues() {
        let inputs = uniform4(any::eighth()).prop_map(|[a, b, c, d]| {
            // Off the diagonal opposite signs, and large enough.
            let (b, c) = (b.abs() + 8.25, -c.abs() - 8.25);
            [a, b, c, d]
        });
        let unit = prop_oneof![2 => Just(0), 1 => -40..=40_i32];
        for_all("a, b, c, d, k", (inputs, unit)).holds(|&(entries, k)| {
            let look = format!(
                "A is 2ᵏ times {entries:?}, whose discriminant (a − d)² + 4bc = {} is negative: there is no \
                 real D.",
                discriminant(entries) as f64 / 64.0
            );
            let entries = entries.map(|x| x * 2_f64.powi(k));
            let got = diagonalize(matrix(entries));
            rejected(&call("diagonalize", entries), got, InputError::ComplexEigenvalues, look)
        });
    }

    #[test]
    fn rejects_a_complex_pair_near_the_real_axis() {
        for_all("a, b, c, d, √(−bc)", nearly_real()).holds(|&(entries, _)| {
            let look = "The discriminant is negative, though small: there is no real D.";
            let got = diagonalize(matrix(entries));
            rejected(&call("diagonalize", entries), got, InputError::ComplexEigenvalues, look)
        });
    }

    #[test]
    fn handles_huge_and_tiny_matrices() {
        let inputs = (plan(), power_of_ten(-297, 297));
        for_all("k, l, λ, μ, scale", inputs).holds(|&((k, l, value, other), scale)| {
            let (entries, _, condition) = built(k, l, value, other);
            let scaled = entries.map(|x| x * scale);
            let (p, d) = asked(scaled)?;
            let look =
                "P does not depend on a factor of A, and D is scaled by it: divide by the largest absolute \
                 value first.";
            let tolerance = rounding(64, condition * largest(entries));
            is_close("A·P over the scale", scaled, matrix(entries) * p, p * (d / scale), tolerance, look)?;
            has_the_form(scaled, p, d)
        });
    }

    #[test]
    fn rejects_entries_that_are_not_finite() {
        let inputs =
            (uniform4(any::eighth()), 0..4_usize, any::not_finite()).prop_map(|(mut entries, index, bad)| {
                // The first one counts.
                entries[index..].fill(bad);
                entries
            });
        for_all("a, b, c, d", inputs).holds(|&entries| {
            let index = entries.iter().position(|x| !x.is_finite()).unwrap_or_default();
            let look = "Count in row-major order: a is 0, b is 1, c is 2, d is 3. Check this first.";
            let want = InputError::NotFinite { name: "matrix", index };
            rejected(&call("diagonalize", entries), diagonalize(matrix(entries)), want, look)
        });
    }
}
