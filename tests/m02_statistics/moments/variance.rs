use judge::any::select;
use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m02_statistics::moments::variance;
use kit::InputError;
use proptest::prelude::{Strategy, prop_oneof};

use super::samples::{far_away, spoiled, too_few, wide_with_ddof, with_ddof};
use crate::m02_statistics::exact;

#[test]
fn divides_the_sum_of_squares_by_n_minus_ddof() {
    for_all("x, ddof", with_ddof()).holds(|(x, ddof)| {
        let (got, freedom) = (variance(x, *ddof).accepted("variance(x, ddof)")?, (x.len() - ddof) as f64);
        // Size Σx² here, so that every way to sum the squares passes; the trap of a large mean has its own law.
        let size = x.iter().map(|x| x * x).sum::<f64>() / freedom;
        let look = "Square each deviation from the mean, sum, and divide by n − ddof.";
        close("variance(x, ddof)", got, exact::squares(x) / freedom, rounding(8 * x.len(), size), look)
    });
}

#[test]
fn uses_ddof_in_the_divisor_only() {
    for_all("x", any::vector(2..=6)).holds(|x| {
        let (population, sample) =
            (variance(x, 0).accepted("variance(x, 0)")?, variance(x, 1).accepted("variance(x, 1)")?);
        let n = x.len() as f64;
        let size = x.iter().map(|x| x * x).sum();
        let look = "Both have the same sum of squares: n·variance(x, 0) = (n − 1)·variance(x, 1).";
        close(
            "(n − 1)·variance(x, 1)",
            (n - 1.0) * sample,
            n * population,
            rounding(16 * x.len(), size),
            look,
        )
    });
}

#[test]
fn scales_quadratically_and_ignores_a_shift() {
    for_all("a, c, x", (any::eighth(), any::eighth(), any::vector(2..=6))).holds(|(a, c, x)| {
        let moved: Vec<f64> = x.iter().map(|x| a * x + c).collect();
        let (got, of_x) = (
            variance(&moved, 1).accepted("variance(a·x + c, 1)")?,
            variance(x, 1).accepted("variance(x, 1)")?,
        );
        let size = x.len() as f64 * (a.abs() * exact::largest(x) + c.abs()).powi(2);
        let look = "variance(a·x + c) = a²·variance(x): deviations from the mean do not depend on c, and \
                    their squares scale with a².";
        close("variance(a·x + c, 1)", got, a * a * of_x, rounding(16 * x.len(), size), look)
    });
}

