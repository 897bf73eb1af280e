use judge::bounds::normal_distribution;
use judge::{Answer, any, equal, follows, for_all, mean_near, normal_tails, rejected};
use katas::m04_ml_from_scratch::data::make_blobs;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::{Just, Strategy};

use super::super::sizes::{Numbers, counting_but, fault, kinds, many, matrix_of, several};
use super::{depends_on_the_generator, every_call_follows, never_repeats, seed, uncorrelated};

const CALL: &str = "make_blobs(n, centers, σ, generator)";

#[test]
fn equals_the_centers_without_noise() {
    // At most some thousand coordinates.
    let shapes = (many(1..=4), several(1..=3), several(1..=3))
        .prop_map(|(n, k, d)| (n.min(1 + 20_000 / (k * d)), k, d));
    let inputs = shapes.prop_flat_map(|(n, k, d)| (Just(n), matrix_of(Numbers::Eighths, k, d), seed()));
    for_all("n, centers, seed", inputs).holds(|(n, centers, seed)| {
        let (x, y) = make_blobs(*n, centers, 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let want: Vec<usize> = (0..centers.rows()).flat_map(|class| vec![class; *n]).collect();
        equal("y", y, want.clone(), "n times 0, n times 1, …: n points per class, class after class.")?;
        let want = Matrix::from_fn(want.len(), centers.cols(), |i, j| centers[(want[i], j)]);
        equal("x for σ = 0", x, want, "The point in row i belongs to the center with its label.")
    });
}

#[test]
fn is_normally_distributed_around_the_centers() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let (centers, n) = (Matrix::from_rows([[0.0, 5.0], [-3.0, 1.0]]), 5000);
        let (x, y) = make_blobs(n, &centers, 0.25, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        equal("the shape of x", x.shape(), (2 * n, 2), "One row per point, one column per coordinate.")?;
        let off: Vec<[f64; 2]> =
            (0..2 * n).map(|i| [0, 1].map(|j| (x[(i, j)] - centers[(y[i].min(1), j)]) / 0.25)).collect();
        for j in 0..2 {
            let scatter: Vec<f64> = off.iter().map(|point| point[j]).collect();
            let look = "σ is the standard deviation of each coordinate, not a variance, not a half width.";
            follows(&format!("(x − center)/σ in coordinate {j}"), &scatter, normal_distribution, look)?;
            let look = "Each point needs new random numbers.";
            let turns: Vec<f64> = scatter.iter().map(|z| normal_distribution(*z)).collect();
            // n apart: the points of the same number in both classes.
            for apart in [1, 2, n] {
                uncorrelated(&format!("coordinate {j} of two points"), &turns, apart, look)?;
            }
        }
        let across = off.iter().map(|[a, b]| (a * b).signum()).sum::<f64>() / (2 * n) as f64;
        let look = "The cluster is isotropic: each coordinate needs a random number of its own.";
        mean_near("the mean sign of the two coordinates' product", across, 2 * n, 2.0, 0.0, look)
    });
}

#[test]
fn each_call_draws_new_numbers() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let mut generator = Generator::from_seed(*seed);
        let centers = Matrix::from_rows([[0.0, 5.0], [-3.0, 1.0]]);
        let look = "Each coordinate is normal round its center for any n, in every point of every call.";
        every_call_follows("(x − center)/σ", normal_distribution, look, |n| {
            let (x, _) = make_blobs(n, &centers, 0.25, &mut generator).accepted(CALL)?;
            equal("the shape of x", x.shape(), (2 * n, 2), "One row per point, one column per coordinate.")?;
            Ok((0..4 * n).map(|k| (x[(k / 2, k % 2)] - centers[(k / 2 / n, k % 2)]) / 0.25).collect())
        })
    });
}

