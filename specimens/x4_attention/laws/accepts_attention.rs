use kit::{Generator, Matrix};

use super::super::attending::{Plan, RIGHT, by_logarithm, plain};
use crate::reference::x4_attention::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(&Matrix, &Matrix, &Matrix) -> Matrix;
type AcceptsAttention = fn(Claim) -> bool;

/// Up to so many tokens, features and columns, and the largest entry in eighths.
const MOST: [usize; 3] = [6, 6, 4];

/// The kata, answered by a specimen.
pub fn accepts_attention(candidate: Claim) -> bool {
    answering::<AcceptsAttention>(
        module_path!(),
        reference::accepts_attention,
        &[
            wheat("by_logarithm", "compares with a softmax by its logarithm", |candidate| {
                let plan = Plan { softmax: by_logarithm, ..RIGHT };
                agrees(candidate, sizes(200, MOST), &[8, 64, 256], 1e-8, &plan)
            }),
            wheat(
                "visible_keys",
                "compares with an attention to the tokens so far, without a mask",
                |candidate| {
                    cases(sizes(200, MOST), &[8, 64, 256]).all(|[q, k, v]| {
                        let (got, n) = (candidate(&q, &k, &v), q.rows());
                        got.shape() == v.shape()
                            && (0..n).all(|i| {
                                let first = |x: &Matrix| Matrix::from_fn(i + 1, x.cols(), |r, j| x[(r, j)]);
                                let query = Matrix::from_fn(1, q.cols(), |_, j| q[(i, j)]);
                                let want =
                                    RIGHT.attend(&query, &first(&k), &first(&v), &Matrix::zeros(1, i + 1)).0;
                                got.row(i)
                                    .iter()
                                    .zip(want.row(0))
                                    .all(|(got, want)| (got - want).abs() < 1e-8)
                            })
                    })
                },
            ),
            wheat("all_shapes", "asks for each shape once", |candidate| {
                let all = (1..=6).flat_map(|n| (1..=6).flat_map(move |d| (1..=4).map(move |w| [n, d, w])));
                agrees(candidate, all.collect(), &[8, 64, 256], 1e-8, &RIGHT)
            }),
            chaff("accepts_everything", "Every candidate is correct.", |_| true),
            chaff("rejects_everything", "No candidate is correct.", |_| false),
            chaff("to_the_last_bit", "Two correct answers agree to the last bit.", |candidate| {
                cases(sizes(200, MOST), &[8, 64, 256])
                    .all(|[q, k, v]| candidate(&q, &k, &v) == expected(&q, &k, &v, &RIGHT))
            }),
            chaff("rough", "A tolerance of 10⁻⁴ is strict enough.", |candidate| {
                agrees(candidate, sizes(200, MOST), &[8, 64, 256], 1e-4, &RIGHT)
            }),
            chaff("small_scores", "Small numbers are enough as a test.", |candidate| {
                agrees(candidate, sizes(400, MOST), &[8], 1e-8, &RIGHT)
            }),
            chaff("two_tokens", "Two tokens are enough as a test.", |candidate| {
                agrees(candidate, sizes(400, [2, 6, 4]), &[8, 64, 256], 1e-8, &RIGHT)
            }),
            chaff("one_feature", "One feature is enough as a test.", |candidate| {
                agrees(candidate, sizes(400, [6, 1, 4]), &[8, 64, 256], 1e-8, &RIGHT)
            }),
            chaff("five_features", "Five features are enough as a test.", |candidate| {
                agrees(candidate, sizes(400, [6, 5, 4]), &[8, 64, 256], 1e-8, &RIGHT)
            }),
            chaff("three_columns", "Three columns of values are enough as a test.", |candidate| {
                agrees(candidate, sizes(400, [6, 6, 3]), &[8, 64, 256], 1e-8, &RIGHT)
            }),
            chaff("never_alone", "A single token is no test.", |candidate| {
                let several = sizes(400, MOST).into_iter().filter(|[n, ..]| *n > 1).collect();
                agrees(candidate, several, &[8, 64, 256], 1e-8, &RIGHT)
            }),
            chaff("square", "As many columns as features are enough as a test.", |candidate| {
                let square = sizes(900, [6, 4, 4]).into_iter().filter(|[_, d, w]| d == w).collect();
                agrees(candidate, square, &[8, 64, 256], 1e-8, &RIGHT)
            }),
            chaff("last_output", "The last token shows whether the others are right.", |candidate| {
                some_rows(candidate, |i, n| i + 1 == n)
            }),
            chaff("queries_as_keys", "Queries and keys may be the same in a test.", |candidate| {
                cases(sizes(400, MOST), &[8, 64, 256])
                    .all(|[q, _, v]| is_near(&candidate(&q, &q, &v), &expected(&q, &q, &v, &RIGHT), 1e-8))
            }),
            chaff("shape_unchecked", "The shape need not be checked.", |candidate| {
                cases(sizes(400, MOST), &[8, 64, 256]).all(|[q, k, v]| {
                    let (got, want) = (candidate(&q, &k, &v), expected(&q, &k, &v, &RIGHT));
                    got.as_slice().iter().zip(want.as_slice()).all(|(got, want)| (got - want).abs() < 1e-8)
                })
            }),
            chaff("nan_is_near", "What is not far is near.", |candidate| {
                cases(sizes(400, MOST), &[8, 64, 256]).all(|[q, k, v]| {
                    let (got, want) = (candidate(&q, &k, &v), expected(&q, &k, &v, &RIGHT));
                    let pairs = || got.as_slice().iter().zip(want.as_slice());
                    got.shape() == want.shape() && !pairs().any(|(got, want)| (got - want).abs() > 1e-8)
                })
            }),
            chaff("own_scale", "The scale does not matter.", |candidate| {
                cases(sizes(400, MOST), &[8, 64, 256]).all(|[q, k, v]| {
                    let zeros = Matrix::zeros(q.rows(), q.cols());
                    let got = candidate(&zeros, &k, &v);
                    is_near(&got, &expected(&zeros, &k, &v, &RIGHT), 1e-8)
                })
            }),
            chaff("overflowing", "The exponential of a score is finite.", |candidate| {
                let plan = Plan { softmax: plain, ..RIGHT };
                agrees(candidate, sizes(400, MOST), &[8, 64, 256], 1e-8, &plan)
            }),
            chaff("no_scale", "The scores are the scalar products.", |candidate| {
                let plan = Plan { scale: |_, _| 1.0, ..RIGHT };
                agrees(candidate, sizes(400, MOST), &[8, 64, 256], 1e-8, &plan)
            }),
            chaff("beyond_the_page", "A candidate is right for any number of tokens.", |candidate| {
                agrees(candidate, sizes(400, [9, 6, 4]), &[8, 64, 256], 1e-8, &RIGHT)
            }),
            chaff("any_fraction", "A candidate is right for any numbers.", |candidate| {
                cases(sizes(400, MOST), &[8, 64, 256]).all(|[q, k, v]| {
                    let third = Matrix::from_fn(q.rows(), q.cols(), |i, j| q[(i, j)] / 3.0);
                    is_near(&candidate(&third, &k, &v), &expected(&third, &k, &v, &RIGHT), 1e-8)
                })
            }),
        ],
    )(candidate)
}