#[test]
fn is_positive_for_different_numbers() {
    for_all("x, apart, more", (any::eighth(), any::nonzero(), any::vector(0..=4))).holds(
        |(x, apart, more)| {
            let x = [&[*x, x + apart], more.as_slice()].concat();
            let got = variance(&x, 0).accepted("variance(x, 0)")?;
            ensure(got > 0.0, || {
                let look = "Two numbers differ, so some deviation from the mean is not 0. Do positive and \
                            negative ones cancel?";
                Broken::answer(format!("variance({x:?}, 0) = {got}"), "a number above 0", look)
            })
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::moments::variance;
        assert_eq!(variance(&[1.0, 2.0, 6.0], 0), Ok(14.0 / 3.0));
        assert_eq!(variance(&[1.0, 2.0, 6.0], 1), Ok(7.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_zero_for_equal_numbers() {
        let entry = prop_oneof![any::entry(), any::magnitude(-140, 140)];
        for_all("x, n", (entry, any::length(1..=6, 1025))).holds(|&(x, n)| {
            // A single number leaves a degree of freedom for ddof 0 only.
            let ddof = usize::from(n > 1);
            let got = variance(&vec![x; n], ddof).accepted("variance([x, …, x], ddof)")?;
            // The mean may be off by n·ε·x; only its square is left.
            let tolerance = n as f64 * rounding(2 * n, x).powi(2) + f64::MIN_POSITIVE;
            let look = "Every number equals the mean, so every deviation is 0. E[x²] − E[x]² cancels.";
            close("variance([x, …, x], ddof)", got, 0.0, tolerance, look)
        });
    }

    #[test]
    fn is_accurate_for_a_large_mean() {
        for_all("x", far_away()).holds(|x| {
            let (got, freedom) = (variance(x, 1).accepted("variance(x, 1)")?, (x.len() - 1) as f64);
            let look = "Σx² − n·x̄² suffers from cancellation: 18 digits, and f64 keeps 16. Subtract the \
                        mean before you square.";
            close(
                "variance(x, 1)",
                got,
                exact::squares(x) / freedom,
                exact::squares_tolerance(x) / freedom,
                look,
            )
        });
    }

    #[test]
    fn handles_huge_and_tiny_numbers() {
        let scaled = (any::vector(1..=6), prop_oneof![select(vec![492, -490]), -490..=492_i32]).prop_map(
            |(x, power)| (x.into_iter().map(|x| x * 2.0_f64.powi(power)).collect::<Vec<_>>(), power),
        );
        for_all("x, power", scaled).holds(|(x, power)| {
            let (got, scale) = (variance(x, 0).accepted("variance(x, 0)")?, 2.0_f64.powi(-power));
            let small: Vec<f64> = x.iter().map(|x| x * scale).collect();
            let want = exact::squares(&small) / x.len() as f64;
            let size = small.iter().map(|x| x * x).sum();
            let look = format!("x is 2^{power} times {small:?}. What overflows or underflows?");
            close("variance(x, 0) / 4^power", got * scale * scale, want, rounding(8 * x.len(), size), look)
        });
    }

    #[test]
    fn rejects_too_few_degrees_of_freedom() {
        for_all("x, ddof", too_few()).holds(|(x, ddof)| {
            let want = InputError::TooFew { got: x.len(), wanted: ddof + 1 };
            let look = "n − ddof has to be at least 1; otherwise the divisor is 0 or negative.";
            rejected("variance(x, ddof)", variance(x, *ddof), want, look)
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("x, i", spoiled()).holds(|(x, i)| {
            let look = "Search x for the first NaN or infinity before you compute.";
            rejected("variance(x, 0)", variance(x, 0), InputError::NotFinite { name: "x", index: *i }, look)
        });
    }

    #[test]
    fn is_accurate_to_rounding_error() {
        // (n − 1)/n-ths of d² for n − 1 zeros and one d, whatever d is.
        for_all("d, n", (prop_oneof![any::entry(), any::magnitude(-140, 140)], any::size(2..=6, 257))).holds(
            |&(d, n)| {
                let mut x = vec![0.0; n];
                x[n / 2] = d;
                let (got, want) = (variance(&x, 1).accepted("variance(x, 1)")?, d * d / n as f64);
                let look = format!(
                    "x = {x:?}: one number differs by d, so the variance is d²/n. Is every step in f64?"
                );
                close("variance(x, 1)", got, want, rounding(8 * n, d * d), look)
            },
        );
    }

    #[test]
    fn rejects_an_empty_sample() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "variance([], 0)",
                variance(&[], 0),
                want,
                "The variance of an empty sample is undefined.",
            )
        });
    }

    #[test]
    fn distinguishes_numbers_that_nearly_agree() {
        for_all("x, k", (any::magnitude(-130, 140), 4..=45_i32)).holds(|&(x, k)| {
            // Both numbers deviate by half of their distance, and the mean is rounded once.
            let sample = [x, x + x * 0.5_f64.powi(k)];
            let half = (sample[1] - sample[0]).abs() / 2.0;
            for (ddof, want) in [(0, half * half), (1, 2.0 * half * half)] {
                let call = format!("variance(x, {ddof}), x = {sample:?},");
                let got = variance(&sample, ddof).accepted(&call)?;
                let look = "Numbers that agree in many digits differ all the same, and each ddof has its own \
                            divisor.";
                let off = rounding(8, x);
                close(&call, got, want, 2.0 * (2.0 * half * off + off * off), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_accurate_for_large_samples_and_numbers_of_every_magnitude() {
        for_all("x, ddof", wide_with_ddof()).holds(|(x, ddof)| {
            let got = variance(x, *ddof).accepted("variance(x, ddof)")?;
            let (freedom, (squares, tolerance)) = ((x.len() - ddof) as f64, exact::two_pass(x));
            let look = "Every number counts, in f64, and the divisor is n − ddof.";
            close("variance(x, ddof)", got, squares / freedom, tolerance / freedom, look)
        });
    }
}
