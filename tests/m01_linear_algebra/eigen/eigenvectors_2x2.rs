use judge::{Answer, Broken, any, close, ensure, for_all, rejected, rounding};
use katas::m01_linear_algebra::eigen::eigenvectors_2x2;
use kit::{Eigen, InputError};
use nalgebra::Vector2;
use proptest::array::uniform4;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::{
    Entries, any_entries, any_value, built, call, cross, defective, discriminant, largest, matrix,
    nearly_equal, nearly_real, plan, power_of_ten, symmetric,
};

// No law asks for a sign: v and −v are the same answer, and so is every e^{iφ}·v of a complex pair.

fn asked(entries: Entries) -> Result<Eigen<Vector2<f64>>, Broken> {
    eigenvectors_2x2(matrix(entries)).accepted(&call("eigenvectors_2x2", entries))
}

fn real(entries: Entries, why: &str) -> Result<[Vector2<f64>; 2], Broken> {
    match asked(entries)? {
        Eigen::Real(vectors) => Ok(vectors),
        pair => {
            let got = format!("{} = {pair:?}", call("eigenvectors_2x2", entries));
            Err(Broken::answer(got, "Real([…])", why))
        }
    }
}

/// The eigenvalue that v = x + iy would have, v*Av, as (real part, imaginary part).
fn value_of(entries: Entries, x: Vector2<f64>, y: Vector2<f64>) -> (f64, f64) {
    let (ax, ay) = (matrix(entries) * x, matrix(entries) * y);
    (x.dot(&ax) + y.dot(&ay), x.dot(&ay) - y.dot(&ax))
}

/// Eighths times a power of two from 2⁻⁴⁰ to 2⁴⁰, mostly 1.
fn in_any_unit() -> impl Strategy<Value = Entries> + Send + Sync + Clone {
    let unit = prop_oneof![2 => Just(0), 1 => -40..=40_i32];
    (uniform4(any::eighth()), unit).prop_map(|(entries, k)| entries.map(|x| x * 2_f64.powi(k)))
}

#[test]
fn orders_the_eigenvectors_by_their_eigenvalues() {
    for_all("k, l, λ, μ", plan()).holds(|&(k, l, value, other)| {
        let (entries, [p, q], condition) = built(k, l, value, other);
        let want = if value < other { [p, q] } else { [q, p] };
        let look = format!(
            "v₁ is a multiple of ({}, {}), v₂ of ({}, {}): that of the smaller eigenvalue comes first.",
            want[0].x, want[0].y, want[1].x, want[1].y
        );
        let got = real(entries, &look)?;
        let off = [cross(got[0], want[0].normalize()), cross(got[1], want[1].normalize())];
        // What moves the entries by δ turns an eigenvector by up to 2·condition·max|δ| over the gap.
        let tolerance = rounding(64, condition * largest(entries) / (value - other));
        let call = format!("how far {} are off their lines", call("eigenvectors_2x2", entries));
        close(&call, off.as_slice(), [0.0, 0.0].as_slice(), tolerance, look)
    });
}

#[test]
fn belongs_to_the_eigenvalue_with_positive_imaginary_part() {
    for_all("a, b, c, d", in_any_unit()).holds(|&entries| {
        let Eigen::Complex { re: x, im: y } = asked(entries)? else { return Ok(()) };
        let (_, im) = value_of(entries, x, y);
        // Where the pair nearly coincides, rounding may hide the sign.
        ensure(im > -rounding(64, largest(entries)), || {
            let got = format!("{} belongs to im λ = {im}", call("eigenvectors_2x2", entries));
            Broken::answer(
                got,
                "im λ > 0",
                "re − i·im belongs to the other eigenvalue, the complex conjugate.",
            )
        })
    });
}

#[test]
fn is_scaled_by_the_matrix() {
    for_all("k, l, λ, μ", plan()).holds(|&(k, l, value, other)| {
        let (entries, _, condition) = built(k, l, value, other);
        let m = matrix(entries);
        let vectors = real(entries, "A has two different real eigenvalues.")?;
        vectors.into_iter().zip([value.min(other), value.max(other)]).try_for_each(|(v, value)| {
            let call = format!("‖Av − λv‖ for v = {:?}, λ = {value}", v.as_slice());
            let look = format!("A = {m:?} has to scale v by λ: Av = λv.");
            close(&call, (m * v - v * value).norm(), 0.0, 1e-9 * condition, look)
        })
    });
}

