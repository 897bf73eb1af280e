use judge::bounds::normal_distribution;
use judge::{Answer, any, equal, example, follows, for_all, mean_near, normal_tails, rejected};
use katas::m04_ml_from_scratch::data::make_blobs;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::Strategy;

use super::super::draw::{kinds, matrix_of, with};
use super::{depends_on_the_generator, seed, uncorrelated};

const CALL: &str = "make_blobs(n, centers, σ, generator)";

#[test]
fn equals_the_centers_without_noise() {
    let centers = any::any_matrix(1..=3, 1..=3);
    for_all("n, centers, seed", (1..=4_usize, centers, seed())).holds(|(n, centers, seed)| {
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
        let inputs = (any::not_finite(), 0..6_usize).prop_map(|both| both);
        for_all("bad, k", inputs).cases(64).holds(|(bad, k)| {
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
                make(3, &with(&centers, *k, *bad), 1.0),
                rejection("centers", *k),
                look,
            )?;
            rejected("make_blobs(3, 2×3, σ, …)", make(3, &centers, *bad), rejection("deviation", 0), look)
        });
    }

    #[test]
    fn rejects_a_negative_deviation() {
        example(|| {
            let got = make_blobs(3, &Matrix::zeros(2, 2), -0.125, &mut Generator::from_seed(1));
            let want = InputError::OutOfRange { name: "deviation", got: -0.125, wanted: "at least 0" };
            rejected("make_blobs(3, 2×2, −0.125, …)", got, want, "A standard deviation is not negative.")
        });
    }

    #[test]
    fn equals_the_centers_for_any_size_and_magnitude() {
        let inputs = (any::size(1..=4, 129), any::size(1..=3, 129), any::size(1..=3, 33), kinds(), seed())
            .prop_filter("not too many points", |(n, k, d, ..)| n * k * d < 5000);
        let inputs = inputs.prop_flat_map(|(n, k, d, [kind, _], seed)| {
            (proptest::prelude::Just((n, seed)), matrix_of(kind, k, d))
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
        for_all("n, seed", (any::size(1..=3, 257), seed())).cases(64).holds(|(n, seed)| {
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
