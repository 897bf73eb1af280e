use judge::{
    Answer, Broken, Verdict, any, close, drawn_with, ensure, equal, example, for_all, rejected, rounding,
};
use katas::x2_clustering::mixture::{Mixture, gaussian_mixture};
use kit::{Generator, InputError, Matrix};
use proptest::prop_oneof;

use super::super::draw::{counting_but, fault, groups, matrix, normal, too_large};
use super::super::gauss::{are_weights, is_maximized, unit};
use super::super::near::{are_nearest, norm, square};
use super::super::pairs::are_independent;
use super::super::rejection::rejects_invalid;
use super::em::{expected, maximized};

const CALL: &str = "gaussian_mixture(x, k, regularization, steps, generator)";

/// What is asked for.
#[derive(Debug, Clone)]
struct Asked {
    x: Matrix,
    k: usize,
    regularization: f64,
    seed: u64,
}

impl Asked {
    fn after(&self, steps: usize) -> Result<Mixture, Broken> {
        self.fitted(steps).map(|(mixture, _)| mixture)
    }

    /// The mixture after so many steps, and the generator that they leave behind.
    fn fitted(&self, steps: usize) -> Result<(Mixture, Generator), Broken> {
        let mut generator = Generator::from_seed(self.seed);
        let got = gaussian_mixture(&self.x, self.k, self.regularization, steps, &mut generator);
        let got = got.accepted(CALL)?;
        let (k, d) = (self.k, self.x.cols());
        equal("the number of weights", got.weights.len(), k, "One per component.")?;
        equal("the shape of the means", got.means.shape(), (k, d), "One mean per row.")?;
        let shapes: Vec<[usize; 2]> = got.covariances.iter().map(|it| it.shape().into()).collect();
        equal("the shapes of the covariances", shapes, vec![[d, d]; k], "d×d for each component.")?;
        are_weights(&got.weights)?;
        Ok((got, generator))
    }

    /// The start is k-means: its clusters, as means, covariances and weights.
    fn starts_with_kmeans(&self) -> Verdict {
        let (got, x) = (self.after(0)?, &self.x);
        let square_to = |i: usize, j: usize| square(x.row(i), got.means.row(j));
        let nearest =
            |i: usize| (0..self.k).min_by(|&a, &b| square_to(i, a).total_cmp(&square_to(i, b))).unwrap_or(0);
        let labels: Vec<usize> = (0..x.rows()).map(nearest).collect();
        are_nearest("the start", x, &got.means, &labels)?;
        let belongs = Matrix::from_fn(x.rows(), self.k, |i, j| f64::from(u8::from(labels[i] == j)));
        is_maximized(&got, x, &belongs, self.regularization, &got)
    }

    /// One step more is one step of EM.
    fn goes_on_with_em(&self, steps: usize) -> Verdict {
        let ((before, left), (after, left_after)) = (self.fitted(steps)?, self.fitted(steps + 1)?);
        ensure(left == left_after, || {
            let got = format!("step {} moves the generator on", steps + 1);
            let look = "k-means draws the start. A step of EM draws nothing.";
            Broken::answer(got, "the generator as k-means leaves it, whatever the number of steps", look)
        })?;
        let responsibilities = expected(&self.x, &before);
        // One step magnifies rounding by at most the condition of the covariances, below 10⁴ with these points.
        let scale = self.x.as_slice().iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        let want = maximized(&self.x, &responsibilities, self.regularization, &before);
        let look = "After the start, each step is one of em_step, on the mixture before it.";
        let call = format!("after {} steps", steps + 1);
        close(&format!("the weights {call}"), &after.weights[..], &want.weights[..], 1e-8, look)?;
        close(&format!("the means {call}"), after.means, want.means, 1e-8 * scale, look)?;
        for (j, (got, want)) in after.covariances.into_iter().zip(want.covariances).enumerate() {
            let size = want.as_slice().iter().fold(0.0_f64, |largest, entry| largest.max(entry.abs()));
            close(&format!("covariance {j} {call}"), got, want, 1e-8 * size.max(self.regularization), look)?;
        }
        Ok(())
    }
}

/// Points in two clouds that overlap, in any unit.
fn clouds(n: usize, d: usize, unit: f64, seed: u64) -> Matrix {
    let mut generator = Generator::from_seed(seed);
    let mut x = Matrix::zeros(n, d);
    for i in 0..n {
        for a in 0..d {
            x[(i, a)] = unit * (normal(&mut generator) + if i % 3 == 0 { 2.5 } else { 0.0 });
        }
    }
    x
}

#[test]
fn starts_with_the_clusters_of_kmeans() {
    for_all("n, d, k, seed", (any::part(1..=12_usize), 1..=3_usize, 1..=3_usize, any::seed()))
        .cases(128)
        .holds(|&(n, d, k, seed)| {
            let x = clouds(n, d, 1.0, seed);
            Asked { x, k: k.min(n), regularization: 0.125, seed }.starts_with_kmeans()
        });
}

