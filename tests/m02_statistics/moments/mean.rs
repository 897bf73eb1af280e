use judge::any::select;
use judge::any::vec;
use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m02_statistics::moments::mean;
use kit::InputError;
use proptest::prelude::{Strategy, prop_oneof};

use super::samples::spoiled;
use crate::m02_statistics::{exact, range};

#[test]
fn is_the_sum_over_n() {
    for_all("x", range::sample(1, 6)).holds(|x| {
        let got = mean(x).accepted("mean(x)")?;
        // A mean that is updated with each number rounds three times at each.
        let tolerance = rounding(4 * x.len(), exact::largest(x));
        close("mean(x)", got, exact::mean(x), tolerance, "Sum all n numbers and divide by n.")
    });
}

#[test]
fn is_between_minimum_and_maximum() {
    for_all("x", any::vector(1..=6)).holds(|x| {
        let got = mean(x).accepted("mean(x)")?;
        let tolerance = rounding(4 * x.len(), exact::largest(x));
        let (low, high) = x.iter().fold((f64::MAX, f64::MIN), |(low, high), &x| (low.min(x), high.max(x)));
        ensure(low - tolerance <= got && got <= high + tolerance, || {
            let look = "A mean is between the minimum and the maximum. Which n is the sum divided by?";
            Broken::answer(format!("mean(x) = {got}"), format!("a number from {low} to {high}"), look)
        })
    });
}

#[test]
fn is_linear() {
    for_all("a, c, x", (any::eighth(), any::eighth(), any::vector(1..=6))).holds(|(a, c, x)| {
        let moved: Vec<f64> = x.iter().map(|x| a * x + c).collect();
        let (got, of_x) = (mean(&moved).accepted("mean(a·x + c)")?, mean(x).accepted("mean(x)")?);
        let tolerance = rounding(8 * x.len() + 2, a.abs() * exact::largest(x) + c.abs());
        close("mean(a·x + c)", got, a * of_x + c, tolerance, "mean(a·x + c) = a·mean(x) + c.")
    });
}

#[test]
fn averages_one_two_and_six() {
    example(|| {
        let got = mean(&[1.0, 2.0, 6.0]).accepted("mean([1, 2, 6])")?;
        close("mean([1, 2, 6])", got, 3.0, rounding(12, 6.0), "9/3: all three numbers have the same weight.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::moments::mean;
        assert_eq!(mean(&[1.0, 2.0, 6.0]), Ok(3.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    /// The sum of all is finite still.
    fn vast() -> impl Strategy<Value = Vec<f64>> + Send + Sync {
        any::length(1..=6, 1025).prop_flat_map(|n| range::entries(n, -300, 296))
    }

    #[test]
    fn is_accurate_to_rounding_error() {
        let inputs = prop_oneof![vec(any::entry(), 1..=30), any::wide_vector(1..=6), vast()];
        for_all("x", inputs).holds(|x| {
            // The sum of eighths, 1e16 and 1e100, with what each addition loses kept aside (Neumaier).
            let (sum, lost) = x.iter().fold((0.0_f64, 0.0_f64), |(sum, lost), &x| {
                let next = sum + x;
                let gone = if sum.abs() >= x.abs() { (sum - next) + x } else { (x - next) + sum };
                (next, lost + gone)
            });
            let want = (sum + lost) / x.len() as f64;
            let look = "The error is larger than that of n rounded sums. Does every number count, in f64?";
            let got = mean(x).accepted("mean(x)")?;
            close("mean(x)", got, want, rounding(4 * x.len(), exact::largest(x)), look)
        });
    }

    #[test]
    fn handles_huge_and_tiny_numbers() {
        let size = prop_oneof![select(vec![1e300, -1e300, 1e-300]), any::magnitude(-300, 300)];
        let sizes = (size, any::size(1..=8, 1025));
        for_all("x", sizes.prop_map(|(size, n)| vec![size / n as f64; n])).holds(|x| {
            let got = mean(x).accepted("mean(x)")?;
            let look = "All numbers are equal, so the mean is that number. What overflows or underflows?";
            close("mean(x)", got, x[0], rounding(4 * x.len(), x[0]), look)
        });
    }

    #[test]
    fn rejects_an_empty_sample() {
        example(|| {
            rejected(
                "mean([])",
                mean(&[]),
                InputError::TooFew { got: 0, wanted: 1 },
                "The mean of an empty sample is undefined.",
            )
        })
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("x, i", spoiled()).holds(|(x, i)| {
            let look = "Search x for the first NaN or infinity before you sum.";
            rejected("mean(x)", mean(x), InputError::NotFinite { name: "x", index: *i }, look)
        });
    }
}
