use kit::{Generator, Matrix};

use super::super::placing::{RIGHT, manhattan, mean, part, square};
use crate::reference::x2_clustering::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(&Matrix, &Matrix) -> (Vec<usize>, Matrix);
type AcceptsLloydStep = fn(Claim) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_lloyd_step(candidate: Claim) -> bool {
    answering::<AcceptsLloydStep>(
        module_path!(),
        reference::accepts_lloyd_step,
        &[
            wheat("least_distance", "compares with the least distance to a center", |candidate| {
                drawn(700, [12, 4, 6, 25]).all(|(x, c)| is_step(candidate, &x, &c, &FULL))
            }),
            wheat("few_values", "takes entries with few values, and others with many", |candidate| {
                [2, 5, 30].into_iter().all(|values| {
                    drawn(300, [12, 4, 6, values]).all(|(x, c)| is_step(candidate, &x, &c, &FULL))
                })
            }),
            chaff("accepts_everything", "Every candidate is correct.", |_| true),
            chaff("rejects_everything", "No candidate is correct.", |_| false),
            chaff(
                "same_labels",
                "Of several equally near centers the first is the correct one.",
                |candidate| {
                    drawn(500, [12, 4, 6, 9]).all(|(x, c)| {
                        let (labels, means) = candidate(&x, &c);
                        let (want, centers) = RIGHT.step(&x, &c);
                        labels == want && near(&means, &centers)
                    })
                },
            ),
            chaff("to_the_last_bit", "Two correct means agree to the last bit.", |candidate| {
                drawn(500, [12, 4, 6, 25]).all(|(x, c)| {
                    let (labels, means) = candidate(&x, &c);
                    let is_usable = labels.len() == x.rows() && labels.iter().all(|label| *label < c.rows());
                    is_usable && means == RIGHT.moved(&x, &c, &labels) && are_nearest(&x, &c, &labels)
                })
            }),
            chaff("labels_only", "If the labels are right the centers are, too.", |candidate| {
                let check = Check { means: false, ..FULL };
                drawn(500, [12, 4, 6, 25]).all(|(x, c)| is_step(candidate, &x, &c, &check))
            }),
            chaff(
                "centers_only",
                "If the centers are the means of the points, the labels do not matter.",
                |candidate| {
                    let check = Check { nearest: false, ..FULL };
                    drawn(500, [12, 4, 6, 25]).all(|(x, c)| is_step(candidate, &x, &c, &check))
                },
            ),
            chaff("inertia_only", "A step is right if the inertia does not rise.", |candidate| {
                drawn(500, [12, 4, 6, 25]).all(|(x, c)| {
                    let (_, means) = candidate(&x, &c);
                    means.cols() == x.cols()
                        && means.rows() > 0
                        && inertia(&x, &means) <= inertia(&x, &c) + 1e-9
                })
            }),
            chaff("one_feature", "One feature is enough as a test.", |candidate| {
                drawn(500, [12, 1, 6, 25]).all(|(x, c)| is_step(candidate, &x, &c, &FULL))
            }),
            chaff("two_centers", "Two centers are enough as a test.", |candidate| {
                drawn(500, [12, 4, 2, 25]).all(|(x, c)| is_step(candidate, &x, &c, &FULL))
            }),
            chaff("two_points", "Two points are enough as a test.", |candidate| {
                drawn(500, [2, 4, 6, 25]).all(|(x, c)| is_step(candidate, &x, &c, &FULL))
            }),
            chaff("never_empty", "A center without points is no test.", |candidate| {
                drawn(900, [12, 4, 6, 25])
                    .filter(|(x, c)| (0..c.rows()).all(|j| RIGHT.labels(x, c).contains(&j)))
                    .all(|(x, c)| is_step(candidate, &x, &c, &FULL))
            }),
            chaff("empty_anywhere", "Where a center without points goes does not matter.", |candidate| {
                let check = Check { lonely: false, ..FULL };
                drawn(500, [12, 4, 6, 25]).all(|(x, c)| is_step(candidate, &x, &c, &check))
            }),
            chaff("lengths_unchecked", "The number of labels need not be checked.", |candidate| {
                let check = Check { lengths: false, ..FULL };
                drawn(500, [12, 4, 6, 25]).all(|(x, c)| is_step(candidate, &x, &c, &check))
            }),
            chaff("half_is_close", "A tolerance of a half is strict enough.", |candidate| {
                let check = Check { tolerance: 0.5, ..FULL };
                drawn(500, [12, 4, 6, 4]).all(|(x, c)| is_step(candidate, &x, &c, &check))
            }),
            chaff("one_step_apart", "A fixed point is the only test.", |candidate| {
                drawn(500, [12, 4, 6, 25]).all(|(x, mut c)| {
                    (0..20).for_each(|_| c = RIGHT.step(&x, &c).1);
                    is_step(candidate, &x, &c, &FULL)
                })
            }),
            chaff(
                "absolute_distance",
                "The nearest center has the smallest sum of absolute differences.",
                |candidate| {
                    drawn(500, [12, 4, 6, 25]).all(|(x, c)| {
                        let (labels, _) = candidate(&x, &c);
                        let to = |i: usize, j: usize| manhattan(x.row(i), c.row(j));
                        labels.len() == x.rows()
                            && labels.iter().enumerate().all(|(i, &label)| {
                                label < c.rows() && (0..c.rows()).all(|j| to(i, label) <= to(i, j))
                            })
                    })
                },
            ),
        ],
    )(candidate)
}

