//! Correct and wrong cross-validations.

use katas::m05_classifiers::comparison::Classifier;
use katas::m05_classifiers::laws::CrossValidation;
use kit::Matrix;

/// Correct ones, each with its method.
pub const RIGHT: [(&str, CrossValidation); 7] = [
    ("fold after fold", |classifier, x, y, folds| {
        folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold)).collect()
    }),
    ("the last fold first", |classifier, x, y, folds| {
        let mut scores: Vec<f64> =
            folds.iter().rev().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold)).collect();
        scores.reverse();
        scores
    }),
    ("1 minus the fraction of errors", |classifier, x, y, folds| {
        let share = |fold: &Vec<usize>| {
            let predicted = answers(classifier, x, y, &others(y.len(), fold), fold);
            1.0 - predicted.iter().zip(fold).filter(|(p, row)| **p != y[**row]).count() as f64
                / fold.len() as f64
        };
        folds.iter().map(share).collect()
    }),
    ("the middle folds first", |classifier, x, y, folds| {
        let mut scores = vec![0.0; folds.len()];
        for r in (1..folds.len()).chain([0]) {
            scores[r] = round(classifier, x, y, &others(y.len(), &folds[r]), &folds[r]);
        }
        scores
    }),
    ("accuracies that are 9·10⁻¹³ too large", |classifier, x, y, folds| {
        folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold) + 9e-13).collect()
    }),
    ("accuracies that are 9·10⁻¹³ too small", |classifier, x, y, folds| {
        folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold) - 9e-13).collect()
    }),
    ("a mean that moves with each sample", |classifier, x, y, folds| {
        let mean = |fold: &Vec<usize>| {
            let predicted = answers(classifier, x, y, &others(y.len(), fold), fold);
            let correct = predicted.iter().zip(fold).map(|(p, row)| f64::from(u8::from(*p == y[*row])));
            (1..).zip(correct).fold(0.0, |mean, (n, correct)| mean + (correct - mean) / f64::from(n))
        };
        folds.iter().map(mean).collect()
    }),
];

