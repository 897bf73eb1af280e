use judge::bounds::normal_distribution;
use judge::{
    Answer, Broken, any, close, close_entries, ensure, equal, example, follows, for_all, mean_near,
    normal_tails, rejected, rounding,
};
use katas::m04_ml_from_scratch::data::make_moons;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::prop_oneof;

use super::super::sizes::many;
use super::{depends_on_the_generator, every_call_follows, seed, uncorrelated};

const CALL: &str = "make_moons(n, σ, generator)";

/// Distance from the middle of its half circle, and the angle t, for the point in row i.
fn polar(x: &Matrix, i: usize, class: usize) -> (f64, f64) {
    let (right, up) = if class == 0 { (x[(i, 0)], x[(i, 1)]) } else { (1.0 - x[(i, 0)], 0.5 - x[(i, 1)]) };
    (right.hypot(up), up.atan2(right))
}

#[test]
fn lies_on_the_half_circles_without_noise() {
    for_all("n, seed", (many(1..=6), seed())).holds(|(n, seed)| {
        let (x, y) = make_moons(*n, 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        equal("the shape of x", x.shape(), (2 * n, 2), "n points per class, two coordinates.")?;
        equal("y", y, [vec![0; *n], vec![1; *n]].concat(), "n times 0, then n times 1.")?;
        for i in 0..2 * n {
            let (class, point) = (usize::from(i >= *n), x.row(i));
            let (radius, angle) = polar(&x, i, class);
            let look = "Class 0: (cos t, sin t). Class 1: (1 − cos t, ½ − sin t). t from 0 to π, the same \
                        in both places.";
            close(&format!("the radius of {point:?}, class {class}"), radius, 1.0, 8.0 * f64::EPSILON, look)?;
            ensure((-1e-15..=std::f64::consts::PI + 1e-15).contains(&angle), || {
                let got = format!("{point:?}, class {class}, at the angle t = {angle}");
                Broken::answer(got, "t from 0 to π: half a circle", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn angles_are_uniform() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let n = 2000;
        let (x, _) = make_moons(n, 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        for class in 0..2 {
            let turns: Vec<f64> =
                (0..n).map(|i| polar(&x, class * n + i, class).1 / std::f64::consts::PI).collect();
            let look = "t is uniform from 0 to π. A uniform x, or t only up to 1, gives another \
                distribution.";
            follows(&format!("t/π in class {class}"), &turns, |t| t.clamp(0.0, 1.0), look)?;
            let mut filled = vec![false; n];
            turns.iter().for_each(|t| filled[((t * n as f64) as usize).min(n - 1)] = true);
            let share = filled.iter().filter(|filled| !**filled).count() as f64 / n as f64;
            // One point moves the share by 1/n at most: by McDiarmid it keeps the bound of a mean of n numbers.
            let want = (1.0 - 1.0 / n as f64).powi(n as i32);
            let look = "Independent points leave gaps: of n equal parts of the arc a fraction of 1/e is \
                empty. \
                        Evenly spaced angles, and one point for each part, leave none.";
            let call = format!(
                "the fraction of empty parts among {n} equal parts of the arc in class \
                {class}"
            );
            mean_near(&call, share, n, 1.0, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn each_call_draws_new_numbers() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let mut generator = Generator::from_seed(*seed);
        // Without noise and with it; so little that the circle is straight.
        for sigma in [0.0, 0.5_f64.powi(20)] {
            let look = "t is uniform from 0 to π for any n, also for a single point, in each call.";
            every_call_follows(
                &format!("t/π for σ = {sigma}"),
                |t| t.clamp(0.0, 1.0),
                look,
                |n| {
                    let (x, _) = make_moons(n, sigma, &mut generator).accepted(CALL)?;
                    // Near the ends of the arc the noise may carry a point beyond them.
                    let turn = |i: usize| (polar(&x, i, i / n).1 / std::f64::consts::PI).rem_euclid(2.0);
                    Ok((0..2 * n).map(|i| if turn(i) > 1.5 { turn(i) - 2.0 } else { turn(i) }).collect())
                },
            )?;
        }
        let (sigma, look) =
            (0.5_f64.powi(20), "The noise is normal for any n, also for a single point, in each call.");
        every_call_follows("(radius − 1)/σ", normal_distribution, look, |n| {
            let (x, _) = make_moons(n, sigma, &mut generator).accepted(CALL)?;
            Ok((0..2 * n).map(|i| (polar(&x, i, i / n).0 - 1.0) / sigma).collect())
        })
    });
}

#[test]
fn noise_is_proportional_to_sigma() {
    let sigma = prop_oneof![3 => any::magnitude(-6, 150), 1 => any::magnitude(-120, -101)];
    for_all("n, σ, seed", (many(1..=3), sigma, seed())).cases(64).holds(|(n, sigma, seed)| {
        let sigma = sigma.abs();
        let make = |sigma| make_moons(*n, sigma, &mut Generator::from_seed(*seed)).accepted(CALL);
        let ([one, two], (got, _)) = ([make(1.0)?.0, make(2.0)?.0], make(sigma)?);
        let noise = Matrix::from_fn(2 * n, 2, |i, j| two[(i, j)] - one[(i, j)]);
        let want = Matrix::from_fn(2 * n, 2, |i, j| one[(i, j)] + (sigma - 1.0) * noise[(i, j)]);
        let error =
            |i: usize, j: usize| rounding(16, (sigma + 1.0) * (one[(i, j)].abs() + two[(i, j)].abs() + 2.0));
        let look =
            "From the same state, the noise is σ times the same standard normal numbers, for any σ above 0.";
        close_entries("x for σ, by those for σ = 1 and σ = 2,", &got, &want, error, look)
    });
}

#[test]
fn points_are_independent() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        // So little noise that the circle is straight: each side of it has half of the noise, up to σ.
        let (n, sigma) = (5000, 0.5_f64.powi(20));
        let mut generator = Generator::from_seed(*seed);
        let (exact, _) = make_moons(n, 0.0, &mut generator).accepted(CALL)?;
        let (noisy, _) = make_moons(n, sigma, &mut generator).accepted(CALL)?;
        let of = |x: &Matrix, i: usize| polar(x, i, usize::from(i >= n));
        let turns: Vec<f64> = (0..2 * n).map(|i| of(&exact, i).1 / std::f64::consts::PI).collect();
        let noise: Vec<f64> =
            (0..2 * n).map(|i| normal_distribution((of(&noisy, i).0 - 1.0) / sigma)).collect();
        // n apart: the points of the same number in both classes.
        for apart in [1, 2, n] {
            let look =
                "Each point needs a new random angle. Is one used twice, or does one follow from another?";
            uncorrelated("t of two points", &turns, apart, look)?;
            let look = "Each point needs noise of its own. Is a random number used twice?";
            uncorrelated("the noise of two points along their radii", &noise, apart, look)?;
        }
        Ok(())
    });
}

#[test]
fn noise_of_the_coordinates_is_independent() {
    for_all("seed", seed()).cases(2).holds(|seed| {
        // The circle is lost in the noise, and less than 10⁻⁵ of the numbers change their side for it.
        let (n, sigma) = (5000, 1024.0 * 1024.0);
        let (x, _) = make_moons(n, sigma, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let noise: Vec<f64> = x.as_slice().iter().map(|x| normal_distribution(x / sigma)).collect();
        // One after the other: x and y of a point, then y and the next point's x.
        let look =
            "Each coordinate needs noise of its own. The same number with another sign is not independent.";
        uncorrelated("the noises of two coordinates", &noise, 1, look)
    });
}

#[test]
fn noise_is_normal_in_every_direction() {
    for_all("seed", seed()).cases(2).holds(|seed| {
        // So little noise that the circle is straight: radius − 1 is the noise along the radius, up to σ² < 10⁻⁶.
        let (n, sigma) = (20_000, 1.0 / 1024.0);
        let (x, _) = make_moons(n, sigma, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        for class in 0..2 {
            let polars = (class * n..(class + 1) * n).map(|i| polar(&x, i, class));
            let (right, left): (Vec<_>, Vec<_>) = polars.partition(|(_, t)| *t < std::f64::consts::FRAC_PI_2);
            for (side, part) in [("right", right), ("left", left)] {
                let noise: Vec<f64> = part.iter().map(|(radius, _)| (radius - 1.0) / sigma).collect();
                let call = format!("(radius − 1)/σ on the {side} side of class {class}");
                let look = "Each coordinate needs noise of its own with the standard deviation σ: not one \
                            random number for both.";
                follows(&call, &noise, normal_distribution, look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("seed", seed()).cases(32).holds(|seed| {
        let (mut first, mut again) = (Generator::from_seed(*seed), Generator::from_seed(*seed));
        let make = |generator: &mut Generator| make_moons(2, 0.5, generator).accepted(CALL);
        let other = make(&mut Generator::from_seed(seed ^ 1))?;
        depends_on_the_generator(CALL, [&make(&mut first)?, &make(&mut again)?, &make(&mut first)?, &other])
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::data::make_moons;
        let (x, y) = make_moons(10, 0.0, &mut kit::Generator::from_seed(1))?;
        assert_eq!((x.shape(), y[9], y[10]), ((20, 2), 0, 1));
        assert!((x[(0, 0)].hypot(x[(0, 1)]) - 1.0).abs() < 1e-14);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn noise_has_normal_tails() {
        for_all("seed", seed()).cases(1).within_seconds(25).holds(|seed| {
            // The circle is lost in the noise: what it adds to a coordinate is below 2σ/2²⁰.
            let (n, sigma) = (150_000, 1024.0 * 1024.0);
            let (x, _) = make_moons(n, sigma, &mut Generator::from_seed(*seed)).accepted(CALL)?;
            let noise: Vec<f64> = x.as_slice().iter().map(|x| x / sigma).collect();
            let look = "The center of the distribution is normal, the tails are not. Is the method \
                exact, or a \
                        sum of a few uniform numbers?";
            normal_tails("make_moons(150000, 2²⁰, generator), |coordinate|/σ", &noise, look)
        });
    }

    #[test]
    fn rejects_zero_points() {
        example(|| {
            let got = make_moons(0, 0.0, &mut Generator::from_seed(1));
            rejected(
                "make_moons(0, 0, …)",
                got,
                InputError::TooFew { got: 0, wanted: 1 },
                "At least one point per class.",
            )
        });
    }

    #[test]
    fn rejects_an_invalid_deviation() {
        for_all("bad", any::not_finite()).cases(16).holds(|bad| {
            let make = |noise| make_moons(3, noise, &mut Generator::from_seed(1));
            let (look, want) = ("Check σ before drawing.", InputError::NotFinite { name: "noise", index: 0 });
            rejected("make_moons(3, σ, …)", make(*bad), want, look)?;
            for got in [-0.125, -1e-300, -1e-9, -1e300] {
                let want = InputError::OutOfRange { name: "noise", got, wanted: "at least 0" };
                rejected("make_moons(3, σ, …)", make(got), want, "A standard deviation is not negative.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        for_all("n, seed", (any::length(1..=3, 1025), seed())).cases(64).holds(|(n, seed)| {
            let (mut first, mut again) = (Generator::from_seed(*seed), Generator::from_seed(*seed));
            let make = |generator: &mut Generator| make_moons(*n, 0.5, generator).accepted(CALL);
            let other = make(&mut Generator::from_seed(seed ^ 1))?;
            depends_on_the_generator(
                CALL,
                [&make(&mut first)?, &make(&mut again)?, &make(&mut first)?, &other],
            )
        });
    }

    #[test]
    fn tiny_noise_is_normal() {
        for_all("seed", seed()).cases(2).holds(|seed| {
            // The radius is the sum of 1 and σ times a normal number, up to σ² and to rounding, both below 10⁻⁶·σ.
            let (n, sigma) = (5000, 0.5_f64.powi(32));
            let (x, _) = make_moons(n, sigma, &mut Generator::from_seed(*seed)).accepted(CALL)?;
            let noise: Vec<f64> =
                (0..2 * n).map(|i| (polar(&x, i, usize::from(i >= n)).0 - 1.0) / sigma).collect();
            let look = "A small σ is not 0.";
            follows("(radius − 1)/σ for σ = 2⁻³²", &noise, normal_distribution, look)
        });
    }
}
