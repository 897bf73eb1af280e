//! What belongs to centers: the nearest points, their means, their squared distances.

use judge::{Broken, Verdict, close, ensure, equal, rounding};
use kit::Matrix;

pub fn square(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

pub fn norm(a: &[f64]) -> f64 {
    a.iter().map(|a| a * a).sum()
}

/// How far rounding may carry a squared distance, whether of the difference or as ‖a‖² − 2a·b + ‖b‖².
pub fn slack(a: &[f64], b: &[f64]) -> f64 {
    rounding(8 * a.len() + 16, norm(a) + norm(b))
}

/// The sum of the squared distances to the nearest center, and how far rounding may carry it: differences of two numbers
/// are rounded by ε of themselves.
pub fn inertia(x: &Matrix, centers: &Matrix) -> (f64, f64) {
    let nearest = |i: usize| {
        let squares = (0..centers.rows()).map(|j| square(x.row(i), centers.row(j)));
        squares.fold(f64::INFINITY, f64::min)
    };
    let sum = (0..x.rows()).map(nearest).sum();
    (sum, rounding(8 * x.cols() + 2 * x.rows() + 16, sum))
}

/// Whether each point has the number of a center that is nearest, of those with equal distance any.
pub fn are_nearest(call: &str, x: &Matrix, centers: &Matrix, labels: &[usize]) -> Verdict {
    equal(&format!("the number of labels of {call}"), labels.len(), x.rows(), "One label per point.")?;
    for (i, &label) in labels.iter().enumerate() {
        let look = "Centers are numbered from 0 to k − 1.";
        ensure(label < centers.rows(), || {
            Broken::answer(
                format!("label {i} is {label}"),
                format!("a number below {}", centers.rows()),
                look,
            )
        })?;
        for other in 0..centers.rows() {
            let own = square(x.row(i), centers.row(label));
            let to = square(x.row(i), centers.row(other));
            let slack = slack(x.row(i), centers.row(label)) + slack(x.row(i), centers.row(other));
            ensure(own <= to + slack, || {
                let look = "Compare the squared Euclidean distances to all centers, over all features.";
                let got = format!("point {i} is in cluster {label}, at a squared distance of {own:e}");
                Broken::answer(got, format!("cluster {other}, at {to:e}"), look)
            })?;
        }
    }
    Ok(())
}

/// Whether each center is the mean of the points with its number. One without points is where it was, if that is known.
pub fn are_means(
    call: &str,
    x: &Matrix,
    labels: &[usize],
    means: &Matrix,
    before: Option<&Matrix>,
) -> Verdict {
    let largest = x.as_slice().iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
    for j in 0..means.rows() {
        let rows: Vec<usize> = (0..x.rows()).filter(|&i| labels[i] == j).collect();
        for feature in 0..x.cols() {
            let name = format!("feature {feature} of center {j} of {call}");
            let got = means[(j, feature)];
            if rows.is_empty() {
                let want = before.map_or(got, |before| before[(j, feature)]);
                equal(&name, got, want, "A center without points stays where it is: do not divide by 0.")?;
                continue;
            }
            let n = rows.len() as f64;
            let want: f64 = rows.iter().map(|&i| x[(i, feature)] / n).sum();
            let look = "A center is the mean of the points with its number, and of no others.";
            close(&name, got, want, rounding(2 * rows.len() + 8, largest), look)?;
        }
    }
    Ok(())
}