/// Wrong ones, each with its mistake.
pub const WRONG: [(&str, CrossValidation); 39] = [
    ("it is trained on all rows, test rows included", |classifier, x, y, folds| {
        folds.iter().map(|fold| round(classifier, x, y, &all(y.len()), fold)).collect()
    }),
    ("the first test row of each fold is in the training set, too", |classifier, x, y, folds| {
        folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), &fold[1..]), fold)).collect()
    }),
    ("in the last round a test row is in the training set, too", |classifier, x, y, folds| {
        let last = folds.len() - 1;
        let from = |r: usize| usize::from(r == last);
        (0..=last)
            .map(|r| round(classifier, x, y, &others(y.len(), &folds[r][from(r)..]), &folds[r]))
            .collect()
    }),
    ("in the first round a test row is in the training set, too", |classifier, x, y, folds| {
        let from = |r: usize| usize::from(r == 0);
        (0..folds.len())
            .map(|r| round(classifier, x, y, &others(y.len(), &folds[r][from(r)..]), &folds[r]))
            .collect()
    }),
    ("the last test row of each fold is in the training set, too", |classifier, x, y, folds| {
        let most = |fold: &Vec<usize>| others(y.len(), &fold[..fold.len() - 1]);
        folds.iter().map(|fold| round(classifier, x, y, &most(fold), fold)).collect()
    }),
    ("in the largest fold a test row is in the training set, too", |classifier, x, y, folds| {
        let largest = folds.iter().map(Vec::len).max().unwrap_or(0);
        let most = |fold: &Vec<usize>| others(y.len(), &fold[usize::from(fold.len() == largest)..]);
        folds.iter().map(|fold| round(classifier, x, y, &most(fold), fold)).collect()
    }),
    ("a test row replaces the training row before it", |classifier, x, y, folds| {
        let score = |fold: &Vec<usize>| {
            let mut rows = others(y.len(), fold);
            rows[0] = fold[0];
            round(classifier, x, y, &rows, fold)
        };
        folds.iter().map(score).collect()
    }),
    ("in the middle round the last test row is in the training set, too", |classifier, x, y, folds| {
        let most = |r: usize| folds[r].len() - usize::from(r == folds.len() / 2);
        (0..folds.len())
            .map(|r| round(classifier, x, y, &others(y.len(), &folds[r][..most(r)]), &folds[r]))
            .collect()
    }),
    ("training and test are exchanged", |classifier, x, y, folds| {
        folds.iter().map(|fold| round(classifier, x, y, fold, &others(y.len(), fold))).collect()
    }),
    ("the accuracy on the training set", |classifier, x, y, folds| {
        let seen = |fold: &Vec<usize>| others(y.len(), fold);
        folds.iter().map(|fold| round(classifier, x, y, &seen(fold), &seen(fold))).collect()
    }),
    ("it is trained on the next fold only", |classifier, x, y, folds| {
        (0..folds.len()).map(|r| round(classifier, x, y, &folds[(r + 1) % folds.len()], &folds[r])).collect()
    }),
    ("the last training row is left out", |classifier, x, y, folds| {
        let most = |fold: &Vec<usize>| {
            let mut rows = others(y.len(), fold);
            rows.pop();
            rows
        };
        folds.iter().map(|fold| round(classifier, x, y, &most(fold), fold)).collect()
    }),
    ("the first training row is left out", |classifier, x, y, folds| {
        folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), fold)[1..], fold)).collect()
    }),
    ("in the last round a training row is left out", |classifier, x, y, folds| {
        let last = folds.len() - 1;
        let score = |r: usize| {
            let rows = others(y.len(), &folds[r]);
            round(classifier, x, y, &rows[usize::from(r == last)..], &folds[r])
        };
        (0..=last).map(score).collect()
    }),
    ("it is trained once, on all rows but the last fold", |classifier, x, y, folds| {
        let rows = others(y.len(), &folds[folds.len() - 1]);
        folds.iter().map(|fold| round(classifier, x, y, &rows, fold)).collect()
    }),
    ("features are standardized by mean and deviation of all rows", |classifier, x, y, folds| {
        let n = x.rows() as f64;
        let mean = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / n;
        let deviation =
            |j: usize| ((0..x.rows()).map(|i| (x[(i, j)] - mean(j)).powi(2)).sum::<f64>() / n).sqrt();
        let scaled =
            Matrix::from_fn(x.rows(), x.cols(), |i, j| (x[(i, j)] - mean(j)) / deviation(j).max(1e-9));
        folds.iter().map(|fold| round(classifier, &scaled, y, &others(y.len(), fold), fold)).collect()
    }),
    ("the last feature is centered by the mean of all rows", |classifier, x, y, folds| {
        let last = x.cols() - 1;
        let mean = (0..x.rows()).map(|i| x[(i, last)]).sum::<f64>() / x.rows() as f64;
        let centered =
            Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - if j == last { mean } else { 0.0 });
        folds.iter().map(|fold| round(classifier, &centered, y, &others(y.len(), fold), fold)).collect()
    }),
    ("training labels are those of the rows before", |classifier, x, y, folds| {
        let score = |fold: &Vec<usize>| {
            let rows = others(y.len(), fold);
            let mut labels: Vec<usize> = rows.iter().map(|&row| y[row]).collect();
            labels.rotate_right(1);
            share(&classifier(&picked(x, &rows), &labels, &picked(x, fold)).unwrap_or_default(), y, fold)
        };
        folds.iter().map(score).collect()
    }),
    ("training labels are the first labels of all", |classifier, x, y, folds| {
        let score = |fold: &Vec<usize>| {
            let rows = others(y.len(), fold);
            let labels = &y[..rows.len()];
            share(&classifier(&picked(x, &rows), labels, &picked(x, fold)).unwrap_or_default(), y, fold)
        };
        folds.iter().map(score).collect()
    }),
    ("the folds are rebuilt from consecutive rows", |classifier, x, y, folds| {
        let mut start = 0;
        let fresh = folds.iter().map(|fold| {
            start += fold.len();
            (start - fold.len()..start).collect::<Vec<usize>>()
        });
        fresh.map(|fold| round(classifier, x, y, &others(y.len(), &fold), &fold)).collect()
    }),
    ("it is trained once, without the first fold", |classifier, x, y, folds| {
        let rows = others(y.len(), &folds[0]);
        folds.iter().map(|fold| round(classifier, x, y, &rows, fold)).collect()
    }),
    ("features are centered by the mean of all rows", |classifier, x, y, folds| {
        let mean = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / x.rows() as f64;
        let centered = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - mean(j));
        folds.iter().map(|fold| round(classifier, &centered, y, &others(y.len(), fold), fold)).collect()
    }),
    ("training labels are in another order than their features", |classifier, x, y, folds| {
        let score = |fold: &Vec<usize>| {
            let rows = others(y.len(), fold);
            let labels: Vec<usize> = rows.iter().rev().map(|&row| y[row]).collect();
            let predicted = classifier(&picked(x, &rows), &labels, &picked(x, fold)).unwrap_or_default();
            share(&predicted, y, fold)
        };
        folds.iter().map(score).collect()
    }),
    ("the features of the last two training rows are exchanged", |classifier, x, y, folds| {
        folds.iter().map(|fold| exchanged(classifier, x, y, fold, |n| (n - 2, n - 1))).collect()
    }),
    ("the features of the first two training rows are exchanged", |classifier, x, y, folds| {
        folds.iter().map(|fold| exchanged(classifier, x, y, fold, |_| (0, 1))).collect()
    }),
    ("the features of two training rows in the middle are exchanged", |classifier, x, y, folds| {
        folds
            .iter()
            .map(|fold| exchanged(classifier, x, y, fold, |n| ((n - 1) / 2, (n - 1) / 2 + 1)))
            .collect()
    }),
    ("training features are in another order than their labels", |classifier, x, y, folds| {
        let score = |fold: &Vec<usize>| {
            let rows = others(y.len(), fold);
            let turned: Vec<usize> = rows.iter().rev().copied().collect();
            let labels: Vec<usize> = rows.iter().map(|&row| y[row]).collect();
            share(&classifier(&picked(x, &turned), &labels, &picked(x, fold)).unwrap_or_default(), y, fold)
        };
        folds.iter().map(score).collect()
    }),
    (
        "training features are centered by the mean of all rows, those of the test left alone",
        |classifier, x, y, folds| {
            let mean = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / x.rows() as f64;
            let centered = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - mean(j));
            let score = |fold: &Vec<usize>| {
                let rows = others(y.len(), fold);
                let labels: Vec<usize> = rows.iter().map(|&row| y[row]).collect();
                share(
                    &classifier(&picked(&centered, &rows), &labels, &picked(x, fold)).unwrap_or_default(),
                    y,
                    fold,
                )
            };
            folds.iter().map(score).collect()
        },
    ),
    (
        "test features are centered by the mean of all rows, those of the training left alone",
        |classifier, x, y, folds| {
            let mean = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / x.rows() as f64;
            let centered = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - mean(j));
            let score = |fold: &Vec<usize>| {
                let rows = others(y.len(), fold);
                let labels: Vec<usize> = rows.iter().map(|&row| y[row]).collect();
                let asked = picked(&centered, fold);
                share(&classifier(&picked(x, &rows), &labels, &asked).unwrap_or_default(), y, fold)
            };
            folds.iter().map(score).collect()
        },
    ),
    ("in the middle round a training row is left out", |classifier, x, y, folds| {
        let score = |r: usize| {
            let rows = others(y.len(), &folds[r]);
            round(classifier, x, y, &rows[usize::from(r == folds.len() / 2)..], &folds[r])
        };
        (0..folds.len()).map(score).collect()
    }),
    ("the mean of all folds instead of each accuracy", |classifier, x, y, folds| {
        let scores: Vec<f64> =
            folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold)).collect();
        vec![scores.iter().sum::<f64>() / scores.len() as f64; scores.len()]
    }),
    ("the fraction of errors", |classifier, x, y, folds| {
        folds.iter().map(|fold| 1.0 - round(classifier, x, y, &others(y.len(), fold), fold)).collect()
    }),
    ("the last fold is left out", |classifier, x, y, folds| {
        folds[1..].iter().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold)).collect()
    }),
    ("one accuracy more than folds, the mean of all", |classifier, x, y, folds| {
        let mut scores: Vec<f64> =
            folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold)).collect();
        scores.push(scores.iter().sum::<f64>() / scores.len() as f64);
        scores
    }),
    ("the accuracy of the last fold is left out", |classifier, x, y, folds| {
        let mut scores: Vec<f64> =
            folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold)).collect();
        scores.pop();
        scores
    }),
    ("no accuracies", |_, _, _, _| Vec::new()),
    ("one accuracy, the mean of all", |classifier, x, y, folds| {
        let scores = folds.iter().map(|fold| round(classifier, x, y, &others(y.len(), fold), fold));
        vec![scores.sum::<f64>() / folds.len() as f64]
    }),
    ("the number of errors", |classifier, x, y, folds| {
        let wrong = |fold: &Vec<usize>| {
            (1.0 - round(classifier, x, y, &others(y.len(), fold), fold)) * fold.len() as f64
        };
        folds.iter().map(wrong).collect()
    }),
    ("always perfect", |_, _, _, folds| vec![1.0; folds.len()]),
];

