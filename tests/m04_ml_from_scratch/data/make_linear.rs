use judge::bounds::normal_distribution;
use judge::{
    Answer, any, close, close_entries, equal, follows, for_all, mean_near, normal_tails, rejected, rounding,
};
use katas::m04_ml_from_scratch::data::make_linear;
use kit::{Generator, InputError};
use proptest::prelude::{Just, Strategy};

use super::super::draw::{column, linear, size, sizes};
use super::super::sizes::{Numbers, kinds, many, numbers, ones_but, place, several};
use super::{depends_on_the_generator, every_call_follows, never_repeats, seed, uncorrelated};

const CALL: &str = "make_linear(n, w, b, σ, generator)";
/// So many that a uniform distribution is distinguished from a normal one with the same deviation, which is 0.058 away.
const N: usize = 10_000;

#[test]
fn equals_the_linear_model_without_noise() {
    for_all(
        "n, w, b, seed",
        (many(1..=6), several(1..=3).prop_flat_map(|d| numbers(Numbers::Eighths, d)), any::eighth(), seed()),
    )
    .holds(|(n, w, b, seed)| {
        let (x, y) = make_linear(*n, w, *b, 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        equal("the shape of x", x.shape(), (*n, w.len()), "One row per sample, one column per weight.")?;
        let (tolerance, look) =
            (rounding(2 * w.len() + 2, size(&x, w, *b)), "With σ = 0, y is x·w + b and nothing else.");
        close(
            &format!("y of make_linear({n}, w, b, 0, generator)"),
            y.as_slice(),
            linear(&x, w, *b).as_slice(),
            tolerance,
            look,
        )
    });
}

#[test]
fn features_are_uniform_and_independent() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let (x, _) =
            make_linear(N, &[1.0, 2.0], 0.5, 0.25, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        for j in 0..2 {
            let column: Vec<f64> = (0..N).map(|i| x[(i, j)]).collect();
            let look = "Every entry of x is uniform from −1 to 1: not from 0, not normal.";
            follows(&format!("column {j} of x"), &column, |v| ((v + 1.0) / 2.0).clamp(0.0, 1.0), look)?;
            let look = "Entries are independent: each needs a new random number.";
            let turns: Vec<f64> = column.iter().map(|v| (v + 1.0) / 2.0).collect();
            for apart in 1..=2 {
                uncorrelated(&format!("two numbers of column {j}"), &turns, apart, look)?;
            }
        }
        let across = (0..N).map(|i| x[(i, 0)] * x[(i, 1)]).sum::<f64>() / N as f64;
        let look = "The features of one sample are independent: each needs a new random number.";
        mean_near("the mean product of the two features", across, N, 2.0, 0.0, look)
    });
}

#[test]
fn noise_is_normal_and_independent_of_x() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let (x, y) = make_linear(N, &[2.0], -1.0, 0.25, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let noise: Vec<f64> = linear(&x, &[2.0], -1.0).iter().zip(&y).map(|(p, y)| (y - p) / 0.25).collect();
        let look = "σ is a standard deviation, not a variance; and the noise is normal, with both tails.";
        follows("(y − x·w − b)/σ", &noise, normal_distribution, look)?;
        let sign = |i: usize| noise[i].signum();
        let look = "Each sample needs a new random number for its noise.";
        let turns: Vec<f64> = noise.iter().map(|z| normal_distribution(*z)).collect();
        for apart in 1..=2 {
            uncorrelated("the noises of two samples", &turns, apart, look)?;
        }
        let with_x = (0..N).map(|i| sign(i) * x[(i, 0)]).sum::<f64>() / N as f64;
        mean_near("the mean product of the noise's sign and x", with_x, N, 2.0, 0.0, look)
    });
}

#[test]
fn each_call_draws_new_numbers() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let mut generator = Generator::from_seed(*seed);
        let look = "The features are uniform from −1 to 1 for any n, in every sample of every call.";
        every_call_follows(
            "x",
            |v| ((v + 1.0) / 2.0).clamp(0.0, 1.0),
            look,
            |n| {
                let (x, _) = make_linear(n, &[1.0, 0.5, 2.0], 1.0, 0.25, &mut generator).accepted(CALL)?;
                Ok(x.as_slice().to_vec())
            },
        )?;
        let look = "The noise is normal for any n, in the last sample as in the first, in each call.";
        every_call_follows("(y − x·w − b)/σ", normal_distribution, look, |n| {
            let (x, y) = make_linear(n, &[1.0, 0.5], 1.0, 0.25, &mut generator).accepted(CALL)?;
            Ok(linear(&x, &[1.0, 0.5], 1.0).iter().zip(&y).map(|(p, y)| (y - p) / 0.25).collect())
        })
    });
}