fn agrees(candidate: Claim, sizes: Vec<[usize; 3]>, most: &[usize], tolerance: f64, plan: &Plan) -> bool {
    cases(sizes, most)
        .all(|[q, k, v]| is_near(&candidate(&q, &k, &v), &expected(&q, &k, &v, plan), tolerance))
}

fn some_rows(candidate: Claim, counts: fn(usize, usize) -> bool) -> bool {
    cases(sizes(400, MOST), &[8, 64, 256]).all(|[q, k, v]| {
        let (got, want, n) = (candidate(&q, &k, &v), expected(&q, &k, &v, &RIGHT), q.rows());
        got.shape() == want.shape()
            && (0..n)
                .filter(|i| counts(*i, n))
                .all(|i| got.row(i).iter().zip(want.row(i)).all(|(got, want)| (got - want).abs() < 1e-8))
    })
}

fn expected(q: &Matrix, k: &Matrix, v: &Matrix, plan: &Plan) -> Matrix {
    let n = q.rows();
    let mask = Matrix::from_fn(n, n, |i, j| if j > i { f64::NEG_INFINITY } else { 0.0 });
    plan.attend(q, k, v, &mask).0
}

fn is_near(got: &Matrix, want: &Matrix, tolerance: f64) -> bool {
    got.shape() == want.shape()
        && got.as_slice().iter().zip(want.as_slice()).all(|(got, want)| (got - want).abs() < tolerance)
}

fn sizes(rounds: usize, most: [usize; 3]) -> Vec<[usize; 3]> {
    let mut generator = Generator::from_seed(7);
    (0..rounds).map(|_| most.map(|most| 1 + generator.below(most))).collect()
}

/// Queries, keys and values of these sizes, for each largest entry.
fn cases(sizes: Vec<[usize; 3]>, most: &[usize]) -> impl Iterator<Item = [Matrix; 3]> {
    let mut generator = Generator::from_seed(5);
    let most = most.to_vec();
    sizes.into_iter().flat_map(move |[n, d, w]| {
        let mut drawn = |cols: usize, most: usize| {
            let mut matrix = Matrix::zeros(n, cols);
            let cells = (0..n * cols).map(|k| (k / cols, k % cols));
            cells.for_each(|at| matrix[at] = (generator.below(2 * most + 1) as f64 - most as f64) / 8.0);
            matrix
        };
        most.iter().map(|&most| [drawn(d, most), drawn(d, most), drawn(w, most)]).collect::<Vec<_>>()
    })
}