/// What is looked at.
struct Check {
    lengths: bool,
    nearest: bool,
    means: bool,
    lonely: bool,
    tolerance: f64,
}

const FULL: Check = Check { lengths: true, nearest: true, means: true, lonely: true, tolerance: 1e-8 };

/// Points and centers: up to so many points, features, centers and values.
fn drawn(rounds: usize, most: [usize; 4]) -> impl Iterator<Item = (Matrix, Matrix)> {
    let mut generator = Generator::from_seed(5);
    (0..rounds).map(move |_| {
        let [n, d, k, values] = most.map(|most| 1 + generator.below(most));
        let mut matrix = |rows: usize| {
            let mut matrix = Matrix::zeros(rows, d);
            (0..rows * d).for_each(|i| matrix[(i / d, i % d)] = 3.0 * generator.below(values) as f64 - 8.0);
            matrix
        };
        (matrix(n), matrix(k))
    })
}

fn are_nearest(x: &Matrix, centers: &Matrix, labels: &[usize]) -> bool {
    labels.iter().enumerate().take(x.rows()).all(|(i, &label)| {
        let to = |j: usize| square(x.row(i), centers.row(j));
        label < centers.rows() && to(label) <= (0..centers.rows()).map(to).fold(f64::INFINITY, f64::min)
    })
}

fn is_step(candidate: Claim, x: &Matrix, centers: &Matrix, check: &Check) -> bool {
    let (labels, means) = candidate(x, centers);
    if check.lengths && labels.len() != x.rows() || means.shape() != centers.shape() {
        return false;
    }
    if check.nearest && !are_nearest(x, centers, &labels) {
        return false;
    }
    (0..centers.rows()).all(|j| {
        let rows: Vec<usize> = (0..x.rows().min(labels.len())).filter(|&i| labels[i] == j).collect();
        (0..x.cols()).all(|a| {
            let values: Vec<f64> = rows.iter().map(|&i| x[(i, a)]).collect();
            let want = if values.is_empty() { centers[(j, a)] } else { mean(&values) };
            let is_checked = check.means && (check.lonely || !values.is_empty());
            !is_checked || (means[(j, a)] - want).abs() < check.tolerance
        })
    })
}

fn near(a: &Matrix, b: &Matrix) -> bool {
    a.shape() == b.shape() && a.as_slice().iter().zip(b.as_slice()).all(|(a, b)| (a - b).abs() < 1e-8)
}

fn inertia(x: &Matrix, centers: &Matrix) -> f64 {
    let to = |i: usize| {
        (0..centers.rows()).map(|j| square(x.row(i), centers.row(j))).fold(f64::INFINITY, f64::min)
    };
    (0..part(x, x.rows(), x.cols()).rows()).map(to).sum()
}
