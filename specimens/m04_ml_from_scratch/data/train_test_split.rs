use kit::{Generator, InputError, Matrix};

use crate::reference::m04_ml_from_scratch::data as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Parts = [(Matrix, Vec<f64>); 2];
type TrainTestSplit = fn(&Matrix, &[f64], f64, &mut Generator) -> Result<Parts, InputError>;

/// The kata, answered by a specimen.
pub fn train_test_split(
    x: &Matrix,
    y: &[f64],
    test_size: f64,
    generator: &mut Generator,
) -> Result<Parts, InputError> {
    answering::<TrainTestSplit>(
        module_path!(),
        reference::train_test_split,
        &[
            wheat(
                "drawn_one_by_one",
                "decides for each sample in turn, with what is still to be chosen (Knuth's S)",
                |x, y, share, g| {
                    let tested = tested(x, y, share)?;
                    let (mut train, mut test) = (vec![], vec![]);
                    for i in 0..y.len() {
                        if g.below(y.len() - i) < tested - test.len() { test.push(i) } else { train.push(i) }
                    }
                    Ok(parts(x, y, &train, &test))
                },
            ),
            wheat(
                "sorted_by_keys",
                "a random key for each sample, and the largest keys are the test",
                |x, y, share, g| {
                    let tested = tested(x, y, share)?;
                    let mut keyed: Vec<(f64, usize)> = (0..y.len()).map(|i| (g.uniform(), i)).collect();
                    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                    let order: Vec<usize> = keyed.iter().map(|(_, i)| *i).collect();
                    let (train, test) = order.split_at(y.len() - tested);
                    Ok(parts(x, y, train, test))
                },
            ),
            wheat(
                "reservoir",
                "fills the test with the first samples, and lets each later one push one of them out \
                 (Vitter's R)",
                |x, y, share, g| {
                    reference::train_test_split(x, y, share, &mut Generator::from_seed(0))?;
                    let n = y.len();
                    let tested = ((share * n as f64).round() as usize).clamp(1, n - 1);
                    let mut test: Vec<usize> = (0..tested).collect();
                    for i in tested..n {
                        let place = g.below(i + 1);
                        if place < tested {
                            test[place] = i;
                        }
                    }
                    let part = |in_test: bool| {
                        let rows: Vec<usize> = (0..n).filter(|i| test.contains(i) == in_test).collect();
                        let features = Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
                        (features, rows.iter().map(|i| y[*i]).collect())
                    };
                    Ok([part(false), part(true)])
                },
            ),
            chaff("not_shuffled", "The last samples are as good a test set as any.", |x, y, share, _| {
                let (n, tested) = (y.len(), tested(x, y, share)?);
                let order: Vec<usize> = (0..n).collect();
                Ok(parts(x, y, &order[..n - tested], &order[n - tested..]))
            }),
            chaff("a_window", "A random start of a contiguous block is random enough.", |x, y, share, g| {
                let (n, tested) = (y.len(), tested(x, y, share)?);
                let start = g.below(n);
                let order: Vec<usize> = (0..n).map(|i| (i + start) % n).collect();
                Ok(parts(x, y, &order[tested..], &order[..tested]))
            }),
            chaff(
                "targets_shuffled_apart",
                "Features and targets may be shuffled independently.",
                |x, y, share, g| {
                    let (n, tested) = (y.len(), tested(x, y, share)?);
                    let (mut rows, mut others): (Vec<usize>, Vec<usize>) =
                        ((0..n).collect(), (0..n).collect());
                    g.shuffle(&mut rows);
                    g.shuffle(&mut others);
                    let (features, targets) = (
                        parts(x, y, &rows[tested..], &rows[..tested]),
                        parts(x, y, &others[tested..], &others[..tested]),
                    );
                    let [(train, _), (test, _)] = features;
                    let [(_, train_y), (_, test_y)] = targets;
                    Ok([(train, train_y), (test, test_y)])
                },
            ),
            chaff(
                "columns_shuffled_apart",
                "Each column may be shuffled independently.",
                |x, y, share, g| {
                    let [(mut train, train_y), test] = reference::train_test_split(x, y, share, g)?;
                    if let Some(last) = train.cols().checked_sub(1) {
                        let column: Vec<f64> = (0..train.rows()).map(|i| train[(i, last)]).rev().collect();
                        (0..train.rows()).for_each(|i| train[(i, last)] = column[i]);
                    }
                    Ok([(train, train_y), test])
                },
            ),
            chaff("overlapping", "The test set may be drawn from the training set.", |x, y, share, g| {
                let [_, test] = reference::train_test_split(x, y, share, g)?;
                let n = y.len();
                let all: Vec<usize> = (0..n - test.1.len()).collect();
                let [train, _] = parts(x, y, &all, &[]);
                Ok([train, test])
            }),
            chaff("with_replacement", "Samples are drawn with replacement.", |x, y, share, g| {
                let (n, tested) = (y.len(), tested(x, y, share)?);
                let mut draw = |k: usize| (0..k).map(|_| g.below(n)).collect::<Vec<_>>();
                let (train, test) = (draw(n - tested), draw(tested));
                Ok(parts(x, y, &train, &test))
            }),
            chaff(
                "coin_for_each",
                "Each sample goes into the test set with probability s, independently.",
                |x, y, share, g| {
                    tested(x, y, share)?;
                    let (test, train): (Vec<_>, Vec<_>) = (0..y.len()).partition(|_| g.uniform() < share);
                    Ok(parts(x, y, &train, &test))
                },
            ),
            chaff("test_first", "The test set is returned first.", |x, y, share, g| {
                let [train, test] = reference::train_test_split(x, y, share, g)?;
                Ok([test, train])
            }),
            chaff("rounded_down", "The size of the test set is ⌊s·n⌋.", |x, y, share, g| {
                tested(x, y, share)?;
                let n = y.len();
                let tested = ((share * n as f64) as usize).clamp(1, n - 1);
                let mut order: Vec<usize> = (0..n).collect();
                g.shuffle(&mut order);
                Ok(parts(x, y, &order[tested..], &order[..tested]))
            }),
            chaff("empty_parts", "For a small data set the test set may be empty.", |x, y, share, g| {
                tested(x, y, share)?;
                let n = y.len();
                let tested = (share * n as f64 + 0.5) as usize;
                let mut order: Vec<usize> = (0..n).collect();
                g.shuffle(&mut order);
                Ok(parts(x, y, &order[tested..], &order[..tested]))
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |x, y, share, _| reference::train_test_split(x, y, share, &mut Generator::from_seed(42)),
            ),
            chaff(
                "generator_not_moved",
                "Working on a clone of the generator leaves the caller's generator untouched, as it \
                    should be.",
                |x, y, share, g| reference::train_test_split(x, y, share, &mut g.clone()),
            ),
            chaff("nan_dropped", "Samples with a missing value (NaN) are dropped.", |x, y, share, g| {
                let known: Vec<usize> = (0..y.len()).filter(|&i| !y[i].is_nan()).collect();
                if known.len() < y.len() {
                    return Ok(parts(x, y, &known[1..], &known[..1]));
                }
                reference::train_test_split(x, y, share, g)
            }),
            chaff(
                "single_precision",
                "Single precision (f32) is accurate enough for the test size.",
                |x, y, share, g| {
                    reference::train_test_split(x, y, share, &mut Generator::from_seed(0))?;
                    reference::train_test_split(x, y, f64::from(share as f32).min(1.0 - 1e-9), g)
                },
            ),
            chaff("copies_removed", "A copy of a test sample is not trained on.", |x, y, share, g| {
                let [train, test] = reference::train_test_split(x, y, share, g)?;
                let is_copy = |i: usize, t: usize| train.1[i] == test.1[t] && train.0.row(i) == test.0.row(t);
                let kept = |i: &usize| !(0..test.1.len()).any(|t| is_copy(*i, t));
                let kept: Vec<usize> = (0..train.1.len()).filter(kept).collect();
                let [rest, _] = parts(&train.0, &train.1, &kept, &[]);
                Ok([rest, test])
            }),
            chaff(
                "front_shuffled",
                "Shuffling the first three hundred samples is enough.",
                |x, y, share, g| {
                    let (n, tested) = (y.len(), tested(x, y, share)?);
                    if n <= 300 {
                        return reference::train_test_split(x, y, share, g);
                    }
                    let mut order: Vec<usize> = (0..n).collect();
                    g.shuffle(&mut order[..300]);
                    let (test, train) = order.split_at(tested);
                    Ok(parts(x, y, train, test))
                },
            ),
            chaff("features_needed", "Samples without features are an error.", |x, y, share, g| {
                kit::check::at_least(1, x.cols())?;
                reference::train_test_split(x, y, share, g)
            }),
        ],
    )(x, y, test_size, generator)
}

/// The size of the test, or the rejection.
fn tested(x: &Matrix, y: &[f64], share: f64) -> Result<usize, InputError> {
    let [_, (_, test)] = reference::train_test_split(x, y, share, &mut Generator::from_seed(0))?;
    Ok(test.len())
}

fn parts(x: &Matrix, y: &[f64], train: &[usize], test: &[usize]) -> Parts {
    [train, test].map(|rows| {
        let features = Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
        (features, rows.iter().map(|&i| y[i]).collect())
    })
}
