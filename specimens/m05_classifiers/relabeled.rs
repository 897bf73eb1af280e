//! Ways to ask a classifier that change nothing, and some that do.

use kit::{InputError, Matrix};

/// A classifier with whatever else it takes filled in.
pub(super) trait Classify: Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError> {}

impl<F: Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError>> Classify for F {}

pub(super) type Answer = Result<Vec<usize>, InputError>;

/// Labels become their places among the sorted ones, and the answers become labels again.
pub(super) fn by_place(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    let mut classes = y.to_vec();
    classes.sort_unstable();
    classes.dedup();
    let places: Vec<usize> = y.iter().map(|label| classes.binary_search(label).unwrap_or(0)).collect();
    Ok(classify(x, &places, asked)?.into_iter().map(|place| classes[place]).collect())
}

/// One question for each test sample.
pub(super) fn one_by_one(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    if asked.rows() == 0 {
        return classify(x, y, asked);
    }
    let mut answers = Vec::new();
    // The rejection of a test sample names its place among all of them.
    classify(x, y, asked)?;
    for i in 0..asked.rows() {
        answers.extend(classify(x, y, &Matrix::from_fn(1, asked.cols(), |_, j| asked[(i, j)]))?);
    }
    Ok(answers)
}

/// Chaff: answers are places among the sorted labels.
pub(super) fn places(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    let mut classes = y.to_vec();
    classes.sort_unstable();
    classes.dedup();
    let answers = classify(x, y, asked)?;
    Ok(answers.iter().map(|label| classes.binary_search(label).unwrap_or(0)).collect())
}

/// Chaff: each feature is brought to mean 0 and deviation 1, by training and test together.
pub(super) fn scaled_by_all(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    classify(x, y, asked)?;
    let (n, d) = x.shape();
    let all = |i: usize, j: usize| if i < n { x[(i, j)] } else { asked[(i - n, j)] };
    let count = n + asked.rows();
    let scales: Vec<[f64; 2]> = (0..d)
        .map(|j| {
            let mean = (0..count).map(|i| all(i, j)).sum::<f64>() / count as f64;
            let variance = (0..count).map(|i| (all(i, j) - mean).powi(2)).sum::<f64>() / count as f64;
            [mean, if variance > 0.0 { variance.sqrt() } else { 1.0 }]
        })
        .collect();
    let scaled = |x: &Matrix| Matrix::from_fn(x.rows(), d, |i, j| (x[(i, j)] - scales[j][0]) / scales[j][1]);
    classify(&scaled(x), y, &scaled(asked))
}

/// Chaff: a NaN counts as 0.
pub(super) fn nan_as_0(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    let clean = |x: &Matrix| {
        Matrix::from_fn(x.rows(), x.cols(), |i, j| if x[(i, j)].is_finite() { x[(i, j)] } else { 0.0 })
    };
    classify(&clean(x), y, &clean(asked))
}

/// Chaff: labels behind the last sample are dropped.
pub(super) fn shorter_counts(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    let n = x.rows().min(y.len());
    classify(&Matrix::from_fn(n, x.cols(), |i, j| x[(i, j)]), &y[..n], asked)
}

/// Chaff: one class alone is the answer to everything.
pub(super) fn one_class_is_fine(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    match classify(x, y, asked) {
        Err(InputError::Constant { name: "y_train" }) => Ok(vec![y[0]; asked.rows()]),
        answer => answer,
    }
}

/// Chaff: the matrix is handed over as if its columns stood one after the other.
pub(super) fn by_columns(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    classify(x, y, asked)?;
    let turned = |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| x.as_slice()[j * x.rows() + i]);
    classify(&turned(x), y, &turned(asked))
}

/// Chaff: always the most frequent class.
pub(super) fn most_frequent(classify: impl Classify, x: &Matrix, y: &[usize], asked: &Matrix) -> Answer {
    let answers = classify(x, y, asked)?;
    let often = |label: &usize| y.iter().filter(|other| *other == label).count();
    let label = y.iter().copied().max_by_key(often).unwrap_or(0);
    Ok(vec![label; answers.len()])
}