#[test]
fn each_step_is_one_of_em() {
    let inputs = (any::part(4..=20_usize), 1..=3_usize, 1..=3_usize, 0..=4_usize, any::seed());
    for_all("n, d, k, steps, seed", inputs).cases(96).holds(|&(n, d, k, steps, seed)| {
        let x = clouds(n, d, 1.0, seed);
        Asked { x, k, regularization: 0.125, seed }.goes_on_with_em(steps)
    });
}

#[test]
fn one_component_is_mean_and_covariance() {
    let inputs = (any::vector(1..=8), any::part(0..=3_usize), any::eighth());
    for_all("x, steps, regularization", inputs).cases(96).holds(|(x, steps, regularization)| {
        let regularization = regularization.abs() + 0.125;
        let n = x.len() as f64;
        let asked = Asked { x: matrix(x.len(), 1, x), k: 1, regularization, seed: 3 };
        let got = asked.after(*steps)?;
        let mean = x.iter().sum::<f64>() / n;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        let look = "All points belong to the one component: their mean, their variance over n.";
        close("weights[0]", got.weights[0], 1.0, rounding(64, 1.0), look)?;
        close("means[0]", got.means[(0, 0)], mean, rounding(64, 8.0), look)?;
        let got = got.covariances[0][(0, 0)];
        close("covariances[0]", got, variance + regularization, rounding(128, 64.0 + regularization), look)
    });
}

#[test]
fn finds_well_separated_groups() {
    for_all("k, seed", (any::part(2..=4_usize), any::seed())).cases(32).holds(|&(k, seed)| {
        let (x, groups) = groups(10 * k, 2, k, seed);
        let got = Asked { x: x.clone(), k, regularization: 0.125, seed }.after(5)?;
        // In the order of the last feature.
        let mut order: Vec<usize> = (0..k).collect();
        order.sort_by(|&a, &b| got.means[(a, 1)].total_cmp(&got.means[(b, 1)]));
        let belongs = Matrix::from_fn(10 * k, k, |i, j| f64::from(u8::from(order[groups[i]] == j)));
        is_maximized(&got, &x, &belongs, 0.125, &got)
    });
}

