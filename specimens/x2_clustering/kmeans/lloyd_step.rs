use kit::{InputError, Matrix, check};

use super::super::placing::{
    Plan, RIGHT, clipped, dot, each, expanded, largest, manhattan, mean, median, nan_as_zero, part,
    running_mean, single, square,
};
use crate::reference::x2_clustering::kmeans as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Stepped = Result<(Vec<usize>, Matrix), InputError>;
type LloydStep = fn(&Matrix, &Matrix) -> Stepped;

/// The kata, answered by a specimen.
pub fn lloyd_step(x: &Matrix, centers: &Matrix) -> Result<(Vec<usize>, Matrix), InputError> {
    answering::<LloydStep>(
        module_path!(),
        reference::lloyd_step,
        &[
            wheat("last_of_equals", "of equally near centers takes the last", |x, c| {
                planned(x, c, &Plan { wins: |new, old| new <= old, ..RIGHT })
            }),
            wheat("expanded", "takes ‖x‖² − 2x·c + ‖c‖²", |x, c| {
                planned(x, c, &Plan { distance: expanded, ..RIGHT })
            }),
            wheat("running_means", "moves a mean with each point", |x, c| {
                planned(x, c, &Plan { center: |values, _| running_mean(values), ..RIGHT })
            }),
            wheat("roots", "compares distances, not their squares", |x, c| {
                planned(x, c, &Plan { distance: |a, b| square(a, b).sqrt(), ..RIGHT })
            }),
            chaff("absolute", "A distance is the sum of the absolute differences.", |x, c| {
                planned(x, c, &Plan { distance: manhattan, ..RIGHT })
            }),
            chaff("largest_difference", "A distance is the largest difference.", |x, c| {
                planned(x, c, &Plan { distance: largest, ..RIGHT })
            }),
            chaff("signed", "A distance is the sum of the differences.", |x, c| {
                planned(x, c, &Plan { distance: |a, b| a.iter().zip(b).map(|(a, b)| a - b).sum(), ..RIGHT })
            }),
            chaff("similar", "The nearest center has the largest dot product.", |x, c| {
                planned(x, c, &Plan { distance: |a, b| -dot(a, b), ..RIGHT })
            }),
            chaff("farthest", "A point belongs to the center with the largest distance.", |x, c| {
                planned(x, c, &Plan { wins: |new, old| new > old, ..RIGHT })
            }),
            chaff("median", "The center is the median of its points.", |x, c| {
                planned(x, c, &Plan { center: |values, _| median(values), ..RIGHT })
            }),
            chaff("a_point", "The center is one of its points.", |x, c| {
                planned(x, c, &Plan { center: |values, _| values[0], ..RIGHT })
            }),
            chaff("sum", "The center is the sum of its points.", |x, c| {
                planned(x, c, &Plan { center: |values, _| values.iter().sum(), ..RIGHT })
            }),
            chaff("old_center_counts", "The old center counts as a point.", |x, c| {
                let center = |values: &[f64], old: f64| mean(&[values, &[old]].concat());
                planned(x, c, &Plan { center, ..RIGHT })
            }),
            chaff("half_the_way", "A center goes half the way to the mean.", |x, c| {
                planned(x, c, &Plan { center: |values, old| f64::midpoint(mean(values), old), ..RIGHT })
            }),
            chaff("all_points", "The sum is divided by the number of all points.", |x, c| {
                let (labels, means) = reference::lloyd_step(x, c)?;
                let share =
                    |j: usize| labels.iter().filter(|label| **label == j).count() as f64 / x.rows() as f64;
                Ok((labels.clone(), Matrix::from_fn(c.rows(), c.cols(), |j, a| means[(j, a)] * share(j))))
            }),
            chaff("nan_without_points", "0/0 is the mean of no points.", |x, c| {
                planned(x, c, &Plan { lonely: |_, _, _| f64::NAN, ..RIGHT })
            }),
            chaff("origin_without_points", "A center without points goes to 0.", |x, c| {
                planned(x, c, &Plan { lonely: |_, _, _| 0.0, ..RIGHT })
            }),
            chaff("a_point_without_points", "A center without points goes to the first point.", |x, c| {
                planned(x, c, &Plan { lonely: |x, _, a| x[(0, a)], ..RIGHT })
            }),
            chaff(
                "mean_without_points",
                "A center without points goes to the mean of all points.",
                |x, c| {
                    let all = |x: &Matrix, _, a| mean(&(0..x.rows()).map(|i| x[(i, a)]).collect::<Vec<_>>());
                    planned(x, c, &Plan { lonely: all, ..RIGHT })
                },
            ),
            chaff("dropped_without_points", "A center without points disappears.", |x, c| {
                let (labels, means) = reference::lloyd_step(x, c)?;
                let kept: Vec<usize> = (0..c.rows()).filter(|j| labels.contains(j)).collect();
                Ok((labels, Matrix::from_fn(kept.len(), c.cols(), |j, a| means[(kept[j], a)])))
            }),
            chaff("not_moved", "The centers move in the next step only.", |x, c| {
                Ok((reference::lloyd_step(x, c)?.0, c.clone()))
            }),
            chaff("new_labels", "The labels are those of the new centers.", |x, c| {
                let (_, means) = reference::lloyd_step(x, c)?;
                Ok((RIGHT.labels(x, &means), means))
            }),
            chaff("two_steps", "Two steps are better than one.", |x, c| {
                let (_, means) = reference::lloyd_step(x, c)?;
                Ok(RIGHT.step(x, &means))
            }),
            chaff("from_one", "Clusters count from 1.", |x, c| {
                let (labels, means) = reference::lloyd_step(x, c)?;
                Ok((labels.into_iter().map(|label| label + 1).collect(), means))
            }),
            chaff("sorted", "The centers come in ascending order.", |x, c| {
                let (labels, means) = reference::lloyd_step(x, c)?;
                let mut order: Vec<usize> = (0..c.rows()).collect();
                order.sort_by(|&a, &b| means[(a, 0)].total_cmp(&means[(b, 0)]));
                Ok((labels, Matrix::from_fn(c.rows(), c.cols(), |j, a| means[(order[j], a)])))
            }),
            chaff("last_feature_left_out", "Features are numbered up to d − 2.", |x, c| {
                let distance = |a: &[f64], b: &[f64]| {
                    let d = (a.len() - 1).max(1);
                    square(&a[..d], &b[..d])
                };
                planned(x, c, &Plan { distance, ..RIGHT })
            }),
            chaff("sixty_features", "Sixty features are enough for a distance.", |x, c| {
                let distance = |a: &[f64], b: &[f64]| square(&a[..a.len().min(60)], &b[..b.len().min(60)]);
                planned(x, c, &Plan { distance, ..RIGHT })
            }),
            chaff("last_center_left_out", "Centers are numbered up to k − 2.", |x, c| {
                reference::lloyd_step(x, c)?;
                let labels = RIGHT.labels(x, &part(c, (c.rows() - 1).max(1), c.cols()));
                let means = RIGHT.moved(x, c, &labels);
                Ok((labels, means))
            }),
            chaff("a_byte", "A number of a cluster fits into one byte.", |x, c| {
                reference::lloyd_step(x, c)?;
                let labels = RIGHT.labels(x, &part(c, 256, c.cols()));
                let means = RIGHT.moved(x, c, &labels);
                Ok((labels, means))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, c| {
                reference::lloyd_step(x, c)?;
                reference::lloyd_step(&each(x, single), &each(c, single))
            }),
            chaff(
                "equal_within_a_billionth",
                "Distances that differ by less than 10⁻⁹ are equal.",
                |x, c| planned(x, c, &Plan { wins: |new, old| new < old - 1e-9, ..RIGHT }),
            ),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, c| {
                reference::lloyd_step(&each(x, nan_as_zero), &each(c, nan_as_zero))
            }),
            chaff("any_size", "The square of a number is finite.", |x, c| {
                check::finite("x", x.as_slice())?;
                check::finite("centers", c.as_slice())?;
                reference::lloyd_step(&each(x, clipped), &each(c, clipped))
            }),
            chaff("empty", "Without points there are no labels, and the centers stay.", |x, c| {
                if x.rows() == 0 { Ok((Vec::new(), c.clone())) } else { reference::lloyd_step(x, c) }
            }),
        ],
    )(x, centers)
}

fn planned(x: &Matrix, centers: &Matrix, plan: &Plan) -> Stepped {
    reference::lloyd_step(x, centers)?;
    Ok(plan.step(x, centers))
}
