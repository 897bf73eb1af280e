use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m02_statistics::moments::variance;
use kit::InputError;
use proptest::prelude::Strategy;
use proptest::sample::select;

use super::samples::{far_away, spoiled, too_few, with_ddof};
use crate::m02_statistics::exact;

#[test]
fn it_is_the_sum_of_squared_distances_over_n_minus_ddof() {
    for_all("x, ddof", with_ddof()).holds(|(x, ddof)| {
        let (got, freedom) = (variance(x, *ddof).accepted("variance(x, ddof)")?, (x.len() - ddof) as f64);
        // Size Σx² here, so that every way to sum the squares passes; the trap of a large mean has its own law.
        let size = x.iter().map(|x| x * x).sum::<f64>() / freedom;
        let look = "Square each distance from the mean, add up, and divide by n − ddof.";
        close("variance(x, ddof)", got, exact::squares(x) / freedom, rounding(8 * x.len(), size), look)
    });
}

#[test]
fn ddof_only_changes_the_divisor() {
    for_all("x", any::vector(2..=6)).holds(|x| {
        let (population, sample) =
            (variance(x, 0).accepted("variance(x, 0)")?, variance(x, 1).accepted("variance(x, 1)")?);
        let n = x.len() as f64;
        let size = x.iter().map(|x| x * x).sum();
        let look = "Both have the same sum of squares: n times variance(x, 0) is n − 1 times variance(x, 1).";
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
fn a_stretch_counts_twice_and_a_shift_not_at_all() {
    for_all("a, c, x", (any::eighth(), any::eighth(), any::vector(2..=6))).holds(|(a, c, x)| {
        let moved: Vec<f64> = x.iter().map(|x| a * x + c).collect();
        let (got, of_x) = (
            variance(&moved, 1).accepted("variance(a·x + c, 1)")?,
            variance(x, 1).accepted("variance(x, 1)")?,
        );
        let size = x.len() as f64 * (a.abs() * exact::largest(x) + c.abs()).powi(2);
        let look = "The law wants a²·variance(x, 1): distances from the mean do not see c, and their \
                    squares see a twice.";
        close("variance(a·x + c, 1)", got, a * a * of_x, rounding(16 * x.len(), size), look)
    });
}

#[test]
fn equal_numbers_have_none() {
    for_all("x, n", (any::entry(), 2..=6_usize)).holds(|&(x, n)| {
        let got = variance(&vec![x; n], 1).accepted("variance([x, …, x], 1)")?;
        // The mean may be off by n·ε·x; only its square is left.
        let tolerance = n as f64 * rounding(2 * n, x).powi(2) + f64::MIN_POSITIVE;
        let look = "Each number is its own mean. A difference of two large squares does not see that.";
        close("variance([x, …, x], 1)", got, 0.0, tolerance, look)
    });
}

#[test]
fn numbers_that_differ_have_some() {
    for_all("x, apart, more", (any::eighth(), any::nonzero(), any::vector(0..=4))).holds(
        |(x, apart, more)| {
            let x = [&[*x, x + apart], more.as_slice()].concat();
            let got = variance(&x, 0).accepted("variance(x, 0)")?;
            ensure(got > 0.0, || {
                let look = "Two numbers differ, so some distance from the mean is not 0. Do positive and \
                            negative ones cancel?";
                Broken::answer(format!("variance({x:?}, 0) = {got}"), "a number above 0", look)
            })
        },
    );
}

#[test]
fn a_large_mean_does_not_drown_the_spread() {
    for_all("x", far_away()).holds(|x| {
        let (got, freedom) = (variance(x, 1).accepted("variance(x, 1)")?, (x.len() - 1) as f64);
        let look = "Σx² − n·x̄² is the difference of two numbers of 18 digits, and f64 keeps 16. Subtract \
                    the mean before you square.";
        close("variance(x, 1)", got, exact::squares(x) / freedom, exact::squares_tolerance(x) / freedom, look)
    });
}

#[test]
fn neither_huge_nor_tiny_numbers_lose_it() {
    let scaled = (any::vector(1..=6), select(vec![480, -490]))
        .prop_map(|(x, power)| (x.into_iter().map(|x| x * 2.0_f64.powi(power)).collect::<Vec<_>>(), power));
    for_all("x, power", scaled).holds(|(x, power)| {
        let (got, scale) = (variance(x, 0).accepted("variance(x, 0)")?, 2.0_f64.powi(-power));
        let small: Vec<f64> = x.iter().map(|x| x * scale).collect();
        let want = exact::squares(&small) / x.len() as f64;
        let size = small.iter().map(|x| x * x).sum();
        let look = format!("x is 2^{power} times {small:?}. What overflows or vanishes on the way?");
        close("variance(x, 0) / 4^power", got * scale * scale, want, rounding(8 * x.len(), size), look)
    });
}

#[test]
fn a_sample_without_a_degree_of_freedom_is_rejected() {
    for_all("x, ddof", too_few()).holds(|(x, ddof)| {
        let want = InputError::TooFew { got: x.len(), wanted: ddof + 1 };
        let look = "n − ddof has to be at least 1: else the divisor is 0, or wraps round below it.";
        rejected("variance(x, ddof)", variance(x, *ddof), want, look)
    });
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("x, i", spoiled()).holds(|(x, i)| {
        let look = "One unknown number makes the variance unknown. Look through x first, from the front.";
        rejected("variance(x, 0)", variance(x, 0), InputError::NotFinite { name: "x", index: *i }, look)
    });
}

#[test]
fn rounding_stays_small_for_numbers_between_the_eighths() {
    // (n − 1)/n-ths of d² for n − 1 zeros and one d, whatever d is.
    for_all("d, n", (any::entry(), 2..=6_usize)).holds(|&(d, n)| {
        let mut x = vec![0.0; n];
        x[n / 2] = d;
        let (got, want) = (variance(&x, 1).accepted("variance(x, 1)")?, d * d / n as f64);
        let look =
            format!("x = {x:?}: one number differs by d, so the variance is d²/n. Is every step in 64 bits?");
        close("variance(x, 1)", got, want, rounding(8 * n, d * d), look)
    });
}

#[test]
fn an_empty_sample_has_no_variance() {
    example(|| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("variance([], 0)", variance(&[], 0), want, "0/0 is no number: one number at least.")
    });
}
