use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::eigen::eigenvalues_2x2;
use kit::{Eigen, InputError};
use proptest::array::uniform4;
use proptest::prelude::Strategy;

use super::super::range;
use super::{
    Entries, any_entries, any_value, built, call, discriminant, largest, matrix, nearly_equal, nearly_real,
    plan, power_of_ten, separated, symmetric,
};

// Tolerances count ulps of the largest entry m. Each eigenvalue is a sum of at most four entries, of a root that is
// at most 2m, and of two scalings: about a dozen roundings of numbers of size 2m, which 32·ε·m covers twice over.

fn asked(entries: Entries) -> Result<Eigen<f64>, Broken> {
    eigenvalues_2x2(matrix(entries)).accepted(&call("eigenvalues_2x2", entries))
}

/// The answer must be real; `why` says how one can see that.
fn real(entries: Entries, why: &str) -> Result<[f64; 2], Broken> {
    match asked(entries)? {
        Eigen::Real(values) => Ok(values),
        pair => {
            let got = format!("{} = {pair:?}", call("eigenvalues_2x2", entries));
            Err(Broken::answer(got, "Real([…])", why))
        }
    }
}

#[test]
fn recovers_the_eigenvalues_of_a_constructed_matrix() {
    for_all("k, l, λ, μ", plan()).holds(|&(k, l, value, other)| {
        let (entries, [p, q], condition) = built(k, l, value, other);
        let look = format!(
            "A·v = λ·v for v = ({}, {}), λ = {value}, and for v = ({}, {}), λ = {other}: try it.",
            p.x, p.y, q.x, q.y
        );
        let got = real(entries, &look)?;
        // What moves the entries by δ moves an eigenvalue by up to condition·‖δ‖, and ‖δ‖ ≤ 2·max|δ|.
        let tolerance = rounding(64, condition * largest(entries));
        let want = [value.min(other), value.max(other)];
        close(&call("eigenvalues_2x2", entries), got.as_slice(), want.as_slice(), tolerance, look)
    });
}

#[test]
fn finds_the_complex_pair_of_a_scaled_rotation() {
    for_all("a, b", (any::eighth(), any::nonzero())).holds(|&(a, b)| {
        let (entries, look) = ([a, -b, b, a], "The characteristic polynomial is (a − λ)² + b².");
        let call = call("eigenvalues_2x2", entries);
        let Eigen::Complex { re, im } = asked(entries)? else {
            let got = format!("{call} = {:?}", asked(entries));
            return Err(Broken::answer(got, format!("Complex {{ re: {a}, im: {} }}", b.abs()), look));
        };
        close(&call, [re, im].as_slice(), [a, b.abs()].as_slice(), rounding(32, largest(entries)), look)
    });
}

#[test]
fn solves_two_worked_examples() {
    example(|| {
        let got = real([4.0, 1.0, 2.0, 3.0], "Trace 7, determinant 10: which two numbers?")?;
        close("eigenvalues_2x2([4 1; 2 3])", got.as_slice(), &[2.0, 5.0][..], 1e-14, "λ² − 7λ + 10 = 0")?;
        let Eigen::Complex { re, im } = asked([1.0, -2.0, 1.0, 3.0])? else {
            let got = format!("{:?}", asked([1.0, -2.0, 1.0, 3.0]));
            return Err(Broken::answer(got, "Complex { re: 2, im: 1 }", "λ² − 4λ + 5 = 0: (λ − 2)² = −1"));
        };
        close("eigenvalues_2x2([1 -2; 1 3])", &[re, im][..], &[2.0, 1.0][..], 1e-14, "λ² − 4λ + 5 = 0")
    });
}

#[test]
fn has_the_trace_as_sum() {
    for_all("a, b, c, d", separated()).holds(|&entries| {
        let sum = match asked(entries)? {
            Eigen::Real([low, high]) => low + high,
            Eigen::Complex { re, .. } => 2.0 * re,
        };
        let look = "λ₁ + λ₂ = a + d, the trace. Which sign has the trace in the formula, and what is halved?";
        let call = format!("the sum of {}", call("eigenvalues_2x2", entries));
        close(&call, sum, entries[0] + entries[3], 1e-9, look)
    });
}

#[test]
fn has_the_determinant_as_product() {
    for_all("a, b, c, d", separated()).holds(|&entries| {
        let product = match asked(entries)? {
            Eigen::Real([low, high]) => low * high,
            Eigen::Complex { re, im } => re * re + im * im,
        };
        let [a, b, c, d] = entries;
        let look = "λ₁λ₂ = ad − bc, the determinant. Is each off-diagonal entry used once under the root?";
        let call = format!("the product of {}", call("eigenvalues_2x2", entries));
        close(&call, product, a * d - b * c, 1e-9, look)
    });
}