#[test]
fn starts_with_one_start_of_kmeans() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        // As in kmeans: a rectangle that is divided across if the start is a short side.
        let x = matrix(4, 2, &[0.0, 0.0, 0.0, 1.0, 1.5, 0.0, 1.5, 1.0]);
        let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 2]);
        for _ in 0..1200 {
            let got = gaussian_mixture(&x, 2, 0.5, 0, &mut generator).accepted(CALL)?;
            equal("the shape of the means", got.means.shape(), (2, 2), "One mean per row.")?;
            counts[usize::from((got.means[(0, 0)] - got.means[(1, 0)]).abs() < 0.5)] += 1;
        }
        let look = "The start is the clustering of kmeans with a single start, drawn from the generator.";
        let worse = 1.0 / 6.5;
        drawn_with("the start", &["left and right", "above and below"], &counts, &[1.0 - worse, worse], look)
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("n, seed", (any::select(vec![60_usize, 101, 301]), any::seed())).cases(8).holds(|&(n, seed)| {
        let x = clouds(n, 2, 1.0, seed);
        let asked = |generator: &mut Generator| gaussian_mixture(&x, 12, 0.5, 1, generator).accepted(CALL);
        let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
        let got = asked(&mut first)?;
        let look = "What else than the generator decides? A static, the clock, a hash map's order?";
        equal("the mixture from the same state", asked(&mut again)?, got.clone(), look)?;
        // That two starts number twelve clusters alike has a chance below 10⁻⁸, far less with other clusters.
        let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
        for (what, other) in [
            ("the state that was left behind", asked(&mut first)?),
            ("another seed", asked(&mut Generator::from_seed(seed ^ 1))?),
        ] {
            ensure(other.means != got.means, || {
                Broken::answer(format!("the same means from {what}"), "other means", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::mixture::gaussian_mixture;
        use kit::{Generator, Matrix};
        let x = Matrix::from_rows([[1.0], [3.0]]);
        let mixture = gaussian_mixture(&x, 1, 0.5, 3, &mut Generator::from_seed(1))?;
        assert!((mixture.means[(0, 0)] - 2.0).abs() < 1e-12);
        assert!((mixture.covariances[0][(0, 0)] - 1.5).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_fitted_for_any_size_and_unit() {
        let many = [4..=12_usize, 1..=1, 257..=257];
        let shape = prop_oneof![5 => any::sizes([4..=12, 1..=3, 1..=3], [301, 65, 257]), 1 => many];
        let inputs = (shape, unit(), any::seed());
        for_all("[n, d, k], unit, seed", inputs).cases(32).holds(|&([n, d, k], unit, seed)| {
            let x = clouds(n.max(k), d, unit, seed);
            let asked = Asked { x, k, regularization: 0.5 * unit * unit, seed };
            asked.starts_with_kmeans()?;
            asked.goes_on_with_em(0)?;
            // Far from the origin squares lose their digits to cancellation. Of one cluster it is certain which points it has.
            let far = Matrix::from_fn(asked.x.rows(), d, |i, a| asked.x[(i, a)] + 1_048_576.0 * unit);
            Asked { x: far, k: 1, ..asked }.starts_with_kmeans()
        });
    }

    #[test]
    fn mixtures_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(2).holds(|&seed| {
            let mut generator = Generator::from_seed(seed);
            are_independent(|x, k| {
                let means = gaussian_mixture(x, k, 0.5, 0, &mut generator).accepted(CALL)?.means;
                equal("the shape of the means", means.shape(), (k, 3), "One mean per row.")?;
                // The mean of the first two points is 0; all other means are at a distance of 1 or more.
                Ok((0..k).any(|j| norm(means.row(j)) < 0.5))
            })
        });
    }

    #[test]
    fn takes_as_many_steps_as_asked() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            // Two clouds that overlap: hundreds of steps still move the means.
            let mut generator = Generator::from_seed(seed);
            let x: Vec<f64> =
                (0..60).map(|i| normal(&mut generator) + if i < 30 { 1.5 } else { 0.0 }).collect();
            let asked = Asked { x: matrix(60, 1, &x), k: 2, regularization: 0.01, seed };
            [12, 51, 101].into_iter().try_for_each(|steps| asked.goes_on_with_em(steps))
        });
    }

    #[test]
    fn regularization_allows_identical_points() {
        for_all("n, k, steps, seed", (any::many(1..=6, 301), 1..=3_usize, 0..=2_usize, any::seed()))
            .cases(48)
            .holds(|&(n, k, steps, seed)| {
                let (x, k) = (Matrix::from_fn(n, 2, |_, _| 3.0), k.min(n));
                let got = Asked { x, k, regularization: 0.5, seed }.after(steps)?;
                for j in 0..k {
                    // A cluster without points, which keeps its place, has the variance 1.5.
                    let variance = if got.weights[j] == 0.0 { 1.5 } else { 0.5 };
                    let want = matrix(2, 2, &[variance, 0.0, 0.0, variance]);
                    let look = "All points are the mean: the covariance is λ·I, or (1 + λ)·I without points.";
                    close(
                        &format!("covariance {j}"),
                        got.covariances[j].clone(),
                        want,
                        rounding(8 * n + 64, 9.0),
                        look,
                    )?;
                    let mean = [got.means[(j, 0)], got.means[(j, 1)]];
                    close(&format!("mean {j}"), &mean[..], &[3.0, 3.0][..], rounding(8 * n + 64, 3.0), look)?;
                }
                Ok(())
            });
    }

    #[test]
    fn rejects_singular_covariances() {
        example(|| {
            let want = InputError::NotPositiveDefinite { name: "covariance" };
            let (equal, in_a_line) = (matrix(4, 1, &[3.0; 4]), matrix(3, 2, &[1.0, 1.0, 2.0, 1.0, 3.0, 1.0]));
            for (x, variance) in [(equal, 0.0), (in_a_line, 2.0 / 3.0)] {
                let start = Asked { x: x.clone(), k: 1, regularization: 0.0, seed: 1 }.after(0)?;
                let look = "With 0 steps no step meets the covariance: it is returned, singular or not.";
                let got = start.covariances[0][(0, 0)];
                close(
                    "entry (0, 0) of the covariance after 0 steps",
                    got,
                    variance,
                    rounding(64, 9.0),
                    look,
                )?;
                let look = "Without regularization the covariance of equal points is 0.";
                let got = gaussian_mixture(&x, 1, 0.0, 1, &mut Generator::from_seed(1));
                rejected("gaussian_mixture(x, 1, 0, 1, …)", got, want.clone(), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_numbers_out_of_range() {
        for_all("n, more", (any::many(1..=6, 301), any::select(vec![1_usize, 2, 300]))).cases(32).holds(
            |&(n, more)| {
                let x = counting_but([n, 2], [0, 0], 0.0);
                let asked = |k, regularization| {
                    gaussian_mixture(&x, k, regularization, 1, &mut Generator::from_seed(1))
                };
                for k in [0, n + more] {
                    let want = InputError::OutOfRange { name: "k", got: k as f64, wanted: "1 to n" };
                    rejected(CALL, asked(k, 0.5), want, "At least one component, and no more than points.")?;
                }
                for got in [-1e-9, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                    let want =
                        InputError::OutOfRange { name: "regularization", got, wanted: "a number ≥ 0" };
                    rejected(CALL, asked(1, got), want, "The regularization is finite and at least 0.")?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_invalid_points_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(|(fault, large)| {
            rejects_invalid(CALL, "x", fault, *large, |x| {
                gaussian_mixture(x, 1, 0.5, 0, &mut Generator::from_seed(1))
            })
        });
    }

    #[test]
    fn rejects_no_points_and_no_features() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let look = "There is nothing to fit.";
            let got = gaussian_mixture(&Matrix::zeros(2, 0), 1, 0.5, 1, &mut Generator::from_seed(1));
            rejected("gaussian_mixture(2×0, …)", got, few, look)?;
            let got = gaussian_mixture(&Matrix::zeros(0, 2), 1, 0.5, 1, &mut Generator::from_seed(1));
            ensure(got.is_err(), || {
                Broken::answer(format!("gaussian_mixture(0×2, …) = {got:?}"), "an error", look)
            })
        });
    }
}
