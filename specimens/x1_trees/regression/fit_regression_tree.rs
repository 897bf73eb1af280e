use kit::{InputError, Matrix, Tree};

use super::super::growing::with_leaves;
use super::super::regressing::{GROWN, Way, mean, squared_error};
use super::super::searching::{each, rows};
use crate::reference::x1_trees::regression as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Grown = Result<Tree, InputError>;
type FitRegressionTree = fn(&Matrix, &[f64], usize) -> Grown;

/// The kata, answered by a specimen.
pub fn fit_regression_tree(x: &Matrix, y: &[f64], max_depth: usize) -> Result<Tree, InputError> {
    answering::<FitRegressionTree>(
        module_path!(),
        reference::fit_regression_tree,
        &[
            wheat("definition", "computes both squared errors anew for each threshold", |x, y, depth| {
                grown(x, y, depth, &GROWN)
            }),
            wheat("last_of_equals", "of equally good splits takes the last", |x, y, depth| {
                grown(x, y, depth, &Way { prefers_last: true, ..GROWN })
            }),
            wheat(
                "means_apart",
                "looks for the parts whose means differ most, by their sizes",
                |x, y, depth| {
                    let merit = |left: &[f64], right: &[f64]| {
                        let (a, b) = (left.len() as f64, right.len() as f64);
                        a * b / (a + b) * (mean(left) - mean(right)).powi(2)
                    };
                    grown(x, y, depth, &Way { merit, ..GROWN })
                },
            ),
            chaff("median", "A leaf holds the median of its targets.", |x, y, depth| {
                let value = |y: &[f64]| {
                    let mut sorted = y.to_vec();
                    sorted.sort_by(f64::total_cmp);
                    sorted[sorted.len() / 2]
                };
                grown(x, y, depth, &Way { value, ..GROWN })
            }),
            chaff("sum", "A leaf holds the sum of its targets.", |x, y, depth| {
                grown(x, y, depth, &Way { value: |y| y.iter().sum(), ..GROWN })
            }),
            chaff(
                "middle",
                "A leaf holds the middle between its smallest and largest target.",
                |x, y, depth| {
                    let value = |y: &[f64]| {
                        let low = y.iter().copied().fold(f64::INFINITY, f64::min);
                        f64::midpoint(low, y.iter().copied().fold(f64::NEG_INFINITY, f64::max))
                    };
                    grown(x, y, depth, &Way { value, ..GROWN })
                },
            ),
            chaff(
                "unweighted",
                "The variances of the two parts are added without weights.",
                |x, y, depth| {
                    let merit = |left: &[f64], right: &[f64]| {
                        -squared_error(left) / left.len() as f64 - squared_error(right) / right.len() as f64
                    };
                    grown(x, y, depth, &Way { merit, ..GROWN })
                },
            ),
            chaff("deviations", "Standard deviations are added instead of squared errors.", |x, y, depth| {
                let merit =
                    |left: &[f64], right: &[f64]| -squared_error(left).sqrt() - squared_error(right).sqrt();
                grown(x, y, depth, &Way { merit, ..GROWN })
            }),
            chaff("means_only", "The best split has the means furthest apart.", |x, y, depth| {
                grown(x, y, depth, &Way { merit: |left, right| (mean(left) - mean(right)).abs(), ..GROWN })
            }),
            chaff("absolute", "Absolute errors are compared.", |x, y, depth| {
                let merit = |left: &[f64], right: &[f64]| {
                    let error = |y: &[f64]| y.iter().map(|target| (target - mean(y)).abs()).sum::<f64>();
                    -error(left) - error(right)
                };
                grown(x, y, depth, &Way { merit, ..GROWN })
            }),
            chaff("halves", "A split divides the samples in two halves.", |x, y, depth| {
                let merit = |left: &[f64], right: &[f64]| -(left.len() as f64 - right.len() as f64).abs();
                grown(x, y, depth, &Way { merit, ..GROWN })
            }),
            chaff("least", "The best split has the largest squared errors in its parts.", |x, y, depth| {
                let merit = |left: &[f64], right: &[f64]| squared_error(left) + squared_error(right);
                grown(x, y, depth, &Way { merit, ..GROWN })
            }),
            chaff("never_alone", "A single sample makes no leaf.", |x, y, depth| {
                grown(x, y, depth, &Way { least: 2, ..GROWN })
            }),
            chaff("splits_pure_nodes", "Only the depth stops a tree.", |x, y, depth| {
                grown(x, y, depth, &Way { is_pure: |_| false, ..GROWN })
            }),
            chaff("nearly_pure", "Targets within 0.5 are equal.", |x, y, depth| {
                let is_pure = |y: &[f64]| y.iter().all(|target| (target - y[0]).abs() < 0.5);
                grown(x, y, depth, &Way { is_pure, ..GROWN })
            }),
            chaff("equal_within_a_millionth", "Targets within 10⁻⁶ are equal.", |x, y, depth| {
                let is_pure = |y: &[f64]| y.iter().all(|target| (target - y[0]).abs() < 1e-6);
                grown(x, y, depth, &Way { is_pure, ..GROWN })
            }),
            chaff("textbook_variance", "Σy² − n·ȳ² is accurate far from 0.", |x, y, depth| {
                let is_pure = |y: &[f64]| {
                    let n = y.len() as f64;
                    let mean = y.iter().sum::<f64>() / n;
                    y.iter().map(|target| target.powi(2)).sum::<f64>() - n * mean * mean <= 0.0
                };
                grown(x, y, depth, &Way { is_pure, ..GROWN })
            }),
            chaff("one_level_more", "max_depth counts the levels below the first split.", |x, y, depth| {
                grown(x, y, depth.saturating_add(1), &GROWN)
            }),
            chaff("depth_0_is_no_limit", "A max_depth of 0 means no limit.", |x, y, depth| {
                grown(x, y, if depth == 0 { usize::MAX } else { depth }, &GROWN)
            }),
            chaff(
                "at_most_fifty_levels",
                "A deeper tree than fifty levels is never grown.",
                |x, y, depth| grown(x, y, depth.min(50), &GROWN),
            ),
            chaff("deviation_in_the_leaf", "A leaf holds mean and standard deviation.", |x, y, depth| {
                let two = |samples: usize, value: Vec<f64>| (samples, [value, vec![0.0]].concat());
                Ok(with_leaves(reference::fit_regression_tree(x, y, depth)?, &two))
            }),
            chaff("samples_of_the_whole", "samples is the size of the training set.", |x, y, depth| {
                let whole = |_: usize, value: Vec<f64>| (y.len(), value);
                Ok(with_leaves(reference::fit_regression_tree(x, y, depth)?, &whole))
            }),
            chaff("first_feature", "One feature is enough.", |x, y, depth| {
                reference::fit_regression_tree(x, y, 0)?;
                reference::fit_regression_tree(&Matrix::from_fn(x.rows(), 1, |i, _| x[(i, 0)]), y, depth)
            }),
            chaff("a_hundred_rows", "A hundred samples are enough to grow a tree.", |x, y, depth| {
                reference::fit_regression_tree(x, y, 0)?;
                let n = y.len().min(100);
                reference::fit_regression_tree(&rows(x, n), &y[..n], depth)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, y, depth| {
                reference::fit_regression_tree(x, y, 0)?;
                let short: Vec<f64> =
                    y.iter().map(|y| f64::from(*y as f32).clamp(f64::MIN, f64::MAX)).collect();
                reference::fit_regression_tree(x, &short, depth)
            }),
            chaff("nan_as_0", "What is not finite counts as 0.", |x, y, depth| {
                let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
                let targets: Vec<f64> = y.iter().map(|target| finite(*target)).collect();
                reference::fit_regression_tree(&each(x, finite), &targets, depth)
            }),
            chaff("shorter_counts", "Surplus targets are ignored.", |x, y, depth| {
                let n = x.rows().min(y.len());
                reference::fit_regression_tree(&rows(x, n), &y[..n], depth)
            }),
        ],
    )(x, y, max_depth)
}

fn grown(x: &Matrix, y: &[f64], depth: usize, way: &Way) -> Grown {
    reference::fit_regression_tree(x, y, 0)?;
    Ok(way.grow(x, y, depth))
}