#[test]
fn is_normal_in_every_class_and_coordinate() {
    let shapes =
        judge::any::select(vec![[1, 13_usize], [1, 41], [1, 129], [13, 1], [41, 2], [129, 1], [12, 12]]);
    for_all("[k, d], seed", (shapes, seed())).cases(7).holds(|([k, d], seed)| {
        let (n, centers) = (8000 / (k * d), Matrix::zeros(*k, *d));
        let (x, _) = make_blobs(n, &centers, 1.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        equal("the shape of x", x.shape(), (n * k, *d), "n points per class, one column per coordinate.")?;
        let look =
            "Each coordinate of each class is normal with the standard deviation σ, the last as the first.";
        follows("make_blobs(n, k×d zeros, 1, generator)", x.as_slice(), normal_distribution, look)?;
        never_repeats("make_blobs(n, k×d zeros, 1, generator)", x.as_slice())?;
        // The last class, and the last coordinate.
        follows("the last class", &x.as_slice()[(n * (k - 1)) * d..], normal_distribution, look)?;
        let last: Vec<f64> = (0..n * k).map(|i| x[(i, d - 1)]).collect();
        follows("the last coordinate", &last, normal_distribution, look)?;
        let turns: Vec<f64> = x.as_slice().iter().map(|z| normal_distribution(*z)).collect();
        for apart in [1, 2, *d, n * d / 2] {
            uncorrelated(
                "two coordinates",
                &turns,
                apart,
                "Each coordinate needs a random number of its own.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("seed", seed()).cases(32).holds(|seed| {
        let (mut first, mut again) = (Generator::from_seed(*seed), Generator::from_seed(*seed));
        let centers = Matrix::from_rows([[0.0], [2.0]]);
        let make = |generator: &mut Generator| make_blobs(2, &centers, 0.5, generator).accepted(CALL);
        let other = make(&mut Generator::from_seed(seed ^ 1))?;
        depends_on_the_generator(CALL, [&make(&mut first)?, &make(&mut again)?, &make(&mut first)?, &other])
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::data::make_blobs;
        use kit::{Generator, Matrix};
        let centers = Matrix::from_rows([[0.0, 0.0], [5.0, 5.0]]);
        let (x, y) = make_blobs(2, &centers, 0.0, &mut Generator::from_seed(1))?;
        assert_eq!((x.row(3), y), (&[5.0, 5.0][..], vec![0, 0, 1, 1]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn has_normal_tails() {
        for_all("seed", seed()).cases(1).within_seconds(25).holds(|seed| {
            let origin = Matrix::zeros(1, 2);
            let (x, _) =
                make_blobs(300_000, &origin, 1.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
            let look = "The center of the distribution is normal, the tails are not. Is the method \
                exact, or a \
                        sum of a few uniform numbers?";
            normal_tails("make_blobs(300000, [[0, 0]], 1, generator), |coordinate|", x.as_slice(), look)?;
            let look = "The distribution is slightly off: are all angles equally likely, and is the mean 0?";
            follows("make_blobs(300000, [[0, 0]], 1, generator)", x.as_slice(), normal_distribution, look)
        });
    }

    #[test]
    fn rejects_empty_and_not_finite_arguments() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let make = |n, centers: &Matrix, deviation| {
                make_blobs(n, centers, deviation, &mut Generator::from_seed(1))
            };
            let (centers, few) = (Matrix::zeros(2, 3), InputError::TooFew { got: 0, wanted: 1 });
            rejected(
                "make_blobs(0, 2×3, 1, …)",
                make(0, &centers, 1.0),
                few.clone(),
                "At least one point per class.",
            )?;
            rejected(
                "make_blobs(3, 0×3, 1, …)",
                make(3, &Matrix::zeros(0, 3), 1.0),
                few,
                "At least one center.",
            )?;
            let (look, rejection) = ("Check the centers and σ before drawing.", |name, index| {
                InputError::NotFinite { name, index }
            });
            rejected(
                "make_blobs(3, centers, 1, …)",
                make(3, &counting_but([*n, *d], [*i, *j], *bad), 1.0),
                rejection("centers", i * d + j),
                look,
            )?;
            rejected("make_blobs(3, 2×3, σ, …)", make(3, &centers, *bad), rejection("deviation", 0), look)
        });
    }

    #[test]
    fn rejects_a_negative_deviation() {
        for_all("n, σ", (many(1..=3), any::magnitude(-300, 300))).cases(64).holds(|&(n, sigma)| {
            let sigma = -sigma.abs();
            let got = make_blobs(n, &Matrix::zeros(2, 2), sigma, &mut Generator::from_seed(1));
            let want = InputError::OutOfRange { name: "deviation", got: sigma, wanted: "at least 0" };
            rejected("make_blobs(n, 2×2, σ, …)", got, want, "A standard deviation is not negative.")
        });
    }

    #[test]
    fn equals_the_centers_for_any_size_and_magnitude() {
        let inputs = (many(1..=4), several(1..=3), several(1..=3), kinds(), seed());
        let inputs = inputs.prop_flat_map(|(n, k, d, [kind, _], seed)| {
            (Just((n.min(1 + 20_000 / (k * d)), seed)), matrix_of(kind, k, d))
        });
        for_all("(n, seed), centers", inputs).holds(|((n, seed), centers)| {
            let (x, y) = make_blobs(*n, centers, 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
            let want: Vec<usize> = (0..centers.rows()).flat_map(|class| vec![class; *n]).collect();
            equal("y", y, want.clone(), "n times 0, n times 1, …: n points per class, class after class.")?;
            let want = Matrix::from_fn(want.len(), centers.cols(), |i, j| centers[(want[i], j)]);
            equal("x for σ = 0", x, want, "The point in row i belongs to the center with its label.")
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        for_all("n, seed", (any::length(1..=3, 1025), seed())).cases(64).holds(|(n, seed)| {
            let (mut first, mut again) = (Generator::from_seed(*seed), Generator::from_seed(*seed));
            let centers = Matrix::from_rows([[0.0], [2.0]]);
            let make = |generator: &mut Generator| make_blobs(*n, &centers, 0.5, generator).accepted(CALL);
            let other = make(&mut Generator::from_seed(seed ^ 1))?;
            depends_on_the_generator(
                CALL,
                [&make(&mut first)?, &make(&mut again)?, &make(&mut first)?, &other],
            )
        });
    }
}