#[test]
fn has_norm_one() {
    for_all("k, l, λ, μ", plan()).holds(|&(k, l, value, other)| {
        let (entries, ..) = built(k, l, value, other);
        let [v, w] = real(entries, "A has two different real eigenvalues.")?;
        let call = format!("the norms of {}", call("eigenvectors_2x2", entries));
        close(&call, [v.norm(), w.norm()].as_slice(), [1.0, 1.0].as_slice(), 1e-9, "Divide each by its norm.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::eigen::eigenvectors_2x2;
        use kit::Eigen;
        use nalgebra::{Matrix2, Vector2};
        let Ok(Eigen::Real([v, w])) = eigenvectors_2x2(Matrix2::new(2.0, 0.0, 0.0, -1.0)) else { panic!() };
        assert!((v.abs() - Vector2::y()).norm() < 1e-14 && (w.abs() - Vector2::x()).norm() < 1e-14);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn satisfies_the_eigenvalue_equation() {
        for_all("a, b, c, d", any_entries()).holds(|&entries| {
            let (answer, m) = (asked(entries)?, matrix(entries));
            let call = call("eigenvectors_2x2", entries);
            // An exact eigenvector of a matrix that is off by a dozen ulps in each entry is off the line by as little.
            let tolerance = rounding(64, largest(entries));
            match answer {
                Eigen::Real(vectors) => {
                    vectors.into_iter().try_for_each(|v| {
                        let call = format!("{call}: how far Av leaves the line of v = {:?}", v.as_slice());
                        let look = format!(
                            "Av is {:?}, not a multiple of v. Multiply (A − λI)v out: which entry of which \
                             row makes it 0?",
                            (m * v).as_slice()
                        );
                        close(&call, cross(v, m * v), 0.0, tolerance, look)
                    })?;
                    let [low, high] = vectors.map(|v| v.dot(&(m * v)));
                    let look = "The eigenvector of the smaller eigenvalue comes first.";
                    ensure(low <= high + 2.0 * tolerance, || {
                        let got = format!("{call}, whose eigenvalues are {low:?} and {high:?}");
                        Broken::answer(got, "λ₁ ≤ λ₂", look)
                    })
                }
                Eigen::Complex { re: x, im: y } => {
                    let (re, im) = value_of(entries, x, y);
                    let off = [m * x - (x * re - y * im), m * y - (x * im + y * re)];
                    let size = off[0].norm().hypot(off[1].norm());
                    let look = "A·re + i·A·im has to equal (re λ + i·im λ)(re + i·im): keep the real and \
                                imaginary parts separate.";
                    close(&format!("{call} = {answer:?}: ‖Av − λv‖"), size, 0.0, tolerance, look)
                }
            }
        });
    }

    #[test]
    fn returns_unit_vectors() {
        for_all("a, b, c, d", any_entries()).holds(|&entries| {
            let lengths = match asked(entries)? {
                Eigen::Real([v, w]) => [v.norm(), w.norm()],
                Eigen::Complex { re, im } => [re.norm().hypot(im.norm()); 2],
            };
            let look = "Divide each by its norm, √(‖re‖² + ‖im‖²) for a complex one.";
            let call = format!("the norms of {}", call("eigenvectors_2x2", entries));
            close(&call, lengths.as_slice(), [1.0, 1.0].as_slice(), rounding(8, 1.0), look)
        });
    }

    #[test]
    fn is_accurate_for_nearly_equal_eigenvalues() {
        for_all("m, t", nearly_equal()).holds(|&(mean, t)| {
            let entries = symmetric(mean, t);
            let (plus, minus) = (Vector2::new(2.0, 1.0).normalize(), Vector2::new(1.0, -2.0).normalize());
            let want = if t > 0.0 { [minus, plus] } else { [plus, minus] };
            let look =
                "A = m·I + t·[3 4; 4 −3]: m + 5t along (2, 1), m − 5t along (1, −2), however small t is.";
            let got = real(entries, look)?;
            let off = [cross(got[0], want[0]), cross(got[1], want[1])];
            let tolerance = rounding(64, largest(entries) / (10.0 * t));
            let call = format!("how far {} are off their lines", call("eigenvectors_2x2", entries));
            close(&call, off.as_slice(), [0.0, 0.0].as_slice(), tolerance, look)
        });
    }

    #[test]
    fn distinguishes_real_from_complex_by_the_discriminant() {
        for_all("a, b, c, d", uniform4(any::eighth())).holds(|&entries| {
            let (answer, discriminant) = (asked(entries)?, discriminant(entries));
            let right = match answer {
                Eigen::Real(_) => discriminant >= 0,
                Eigen::Complex { .. } => discriminant <= 0,
            };
            ensure(right, || {
                let got = format!("{} = {answer:?}", call("eigenvectors_2x2", entries));
                let want = if discriminant > 0 { "Real([…])" } else { "Complex { … }" };
                let square = discriminant as f64 / 64.0;
                Broken::answer(got, want, format!("(a − d)² + 4bc = {square}: are the eigenvalues real?"))
            })
        });
    }

    #[test]
    fn finds_a_complex_pair_near_the_real_axis() {
        for_all("a, b, c, d, √(−bc)", nearly_real()).holds(|&(entries, _)| {
            let answer = asked(entries)?;
            ensure(matches!(answer, Eigen::Complex { .. }), || {
                let got = format!("{} = {answer:?}", call("eigenvectors_2x2", entries));
                Broken::answer(
                    got,
                    "Complex { … }",
                    "The discriminant is negative, though small: there is no real eigenvector.",
                )
            })
        });
    }

    #[test]
    fn returns_orthogonal_vectors_for_a_multiple_of_the_identity() {
        for_all("λ", any_value()).holds(|&value| {
            let entries = [value, 0.0, 0.0, value];
            let look =
                "Every nonzero vector is an eigenvector of λI, and both rows of A − λI are 0: choose two \
                 orthogonal ones.";
            let [v, w] = real(entries, look)?;
            let call = format!("v₁·v₂ of {}", call("eigenvectors_2x2", entries));
            close(&call, v.dot(&w), 0.0, rounding(8, 1.0), look)
        });
    }

    #[test]
    fn finds_the_single_line_of_a_defective_matrix() {
        for_all("a, b, c, d, p, q", defective()).holds(|&(entries, [p, q])| {
            let line = Vector2::new(p, q).normalize();
            let [v, w] = match asked(entries)? {
                Eigen::Real(vectors) => vectors,
                // Rounding may have made a close pair of the double eigenvalue.
                Eigen::Complex { re, im } => [re, im],
            };
            let (off, look) =
                ([cross(v, line), cross(w, line)], "Every eigenvector of A is a multiple of (p, q).");
            // Moving the entries by δ moves a double eigenvalue by up to √(‖N‖δ) and turns its eigenvector by √(δ/‖N‖),
            // where N = A − λI: 32 ulps of at most 40 times ‖N‖ give 6e-7. A right angle is 1.
            let call = format!("how far {} are off the line", call("eigenvectors_2x2", entries));
            close(&call, off.as_slice(), [0.0, 0.0].as_slice(), 1e-6, look)
        });
    }

    #[test]
    fn handles_huge_and_tiny_matrices() {
        let inputs = (uniform4(any::eighth()), power_of_ten(-298, 298));
        for_all("a, b, c, d, scale", inputs).holds(|&(entries, scale)| {
            let scaled = entries.map(|x| x * scale);
            let look =
                "Eigenvectors do not depend on a factor of A: divide by the largest absolute value first.";
            // Judged by the unscaled matrix, whose products stay within the numbers of f64.
            let tolerance = rounding(64, largest(entries));
            let off = match asked(scaled)? {
                Eigen::Real(vectors) => vectors.map(|v| cross(v, matrix(entries) * v) / v.norm()),
                Eigen::Complex { re: x, im: y } => {
                    let ((re, im), m) = (value_of(entries, x, y), matrix(entries));
                    [(m * x - (x * re - y * im)).norm(), (m * y - (x * im + y * re)).norm()]
                }
            };
            let call = format!("how far the eigenvectors of {} are off", call("A", scaled));
            close(&call, off.as_slice(), [0.0, 0.0].as_slice(), tolerance, look)
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
            let look = "Count in row-major order: a is 0, b is 1, c is 2, d is 3.";
            let want = InputError::NotFinite { name: "matrix", index };
            rejected(&call("eigenvectors_2x2", entries), eigenvectors_2x2(matrix(entries)), want, look)
        });
    }

    #[test]
    fn keeps_tiny_components() {
        for_all("k, t", (31..=40_i32, any::nonzero())).holds(|&(k, t)| {
            // The off-diagonal entries are about 10⁻⁹ to 10⁻¹², and so are two components.
            let t = t * 2.0_f64.powi(-k);
            let entries = [1.0, t, t, 2.0];
            let look = "A component of 10⁻¹⁰ is not 0: without it Av is not a multiple of v.";
            let off = real(entries, look)?.map(|v| cross(v, matrix(entries) * v));
            let call =
                format!("how far Av is from a multiple of v for {}", call("eigenvectors_2x2", entries));
            close(&call, off.as_slice(), [0.0, 0.0].as_slice(), rounding(64, 2.0), look)
        });
    }
}