#[test]
fn is_real_if_and_only_if_the_discriminant_is_positive() {
    for_all("a, b, c, d", separated()).holds(|&entries| {
        let (answer, discriminant) = (asked(entries)?, discriminant(entries));
        let right = match answer {
            Eigen::Real([low, high]) => discriminant > 0 && low <= high,
            Eigen::Complex { im, .. } => discriminant < 0 && im > 0.0,
        };
        ensure(right, || {
            let got = format!("{} = {answer:?}", call("eigenvalues_2x2", entries));
            let want = if discriminant > 0 {
                "Real([λ₁, λ₂]) with λ₁ ≤ λ₂"
            } else {
                "Complex { re, im } with im > 0"
            };
            let square = discriminant as f64 / 64.0;
            Broken::answer(got, want, format!("The discriminant (a + d)² − 4(ad − bc) is {square}."))
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::eigen::eigenvalues_2x2;
        use kit::Eigen;
        use nalgebra::Matrix2;
        let (stretch, turn) = (Matrix2::new(2.0, 0.0, 0.0, -1.0), Matrix2::new(0.0, -1.0, 1.0, 0.0));
        let Ok(Eigen::Real([low, high])) = eigenvalues_2x2(stretch) else { panic!() };
        assert!((low + 1.0).abs() < 1e-14 && (high - 2.0).abs() < 1e-14);
        let Ok(Eigen::Complex { re, im }) = eigenvalues_2x2(turn) else { panic!() };
        assert!(re.abs() < 1e-14 && (im - 1.0).abs() < 1e-14);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn sums_to_the_trace() {
        for_all("a, b, c, d", any_entries()).holds(|&entries| {
            let sum = match asked(entries)? {
                Eigen::Real([low, high]) => low + high,
                Eigen::Complex { re, .. } => 2.0 * re,
            };
            let look = "λ₁ + λ₂ = a + d, the trace, to a few ulps of the largest entry. Which digits cancel?";
            let call = format!("the sum of {}", call("eigenvalues_2x2", entries));
            close(&call, sum, entries[0] + entries[3], rounding(32, largest(entries)), look)
        });
    }

    #[test]
    fn multiplies_to_the_determinant() {
        for_all("a, b, c, d", any_entries()).holds(|&entries| {
            let product = match asked(entries)? {
                Eigen::Real([low, high]) => low * high,
                Eigen::Complex { re, im } => re * re + im * im,
            };
            let [a, b, c, d] = entries;
            let look =
                "λ₁λ₂ = ad − bc, the determinant, to a few ulps of the largest entry squared. Which digits \
                 cancel?";
            let call = format!("the product of {}", call("eigenvalues_2x2", entries));
            // Both factors are at most 2m and off by the above.
            close(&call, product, a * d - b * c, rounding(64, largest(entries).powi(2)), look)
        });
    }

    #[test]
    fn orders_real_eigenvalues() {
        for_all("a, b, c, d", any_entries()).holds(|&entries| {
            let ordered = match asked(entries)? {
                Eigen::Real([low, high]) => low <= high,
                Eigen::Complex { im, .. } => im > 0.0,
            };
            ensure(ordered, || {
                let got = format!("{} = {:?}", call("eigenvalues_2x2", entries), asked(entries));
                let look = "The eigenvalues are mean ± radius. Which one is smaller?";
                Broken::answer(got, "Real([λ₁, λ₂]) with λ₁ ≤ λ₂, or im > 0", look)
            })
        });
    }

    #[test]
    fn distinguishes_real_from_complex_by_the_discriminant() {
        for_all("a, b, c, d", uniform4(any::eighth())).holds(|&entries| {
            let (answer, discriminant) = (asked(entries)?, discriminant(entries));
            // At 0 rounding may tip a right answer to either side.
            let right = match answer {
                Eigen::Real(_) => discriminant >= 0,
                Eigen::Complex { .. } => discriminant <= 0,
            };
            ensure(right, || {
                let got = format!("{} = {answer:?}", call("eigenvalues_2x2", entries));
                let want = if discriminant > 0 { "Real([…])" } else { "Complex { … }" };
                let square = discriminant as f64 / 64.0;
                let look = format!("The discriminant (a + d)² − 4(ad − bc) is {square}.");
                Broken::answer(got, want, look)
            })
        });
    }

    #[test]
    fn finds_a_complex_pair_near_the_real_axis() {
        for_all("a, b, c, d, √(−bc)", nearly_real()).holds(|&(entries, want)| {
            let (answer, call) = (asked(entries)?, call("eigenvalues_2x2", entries));
            let look = "The discriminant is negative, though small: the eigenvalues are complex.";
            let Eigen::Complex { re, im } = answer else {
                return Err(Broken::answer(format!("{call} = {answer:?}"), "Complex { … }", look));
            };
            close(&format!("re of {call}"), re, entries[0], rounding(32, largest(entries)), look)?;
            // What moves c moves √(bc) by ½√(b/c) of that.
            let tolerance = rounding(32, largest(entries) * (entries[1] / want));
            close(&format!("im of {call}"), im, want, tolerance, look)
        });
    }

    #[test]
    fn is_accurate_for_nearly_equal_eigenvalues() {
        for_all("m, t", nearly_equal()).holds(|&(mean, t)| {
            let entries = symmetric(mean, t);
            let look = "A = m·I + t·[3 4; 4 −3] has the eigenvalues m ± 5|t|. (a + d)²/4 − det is the \
                        difference of two large numbers: write it as a sum of ((a − d)/2)² and bc.";
            let got = real(entries, look)?;
            let want = [mean - 5.0 * t.abs(), mean + 5.0 * t.abs()];
            let tolerance = rounding(32, largest(entries));
            close(&call("eigenvalues_2x2", entries), got.as_slice(), want.as_slice(), tolerance, look)
        });
    }

    #[test]
    fn handles_huge_and_tiny_matrices() {
        // Entries up to 32·10²⁹⁸, within what is documented.
        let inputs = (any::nonzero(), power_of_ten(-299, 298), proptest::bool::ANY);
        for_all("t, scale, turned", inputs).holds(|&(t, scale, turned)| {
            let s = t * scale;
            let entries = if turned { [0.0, -s, s, 0.0] } else { [3.0 * s, 4.0 * s, 4.0 * s, -3.0 * s] };
            let (got, want) = match asked(entries)? {
                Eigen::Real(got) => {
                    (got, if turned { [f64::NAN; 2] } else { [-5.0 * s.abs(), 5.0 * s.abs()] })
                }
                Eigen::Complex { re, im } => ([re, im], if turned { [0.0, s.abs()] } else { [f64::NAN; 2] }),
            };
            let right = got.iter().zip(want).all(|(got, want)| (got - want).abs() <= rounding(32, 4.0 * s));
            ensure(right, || {
                let got = format!("{} = {:?}", call("eigenvalues_2x2", entries), asked(entries));
                let want =
                    if turned { format!("±{:?}·i", s.abs()) } else { format!("±{:?}", 5.0 * s.abs()) };
                Broken::answer(
                    got,
                    want,
                    "bc overflows or underflows: divide by the largest absolute value first.",
                )
            })
        });
    }

    #[test]
    fn has_the_trace_and_the_determinant_at_every_magnitude() {
        for_all("a, b, c, d", range::entries(4, -300, 299)).holds(|entries| {
            let entries: Entries = [entries[0], entries[1], entries[2], entries[3]];
            // In units of a power of two next to the largest entry; what underflows there does not count.
            let largest = largest(entries);
            let unit = if largest == 0.0 { 1.0 } else { 2.0_f64.powi(largest.log2() as i32) };
            let [a, b, c, d] = entries.map(|x| x / unit);
            let (sum, product) = match asked(entries)? {
                Eigen::Real([low, high]) => (low / unit + high / unit, (low / unit) * (high / unit)),
                Eigen::Complex { re, im } => (2.0 * (re / unit), (re / unit).powi(2) + (im / unit).powi(2)),
            };
            let look = "λ₁ + λ₂ = a + d and λ₁λ₂ = ad − bc, to a few ulps of the largest entry: divide by \
                        its absolute value first, and multiply the results by it.";
            let call = format!("[sum, product] of {} in units of {unit:e}", call("eigenvalues_2x2", entries));
            let want = [a + d, a * d - b * c];
            close(&call, [sum, product].as_slice(), want.as_slice(), rounding(128, 4.0), look)
        });
    }

    #[test]
    fn returns_a_repeated_eigenvalue_twice() {
        for_all("λ", any_value()).holds(|&value| {
            let entries = [value, 0.0, 0.0, value];
            let look = "λI has the eigenvalue λ, twice; for λ = 0 there is no nonzero entry to divide by.";
            let got = real(entries, look)?;
            let want = [value; 2];
            close(
                &call("eigenvalues_2x2", entries),
                got.as_slice(),
                want.as_slice(),
                rounding(8, value),
                look,
            )
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
            rejected(&call("eigenvalues_2x2", entries), eigenvalues_2x2(matrix(entries)), want, look)
        });
    }
}