#[test]
fn many_features_are_uniform_and_independent() {
    let features = judge::any::select(vec![13_usize, 41, 65, 129]);
    for_all("d, seed", (features, seed())).cases(6).holds(|(d, seed)| {
        let n = N / d;
        let (x, y) =
            make_linear(n, &vec![0.0; *d], 0.5, 0.25, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let look = "Every feature is uniform from −1 to 1, the last as the first.";
        follows("x of many features", x.as_slice(), |v| ((v + 1.0) / 2.0).clamp(0.0, 1.0), look)?;
        never_repeats("x of many features", x.as_slice())?;
        let turns: Vec<f64> = x.as_slice().iter().map(|v| (v + 1.0) / 2.0).collect();
        for apart in [1, 2, *d] {
            uncorrelated("two numbers of x", &turns, apart, "Each entry needs a new random number.")?;
        }
        let noise: Vec<f64> = y.iter().map(|y| (y - 0.5) / 0.25).collect();
        follows(
            "the noise",
            &noise,
            normal_distribution,
            "The noise does not depend on the number of features.",
        )
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("seed", seed()).cases(32).holds(|seed| {
        let (mut first, mut again) = (Generator::from_seed(*seed), Generator::from_seed(*seed));
        let make = |generator: &mut Generator| make_linear(3, &[1.0], 0.0, 0.5, generator).accepted(CALL);
        let other = make(&mut Generator::from_seed(seed ^ 1))?;
        depends_on_the_generator(CALL, [&make(&mut first)?, &make(&mut again)?, &make(&mut first)?, &other])
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::data::make_linear;
        let (x, y) = make_linear(5, &[2.0], 1.0, 0.0, &mut kit::Generator::from_seed(1))?;
        assert_eq!(x.shape(), (5, 1));
        assert_eq!(y[4], 2.0 * x[(4, 0)] + 1.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn noise_has_normal_tails() {
        for_all("seed", seed()).cases(1).within_seconds(25).holds(|seed| {
            let (_, y) =
                make_linear(600_000, &[0.0], 0.0, 1.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
            let look = "The center of the distribution is normal, the tails are not. Is the method \
                exact, or a \
                        sum of a few uniform numbers?";
            normal_tails("y of make_linear(600000, [0], 0, 1, generator), |y|", &y, look)?;
            let look = "The distribution is slightly off: are all angles equally likely, and is the mean 0?";
            follows("y of make_linear(600000, [0], 0, 1, generator)", &y, normal_distribution, look)
        });
    }

    /// Kolmogorov's distance on 1,000 numbers: a distribution function that is off by 0.24 somewhere is overlooked with a
    /// chance below 1e-9.
    #[test]
    fn noise_has_the_deviation_of_every_magnitude() {
        for_all("σ, seed", (any::magnitude(-250, 250), seed())).cases(24).holds(|&(sigma, seed)| {
            let sigma = sigma.abs();
            let (_, y) =
                make_linear(1000, &[0.0], 0.0, sigma, &mut Generator::from_seed(seed)).accepted(CALL)?;
            let look = "With w = 0 and b = 0, y is σ times a standard normal number, for every σ.";
            follows(
                "y of make_linear(1000, [0], 0, σ, generator)",
                &y,
                |y| normal_distribution(y / sigma),
                look,
            )
        });
    }

    #[test]
    fn rejects_empty_and_not_finite_arguments() {
        let inputs = several(1..=3).prop_flat_map(|d| (any::not_finite(), Just(d), place(d)));
        for_all("bad, d, k", inputs).cases(64).holds(|(bad, d, k)| {
            let make = |n, w: &[f64], b, noise| make_linear(n, w, b, noise, &mut Generator::from_seed(1));
            let few = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "make_linear(0, [1], 0, 0, …)",
                make(0, &[1.0], 0.0, 0.0),
                few.clone(),
                "At least one sample.",
            )?;
            rejected("make_linear(3, [], 0, 0, …)", make(3, &[], 0.0, 0.0), few, "At least one feature.")?;
            let (w, look) = (ones_but(*d, *k, *bad), "Check w, b and σ before drawing.");
            let rejection = |name, index| InputError::NotFinite { name, index };
            rejected("make_linear(3, w, 0, 0, …)", make(3, &w, 0.0, 0.0), rejection("w", *k), look)?;
            rejected("make_linear(3, [1], b, 0, …)", make(3, &[1.0], *bad, 0.0), rejection("b", 0), look)?;
            rejected("make_linear(3, [1], 0, σ, …)", make(3, &[1.0], 0.0, *bad), rejection("noise", 0), look)
        });
    }

    #[test]
    fn rejects_a_negative_deviation() {
        for_all("n, σ", (many(1..=3), any::magnitude(-300, 300))).cases(64).holds(|&(n, sigma)| {
            let sigma = -sigma.abs();
            let got = make_linear(n, &[1.0], 0.0, sigma, &mut Generator::from_seed(1));
            let want = InputError::OutOfRange { name: "noise", got: sigma, wanted: "at least 0" };
            rejected("make_linear(n, [1], 0, σ, …)", got, want, "A standard deviation is not negative.")
        });
    }

    #[test]
    fn equals_the_linear_model_for_any_size_and_magnitude() {
        let inputs = (many(1..=6), several(1..=3), kinds(), seed())
            .prop_flat_map(|(n, d, [kind, _], seed)| (Just((n, seed)), numbers(kind, d), numbers(kind, 1)));
        for_all("(n, seed), w, b", inputs).holds(|((n, seed), w, b)| {
            let (x, y) = make_linear(*n, w, b[0], 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
            equal("the shape of x", x.shape(), (*n, w.len()), "One row per sample, one column per weight.")?;
            let (want, sizes) = (linear(&x, w, b[0]), sizes(&x, w, b[0]));
            let look = "With σ = 0, y is x·w + b, whatever the sizes of w and b.";
            close_entries("y", &column(&y), &column(&want), |i, _| rounding(2 * w.len() + 4, sizes[i]), look)
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        for_all("n, seed", (any::length(1..=3, 1025), seed())).cases(64).holds(|(n, seed)| {
            let (mut first, mut again) = (Generator::from_seed(*seed), Generator::from_seed(*seed));
            // Without noise the features are drawn all the same.
            let noise = if n % 2 == 0 { 0.5 } else { 0.0 };
            let make =
                |generator: &mut Generator| make_linear(*n, &[1.0], 0.0, noise, generator).accepted(CALL);
            let other = make(&mut Generator::from_seed(seed ^ 1))?;
            depends_on_the_generator(
                CALL,
                [&make(&mut first)?, &make(&mut again)?, &make(&mut first)?, &other],
            )
        });
    }
}
