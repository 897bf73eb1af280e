use kit::{Generator, InputError};

use crate::reference::m05_classifiers::folds as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Folds = Result<Vec<Vec<usize>>, InputError>;
type StratifiedKFold = fn(&[usize], usize, &mut Generator) -> Folds;

/// The kata, answered by a specimen.
pub fn stratified_k_fold(
    y: &[usize],
    k: usize,
    generator: &mut Generator,
) -> Result<Vec<Vec<usize>>, InputError> {
    answering::<StratifiedKFold>(
        module_path!(),
        reference::stratified_k_fold,
        &[
            wheat(
                "to_the_smallest",
                "each row goes to a fold with the fewest of its class, of those to the smallest",
                |y, k, g| {
                    usable(y, k)?;
                    let mut order: Vec<usize> = (0..y.len()).collect();
                    g.shuffle(&mut order);
                    order.sort_by_key(|&row| y[row]);
                    let mut turn: Vec<usize> = (0..k).collect();
                    g.shuffle(&mut turn);
                    let mut folds: Vec<Vec<usize>> = vec![Vec::new(); k];
                    for row in order {
                        let of_class =
                            |r: usize| folds[r].iter().filter(|other| y[**other] == y[row]).count();
                        let best =
                            turn.iter().copied().min_by_key(|&r| (of_class(r), folds[r].len())).unwrap_or(0);
                        folds[best].push(row);
                    }
                    Ok(folds)
                },
            ),
            wheat("largest_label_first", "gathers the classes from the highest label", |y, k, g| {
                usable(y, k)?;
                let mut labels = y.to_vec();
                labels.sort_unstable_by(|a, b| b.cmp(a));
                labels.dedup();
                let mut order = Vec::new();
                for label in labels {
                    let mut members: Vec<usize> = (0..y.len()).filter(|&row| y[row] == label).collect();
                    g.shuffle(&mut members);
                    order.extend(members);
                }
                let start = g.below(k);
                Ok((0..k).map(|r| order.iter().copied().skip((r + start) % k).step_by(k).collect()).collect())
            }),
            chaff("plain", "A random split keeps the class proportions.", |y, k, g| {
                usable(y, k)?;
                reference::k_fold(y.len(), k, g)
            }),
            chaff(
                "sorted",
                "Dealing the sorted rows without a shuffle is stratified and random.",
                |y, k, _| {
                    usable(y, k)?;
                    let mut order: Vec<usize> = (0..y.len()).collect();
                    order.sort_by_key(|&row| y[row]);
                    Ok((0..k).map(|r| order.iter().copied().skip(r).step_by(k).collect()).collect())
                },
            ),
            chaff(
                "first_stays",
                "The first row of the lowest class can always be in the first fold.",
                |y, k, g| {
                    usable(y, k)?;
                    let mut labels = y.to_vec();
                    labels.sort_unstable();
                    labels.dedup();
                    let mut order = Vec::new();
                    for label in labels {
                        let mut members: Vec<usize> = (0..y.len()).filter(|&row| y[row] == label).collect();
                        g.shuffle(&mut members[usize::from(order.is_empty())..]);
                        order.extend(members);
                    }
                    let start = g.below(k);
                    Ok((0..k)
                        .map(|r| order.iter().copied().skip((r + start) % k).step_by(k).collect())
                        .collect())
                },
            ),
            chaff("each_from_the_first", "Every class is split from the first fold on.", |y, k, g| {
                by_class(y, k, g, |i, _| i % k)
            }),
            chaff("rest_left_out", "Rows that do not divide evenly are left out.", |y, k, g| {
                let folds = by_class(y, k, g, |i, size| if i < size / k * k { i % k } else { k })?;
                Ok(folds[..k].to_vec())
            }),
            chaff("rest_in_the_last", "The last fold gets the surplus rows of each class.", |y, k, g| {
                by_class(y, k, g, |i, size| (i / (size / k)).min(k - 1))
            }),
            chaff("equal_classes", "Each class has as many rows per fold as the smallest.", |y, k, g| {
                let smallest = y.iter().map(|label| y.iter().filter(|other| *other == label).count()).min();
                let smallest = smallest.unwrap_or(0);
                let folds = by_class(y, k, g, |i, _| if i < smallest { i % k } else { k })?;
                Ok(folds[..k].to_vec())
            }),
            chaff("one_class_per_fold", "Each fold holds one class.", |y, k, _| {
                usable(y, k)?;
                let mut labels = y.to_vec();
                labels.sort_unstable();
                labels.dedup();
                let place = |row: usize| labels.binary_search(&y[row]).unwrap_or(0) % k;
                Ok((0..k).map(|r| (0..y.len()).filter(|&row| place(row) == r).collect()).collect())
            }),
            chaff(
                "positions_for_rows",
                "A fold holds positions within the class, not row numbers.",
                |y, k, g| {
                    let folds = reference::stratified_k_fold(y, k, g)?;
                    let place = |row: usize| y[..row].iter().filter(|label| **label == y[row]).count();
                    Ok(folds.iter().map(|fold| fold.iter().map(|row| place(*row)).collect()).collect())
                },
            ),
            chaff("always_the_same", "A fixed seed inside the function makes it reproducible.", |y, k, _| {
                reference::stratified_k_fold(y, k, &mut Generator::from_seed(42))
            }),
            chaff(
                "generator_not_moved",
                "Working on a clone of the generator leaves the caller's generator untouched, as it \
                    should be.",
                |y, k, g| reference::stratified_k_fold(y, k, &mut g.clone()),
            ),
            chaff("the_largest_counts", "The largest class bounds the number of folds.", |y, k, g| {
                match reference::stratified_k_fold(y, k, g) {
                    Err(InputError::OutOfRange { .. }) if k > 1 && k <= y.len() => {
                        reference::k_fold(y.len(), k, g)
                    }
                    folds => folds,
                }
            }),
            chaff("nothing_to_deal", "Without rows the folds are empty.", |y, k, g| {
                if y.is_empty() { Ok(vec![vec![]; k]) } else { reference::stratified_k_fold(y, k, g) }
            }),
            chaff("an_entry_for_each_label", "Labels are small enough to index an array.", |y, k, g| {
                let folds = reference::stratified_k_fold(y, k, g)?;
                assert!(y.iter().all(|label| *label < 1 << 20), "capacity overflow");
                Ok(folds)
            }),
            chaff("exchanged_with_any", "Swapping each row with any other is a fair shuffle.", |y, k, g| {
                usable(y, k)?;
                let mut order = Vec::new();
                for class in gathered(y) {
                    let mut members = class.clone();
                    for i in 0..members.len() {
                        let other = g.below(members.len());
                        members.swap(i, other);
                    }
                    order.extend(members);
                }
                Ok((0..k).map(|r| order.iter().copied().skip(r).step_by(k).collect()).collect())
            }),
            wheat(
                "folds_as_they_come",
                "splits class after class and leaves the folds in order",
                |y, k, g| {
                    usable(y, k)?;
                    let mut order = Vec::new();
                    for mut class in gathered(y) {
                        g.shuffle(&mut class);
                        order.extend(class);
                    }
                    Ok((0..k).map(|r| order.iter().copied().skip(r).step_by(k).collect()).collect())
                },
            ),
            chaff("several_are_random", "More than two folds mix the rows without shuffling.", |y, k, g| {
                let mut fixed = Generator::from_seed(3);
                reference::stratified_k_fold(y, k, if k == 2 { g } else { &mut fixed })
            }),
            chaff(
                "two_hundred_shuffled",
                "Shuffling two hundred rows mixes a class well enough.",
                |y, k, g| {
                    usable(y, k)?;
                    let mut classes = gathered(y);
                    classes.iter_mut().for_each(|rows| {
                        let most = rows.len().min(200);
                        g.shuffle(&mut rows[..most]);
                    });
                    let rows = classes.concat();
                    Ok((0..k).map(|r| rows.iter().copied().skip(r).step_by(k).collect()).collect())
                },
            ),
            chaff("labels_in_four_bytes", "A label fits into four bytes.", |y, k, g| {
                reference::stratified_k_fold(y, k, &mut g.clone())?;
                let short: Vec<usize> = y.iter().map(|label| label & 0xffff_ffff).collect();
                reference::stratified_k_fold(&short, k, g)
            }),
            chaff("one_of_a_thousand", "A thousand orders are enough to draw from.", |y, k, g| {
                usable(y, k)?;
                let mut order = Vec::new();
                for mut class in gathered(y) {
                    Generator::from_seed(g.below(1000) as u64).shuffle(&mut class);
                    order.extend(class);
                }
                let start = g.below(k);
                Ok((0..k).map(|r| order.iter().copied().skip((r + start) % k).step_by(k).collect()).collect())
            }),
            chaff("three_classes_shuffled", "There are up to three classes to shuffle.", |y, k, g| {
                usable(y, k)?;
                let mut classes = gathered(y);
                classes.iter_mut().take(3).for_each(|rows| g.shuffle(rows));
                let mut folds = vec![Vec::new(); k];
                classes.concat().into_iter().enumerate().for_each(|(i, row)| folds[i % k].push(row));
                Ok(folds)
            }),
        ],
    )(y, k, generator)
}

