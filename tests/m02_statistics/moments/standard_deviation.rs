use judge::{Answer, Broken, any, close, ensure, for_all, rejected, rounding};
use katas::m02_statistics::moments::standard_deviation;
use kit::InputError;

use super::samples::{far_away, spoiled, too_few, with_ddof};
use crate::m02_statistics::exact;

#[test]
fn its_square_is_the_variance() {
    for_all("x, ddof", with_ddof()).holds(|(x, ddof)| {
        let got = standard_deviation(x, *ddof).accepted("standard_deviation(x, ddof)")?;
        let freedom = (x.len() - ddof) as f64;
        let size = x.iter().map(|x| x * x).sum::<f64>() / freedom;
        let look = "s is the root of Σ(xᵢ − x̄)²/(n − ddof): square, add up, divide, and take the root last.";
        let want = exact::squares(x) / freedom;
        close("standard_deviation(x, ddof)²", got * got, want, rounding(8 * x.len() + 4, size), look)
    });
}

#[test]
fn it_is_not_negative() {
    for_all("x, ddof", with_ddof()).holds(|(x, ddof)| {
        let got = standard_deviation(x, *ddof).accepted("standard_deviation(x, ddof)")?;
        ensure(got >= 0.0, || {
            let look = "A root has two signs; a deviation is a length. Is what you take the root of below 0?";
            Broken::answer(
                format!("standard_deviation(x, ddof) = {got}"),
                "a number that is 0 or above",
                look,
            )
        })
    });
}

#[test]
fn two_numbers_deviate_by_half_their_distance() {
    for_all("x, y", (any::eighth(), any::eighth())).holds(|&(x, y)| {
        let got = standard_deviation(&[x, y], 0).accepted("standard_deviation([x, y], 0)")?;
        let look =
            "Both numbers lie |x − y|/2 from their mean, and so does their deviation, in the unit of x.";
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
fn it_stretches_with_the_sample_and_ignores_a_shift() {
    for_all("a, x, c", (any::eighth(), any::eighth(), any::eighth())).holds(|&(a, x, c)| {
        // Mean c, and distances a·x, a·x and −2a·x: their squares have the mean (1 + 1 + 4)/3·(a·x)².
        let sample = [c + a * x, c + a * x, c - 2.0 * a * x];
        let got = standard_deviation(&sample, 0).accepted("standard_deviation(…, 0)")?;
        let size = c.abs() + 2.0 * (a * x).abs();
        let call = "standard_deviation([c + a·x, c + a·x, c − 2a·x], 0)";
        let look = "The law wants |a·x|·√2: a enters once, with its size only, and c not at all.";
        close(call, got, (a * x).abs() * 2.0_f64.sqrt(), rounding(64, size), look)
    });
}

#[test]
fn in_another_unit_it_is_the_same_in_that_unit() {
    for_all("x, k", (any::vector(2..=6), -300..=300_i32)).holds(|(x, k)| {
        let unit = 2.0_f64.powi(*k);
        let scaled: Vec<f64> = x.iter().map(|x| x * unit).collect();
        let want = standard_deviation(x, 1).accepted("standard_deviation(x, 1)")?;
        let got = standard_deviation(&scaled, 1).accepted("standard_deviation(2ᵏ·x, 1)")?;
        let look = "All numbers were multiplied by 2ᵏ, which rounds nothing. Is anything added, or too \
                    small to count?";
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
fn a_large_mean_does_not_drown_the_spread() {
    for_all("x", far_away()).holds(|x| {
        let (got, freedom) =
            (standard_deviation(x, 1).accepted("standard_deviation(x, 1)")?, (x.len() - 1) as f64);
        let look = "Σx² − n·x̄² is the difference of two numbers of 18 digits, and f64 keeps 16. Subtract \
                    the mean before you square.";
        let (want, tolerance) = (exact::squares(x) / freedom, exact::squares_tolerance(x) / freedom);
        close("standard_deviation(x, 1)²", got * got, want, tolerance, look)
    });
}

#[test]
fn a_sample_without_a_degree_of_freedom_is_rejected() {
    for_all("x, ddof", too_few()).holds(|(x, ddof)| {
        let want = InputError::TooFew { got: x.len(), wanted: ddof + 1 };
        let look = "n − ddof has to be at least 1: else the divisor is 0, or wraps round below it.";
        rejected("standard_deviation(x, ddof)", standard_deviation(x, *ddof), want, look)
    });
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("x, i", spoiled()).holds(|(x, i)| {
        let look = "One unknown number makes the deviation unknown. Look through x first, from the front.";
        let want = InputError::NotFinite { name: "x", index: *i };
        rejected("standard_deviation(x, 0)", standard_deviation(x, 0), want, look)
    });
}
