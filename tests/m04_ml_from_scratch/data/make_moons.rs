use judge::bounds::normal_distribution;
use judge::{
    Answer, Broken, any, close, ensure, equal, example, follows, for_all, mean_near, normal_tails, rejected,
};
use katas::m04_ml_from_scratch::data::make_moons;
use kit::{Generator, InputError, Matrix};

use super::{depends_on_the_generator, seed, tells_nothing};

const CALL: &str = "make_moons(n, σ, generator)";

/// Distance from the middle of its half circle, and the angle t, for the point in row i.
fn polar(x: &Matrix, i: usize, class: usize) -> (f64, f64) {
    let (right, up) = if class == 0 { (x[(i, 0)], x[(i, 1)]) } else { (1.0 - x[(i, 0)], 0.5 - x[(i, 1)]) };
    (right.hypot(up), up.atan2(right))
}

#[test]
fn without_noise_every_point_is_on_its_half_circle() {
    for_all("n, seed", (1..=6_usize, seed())).holds(|(n, seed)| {
        let (x, y) = make_moons(*n, 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        equal("the shape of x", x.shape(), (2 * n, 2), "n points a class, two coordinates.")?;
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
fn the_points_are_spread_evenly_along_the_arc() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let n = 2000;
        let (x, _) = make_moons(n, 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        for class in 0..2 {
            let turns: Vec<f64> =
                (0..n).map(|i| polar(&x, class * n + i, class).1 / std::f64::consts::PI).collect();
            let look = "t is uniform from 0 to π. A uniform x, or t only up to 1, crowds the points.";
            follows(&format!("t/π in class {class}"), &turns, |t| t.clamp(0.0, 1.0), look)?;
            let mut filled = vec![false; n];
            turns.iter().for_each(|t| filled[((t * n as f64) as usize).min(n - 1)] = true);
            let share = filled.iter().filter(|filled| !**filled).count() as f64 / n as f64;
            // One point moves the share by 1/n at most: by McDiarmid it keeps the bound of a mean of n numbers.
            let want = (1.0 - 1.0 / n as f64).powi(n as i32);
            let look = "Points that know nothing of each other leave gaps: of n equal parts of the arc a \
                        share of 1/e is empty. Equal steps, and one point for each part, leave none.";
            let call = format!("the empty share of {n} equal parts of the arc in class {class}");
            mean_near(&call, share, n, 1.0, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn each_point_is_drawn_anew() {
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
            let look = "Each point has a t of its own. Is one used twice, or does one follow from another?";
            tells_nothing("t of two points", &turns, apart, look)?;
            let look = "Each point has noise of its own. Is one used twice?";
            tells_nothing("the noise of two points along their radii", &noise, apart, look)?;
        }
        Ok(())
    });
}

#[test]
fn the_noises_of_both_coordinates_know_nothing_of_each_other() {
    for_all("seed", seed()).cases(2).holds(|seed| {
        // The circle is lost in the noise, and less than 10⁻⁵ of the numbers change their side for it.
        let (n, sigma) = (5000, 1024.0 * 1024.0);
        let (x, _) = make_moons(n, sigma, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let noise: Vec<f64> = x.as_slice().iter().map(|x| normal_distribution(x / sigma)).collect();
        // One after the other: x and y of a point, then y and the next point's x.
        let look =
            "Each coordinate draws a number of its own. The same size with another sign is the same number.";
        tells_nothing("the noises of two coordinates", &noise, 1, look)
    });
}

#[test]
fn large_noise_is_neither_too_frequent_nor_too_rare() {
    for_all("seed", seed()).cases(1).within_seconds(25).holds(|seed| {
        // The circle is lost in the noise: what it adds to a coordinate is below 2σ/2²⁰.
        let (n, sigma) = (150_000, 1024.0 * 1024.0);
        let (x, _) = make_moons(n, sigma, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let noise: Vec<f64> = x.as_slice().iter().map(|x| x / sigma).collect();
        let look = "In the middle this looks normal, in the tails it does not. Is the method exact, or a \
                    sum of a few uniform numbers?";
        normal_tails("make_moons(150000, 2²⁰, generator), |coordinate|/σ", &noise, look)
    });
}

#[test]
fn the_noise_is_normal_in_every_direction() {
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
                let look = "Each coordinate has noise of its own with the standard deviation σ: not one \
                            number for both.";
                follows(&call, &noise, normal_distribution, look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn the_generator_decides_and_nothing_else() {
    for_all("seed", seed()).cases(32).holds(|seed| {
        let (mut first, mut again) = (Generator::from_seed(*seed), Generator::from_seed(*seed));
        let make = |generator: &mut Generator| make_moons(2, 0.5, generator).accepted(CALL);
        let other = make(&mut Generator::from_seed(seed ^ 1))?;
        depends_on_the_generator(CALL, [&make(&mut first)?, &make(&mut again)?, &make(&mut first)?, &other])
    });
}

#[test]
fn no_points_are_rejected() {
    example(|| {
        let got = make_moons(0, 0.0, &mut Generator::from_seed(1));
        rejected(
            "make_moons(0, 0, …)",
            got,
            InputError::TooFew { got: 0, wanted: 1 },
            "One point a class at least.",
        )
    });
}

#[test]
fn a_deviation_that_is_no_length_is_rejected() {
    for_all("bad", any::not_finite()).cases(16).holds(|bad| {
        let make = |noise| make_moons(3, noise, &mut Generator::from_seed(1));
        let (look, want) = ("Look at σ before drawing.", InputError::NotFinite { name: "noise", index: 0 });
        rejected("make_moons(3, σ, …)", make(*bad), want, look)?;
        let want = InputError::OutOfRange { name: "noise", got: -0.125, wanted: "at least 0" };
        rejected("make_moons(3, −0.125, …)", make(-0.125), want, "A deviation is a length.")
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("make_moons(0, −1, …)", make_moons(0, -1.0, &mut Generator::from_seed(1)), want, look)
    })
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
