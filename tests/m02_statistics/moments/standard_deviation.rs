use judge::{Answer, Broken, any, close, ensure, for_all, rejected, rounding};
use katas::m02_statistics::moments::standard_deviation;
use kit::InputError;
use proptest::prelude::prop_oneof;

use super::samples::{far_away, spoiled, too_few, wide_with_ddof, with_ddof};
use crate::m02_statistics::exact;

#[test]
fn is_the_root_of_the_variance() {
    for_all("x, ddof", with_ddof()).holds(|(x, ddof)| {
        let got = standard_deviation(x, *ddof).accepted("standard_deviation(x, ddof)")?;
        let freedom = (x.len() - ddof) as f64;
        let size = x.iter().map(|x| x * x).sum::<f64>() / freedom;
        let look = "s = √(Σ(xᵢ − x̄)²/(n − ddof)): square, sum, divide, and take the square root last.";
        let want = exact::squares(x) / freedom;
        close("standard_deviation(x, ddof)²", got * got, want, rounding(8 * x.len() + 4, size), look)
    });
}

#[test]
fn is_never_negative() {
    for_all("x, ddof", with_ddof()).holds(|(x, ddof)| {
        let got = standard_deviation(x, *ddof).accepted("standard_deviation(x, ddof)")?;
        ensure(got >= 0.0, || {
            let look = "A standard deviation is never negative.";
            Broken::answer(
                format!("standard_deviation(x, ddof) = {got}"),
                "a number that is 0 or above",
                look,
            )
        })
    });
}

#[test]
fn is_half_the_distance_of_two_numbers() {
    for_all("x, y", (any::eighth(), any::eighth())).holds(|&(x, y)| {
        let got = standard_deviation(&[x, y], 0).accepted("standard_deviation([x, y], 0)")?;
        let look = "Both numbers deviate by |x − y|/2 from their mean, so that is their standard deviation.";
        close(
            "standard_deviation([x, y], 0)",
            got,
            (x - y).abs() / 2.0,
            rounding(16, x.abs() + y.abs()),
            look,
        )
    });
}

#[test]
fn scales_with_the_sample_and_ignores_a_shift() {
    for_all("a, x, c", (any::eighth(), any::eighth(), any::eighth())).holds(|&(a, x, c)| {
        // Mean c, and distances a·x, a·x and −2a·x: their squares have the mean (1 + 1 + 4)/3·(a·x)².
        let sample = [c + a * x, c + a * x, c - 2.0 * a * x];
        let got = standard_deviation(&sample, 0).accepted("standard_deviation(…, 0)")?;
        let size = c.abs() + 2.0 * (a * x).abs();
        let call = "standard_deviation([c + a·x, c + a·x, c − 2a·x], 0)";
        let look = "The standard deviation is |a·x|·√2: it scales with |a| and does not depend on c.";
        close(call, got, (a * x).abs() * 2.0_f64.sqrt(), rounding(64, size), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::moments::standard_deviation;
        assert_eq!(standard_deviation(&[1.0, 5.0], 0), Ok(2.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_depend_on_the_unit() {
        for_all("x, k", (any::vector(2..=6), -460..=470_i32)).holds(|(x, k)| {
            let unit = 2.0_f64.powi(*k);
            let scaled: Vec<f64> = x.iter().map(|x| x * unit).collect();
            let want = standard_deviation(x, 1).accepted("standard_deviation(x, 1)")?;
            let got = standard_deviation(&scaled, 1).accepted("standard_deviation(2ᵏ·x, 1)")?;
            let look = "All numbers were multiplied by 2ᵏ, which causes no rounding. Is a constant added, \
                        or a small number dropped?";
            close(
                "standard_deviation(2ᵏ·x, 1)/2ᵏ",
                got / unit,
                want,
                rounding(8 * x.len(), exact::largest(x)),
                look,
            )
        });
    }

    #[test]
    fn is_accurate_for_a_large_mean() {
        for_all("x", far_away()).holds(|x| {
            let (got, freedom) =
                (standard_deviation(x, 1).accepted("standard_deviation(x, 1)")?, (x.len() - 1) as f64);
            let look = "Σx² − n·x̄² suffers from cancellation: 18 digits, and f64 keeps 16. Subtract the \
                        mean before you square.";
            let (want, tolerance) = (exact::squares(x) / freedom, exact::squares_tolerance(x) / freedom);
            close("standard_deviation(x, 1)²", got * got, want, tolerance, look)
        });
    }

    #[test]
    fn is_zero_for_equal_numbers() {
        for_all("x, n", (prop_oneof![any::entry(), any::magnitude(-150, 140)], any::length(1..=6, 1025)))
            .holds(|&(x, n)| {
                // A single number leaves a degree of freedom for ddof 0 only.
                let ddof = usize::from(n > 1);
                let got =
                    standard_deviation(&vec![x; n], ddof).accepted("standard_deviation([x, …, x], ddof)")?;
                let look = "Every number equals the mean, so every deviation is 0. E[x²] − E[x]² cancels.";
                // The mean may be off by n·ε·x.
                let tolerance = 2.0 * rounding(2 * n, x) + 1e-150;
                close("standard_deviation([x, …, x], ddof)", got, 0.0, tolerance, look)
            });
    }

    #[test]
    fn rejects_too_few_degrees_of_freedom() {
        for_all("x, ddof", too_few()).holds(|(x, ddof)| {
            let want = InputError::TooFew { got: x.len(), wanted: ddof + 1 };
            let look = "n − ddof has to be at least 1; otherwise the divisor is 0 or negative.";
            rejected("standard_deviation(x, ddof)", standard_deviation(x, *ddof), want, look)
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("x, i", spoiled()).holds(|(x, i)| {
            let look = "Search x for the first NaN or infinity before you compute.";
            let want = InputError::NotFinite { name: "x", index: *i };
            rejected("standard_deviation(x, 0)", standard_deviation(x, 0), want, look)
        });
    }

    #[test]
    fn distinguishes_numbers_that_nearly_agree() {
        let apart = (any::magnitude(-150, 140), 4..=45_i32);
        for_all("x, k", apart).holds(|&(x, k)| {
            // Both numbers deviate by half of their distance, and the mean is rounded once.
            let sample = [x, x + x * 0.5_f64.powi(k)];
            let half = (sample[1] - sample[0]).abs() / 2.0;
            for (ddof, want) in [(0, half), (1, half * 2.0_f64.sqrt())] {
                let call = format!("standard_deviation(x, {ddof}), x = {sample:?},");
                let got = standard_deviation(&sample, ddof).accepted(&call)?;
                let look = "Numbers that agree in many digits differ all the same, and each ddof has its own \
                            divisor.";
                close(&call, got, want, rounding(8, x), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_accurate_for_large_samples_and_numbers_of_every_magnitude() {
        for_all("x, ddof", wide_with_ddof()).holds(|(x, ddof)| {
            let got = standard_deviation(x, *ddof).accepted("standard_deviation(x, ddof)")?;
            let (freedom, (squares, tolerance)) = ((x.len() - ddof) as f64, exact::two_pass(x));
            let look = "Every number counts, in f64, and the divisor is n − ddof.";
            let tolerance = (tolerance + rounding(8, squares)) / freedom;
            close("standard_deviation(x, ddof)²", got * got, squares / freedom, tolerance, look)
        });
    }
}