fn all(n: usize) -> Vec<usize> {
    (0..n).collect()
}

fn others(n: usize, fold: &[usize]) -> Vec<usize> {
    (0..n).filter(|row| !fold.contains(row)).collect()
}

fn picked(x: &Matrix, rows: &[usize]) -> Matrix {
    Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)])
}

fn answers(classifier: Classifier, x: &Matrix, y: &[usize], train: &[usize], test: &[usize]) -> Vec<usize> {
    let labels: Vec<usize> = train.iter().map(|&row| y[row]).collect();
    classifier(&picked(x, train), &labels, &picked(x, test)).unwrap_or_default()
}

fn round(classifier: Classifier, x: &Matrix, y: &[usize], train: &[usize], test: &[usize]) -> f64 {
    share(&answers(classifier, x, y, train, test), y, test)
}

/// A round in which two of the n training rows have each other's features: those at the places that are given for n.
fn exchanged(
    classifier: Classifier,
    x: &Matrix,
    y: &[usize],
    fold: &[usize],
    places: fn(usize) -> (usize, usize),
) -> f64 {
    let mut rows = others(y.len(), fold);
    let labels: Vec<usize> = rows.iter().map(|&row| y[row]).collect();
    if rows.len() > 1 {
        let (i, j) = places(rows.len());
        rows.swap(i, j);
    }
    share(&classifier(&picked(x, &rows), &labels, &picked(x, fold)).unwrap_or_default(), y, fold)
}

fn share(predicted: &[usize], y: &[usize], fold: &[usize]) -> f64 {
    predicted.iter().zip(fold).filter(|(p, row)| **p == y[**row]).count() as f64 / fold.len() as f64
}