fn usable(y: &[usize], k: usize) -> Folds {
    reference::stratified_k_fold(y, k, &mut Generator::from_seed(0))
}

/// The i-th row of each shuffled class goes to fold `place(i, size of the class)`; a fold more than there are takes what
/// is left out.
fn by_class(
    y: &[usize],
    k: usize,
    generator: &mut Generator,
    place: impl Fn(usize, usize) -> usize,
) -> Folds {
    usable(y, k)?;
    let mut labels = y.to_vec();
    labels.sort_unstable();
    labels.dedup();
    let mut folds = vec![Vec::new(); k + 1];
    for label in labels {
        let mut members: Vec<usize> = (0..y.len()).filter(|&row| y[row] == label).collect();
        generator.shuffle(&mut members);
        let size = members.len();
        members.into_iter().enumerate().for_each(|(i, row)| folds[place(i, size)].push(row));
    }
    if folds[k].is_empty() {
        folds.truncate(k);
    }
    Ok(folds)
}

/// The rows of each class, the lowest label first.
fn gathered(y: &[usize]) -> Vec<Vec<usize>> {
    let mut labels = y.to_vec();
    labels.sort_unstable();
    labels.dedup();
    labels.iter().map(|label| (0..y.len()).filter(|&row| y[row] == *label).collect()).collect()
}
