use std::cell::Cell;

use judge::{Answer, Broken, any, example, for_all, rejected};
use katas::m05_classifiers::folds::stratified_k_fold;
use kit::{Generator, InputError};
use proptest::prelude::*;

use super::super::samples::labels_of;
use super::super::sizes::{many, place, several};
use super::dealing::{
    Partitions, alone_is_equally_likely, each_row_once, even, generator_decides, many_rows_are_mixed,
    no_order_is_more_likely, only_one, pairs_are_equally_likely, partners_are_equally_likely,
    successive_splits_are_independent,
};

const CALL: &str = "stratified_k_fold(y, k, generator)";
/// Any numbers, also such as no table has a place for, and such as agree in their last four bytes.
const LABELS: [usize; 5] = [7, 7 + (1 << 32), usize::MAX, 0, 300];

fn name(class: usize) -> usize {
    LABELS.get(class).copied().unwrap_or(1000 + 7 * class)
}

/// Labels, sorted or not, and a number of folds that no class is too small for.
fn labels() -> impl Strategy<Value = (Vec<usize>, usize, u64)> + Send + Sync + Clone {
    let classes = prop_oneof![7 => 1..=5_usize, 1 => several(1..=5)];
    let sizes = (classes, many(2..=5), any::<bool>()).prop_flat_map(|(classes, large, all)| {
        // All of about the same size, or one of them much larger than the others.
        let least = if all && classes <= 5 { large } else { 2 };
        (judge::any::vec(least..=least + 3, classes), place(classes)).prop_map(move |(mut sizes, at)| {
            sizes[at] = sizes[at].max(large);
            sizes
        })
    });
    (sizes, 0..9999_usize, any::<bool>(), any::seed()).prop_map(|(sizes, k, sorted, seed)| {
        let smallest = sizes.iter().min().copied().unwrap_or(2);
        let mut y: Vec<usize> =
            sizes.iter().enumerate().flat_map(|(class, &size)| vec![name(class); size]).collect();
        if !sorted {
            Generator::from_seed(seed).shuffle(&mut y);
        }
        (y, 2 + k % (smallest - 1), seed)
    })
}

fn split((y, k, seed): &(Vec<usize>, usize, u64)) -> Result<Vec<Vec<usize>>, Broken> {
    stratified_k_fold(y, *k, &mut Generator::from_seed(*seed)).accepted(CALL)
}

#[test]
fn is_a_partition() {
    for_all("y, k, seed", labels())
        .holds(|given| each_row_once(CALL, &split(given)?, given.0.len(), given.1));
}

#[test]
fn keeps_the_class_proportions() {
    for_all("y, k, seed", labels()).holds(|given| {
        let (folds, y) = (split(given)?, &given.0);
        each_row_once(CALL, &folds, y.len(), given.1)?;
        labels_of(y)
            .iter()
            .try_for_each(|class| even(&format!("rows of class {class}"), &folds, |row| y[row] == *class, 1))
    });
}

#[test]
fn sizes_differ_by_at_most_one() {
    for_all("y, k, seed", labels()).holds(|given| even("rows", &split(given)?, |_| true, 1));
}

#[test]
fn every_partner_is_equally_likely_within_a_class() {
    for_all("seed", any::seed()).cases(1).holds(|&seed| {
        let deal =
            |generator: &mut Generator| stratified_k_fold(&[5, 5, 5, 5, 2, 2], 2, generator).accepted(CALL);
        let partner = |fold: &[usize]| fold.iter().find(|row| **row != 0 && **row < 4).map(|row| row - 1);
        partners_are_equally_likely(&["1", "2", "3"], seed, deal, partner)
    });
}

#[test]
fn classes_are_split_independently() {
    for_all("seed", any::seed()).cases(1).holds(|&seed| {
        let deal = |generator: &mut Generator| stratified_k_fold(&[5, 5, 2, 2], 2, generator).accepted(CALL);
        let partner = |fold: &[usize]| fold.iter().find(|row| [2, 3].contains(*row)).map(|row| row - 2);
        partners_are_equally_likely(&["2", "3"], seed, deal, partner)
    });
}

#[test]
fn depends_on_the_generator_only() {
    // Two dealings of 2·20 rows are the same with a chance below 10⁻⁹.
    let y: Vec<usize> = (0..40).map(|i| i / 20).collect();
    for_all("seed", any::seed()).cases(16).holds(move |&seed| {
        generator_decides(seed, |generator| stratified_k_fold(&y, 2, generator).accepted(CALL))
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::folds::stratified_k_fold;
        let y = [7, 7, 7, 7, 3, 3];
        for fold in stratified_k_fold(&y, 2, &mut kit::Generator::from_seed(1))? {
            assert_eq!(fold.iter().filter(|&&row| y[row] == 7).count(), 2);
            assert_eq!(fold.iter().filter(|&&row| y[row] == 3).count(), 1);
        }
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn many_rows_are_mixed_in_every_call() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            [14_usize, 42, 102, 152, 602].into_iter().try_for_each(|n| {
                let y = vec![7; n];
                many_rows_are_mixed(n, seed, Partitions::EquallyLikely, |generator| {
                    stratified_k_fold(&y, 2, generator).accepted(CALL)
                })
            })
        });
    }

    #[test]
    fn pairs_are_equally_likely_for_any_number_of_folds() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            pairs_are_equally_likely(seed, |k, generator| {
                stratified_k_fold(&vec![7; 2 * k], k, generator).accepted(CALL)
            })
        });
    }

    #[test]
    fn splits_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let deal = |generator: &mut Generator| stratified_k_fold(&[5; 3], 2, generator).accepted(CALL);
            successive_splits_are_independent(seed, deal, |folds| only_one(folds, 0..3))
        });
    }

    #[test]
    fn every_row_is_equally_likely_to_be_alone() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let names: Vec<String> = (0..9).map(|k| format!("rows {} and {}", k / 3, 3 + k % 3)).collect();
            let deal = |generator: &mut Generator| {
                stratified_k_fold(&[5, 5, 5, 2, 2, 2], 2, generator).accepted(CALL)
            };
            alone_is_equally_likely(&names, seed, deal, |folds| {
                Some(3 * only_one(folds, 0..3)? + only_one(folds, 3..6)? - 3)
            })
        });
    }

    #[test]
    fn every_row_of_every_class_is_equally_likely_to_be_alone() {
        for_all("classes, seed", (judge::any::select(vec![4, 7, 12]), any::seed())).cases(2).holds(
            |&(classes, seed)| {
                let y: Vec<usize> = (0..3 * classes).map(|row| name(row / 3)).collect();
                let names: Vec<String> = (0..3 * classes).map(|row| format!("row {row}")).collect();
                let deal = |generator: &mut Generator| stratified_k_fold(&y, 2, generator).accepted(CALL);
                // Of each split the rows of one class are looked at, of the next split those of the next class.
                let splits = Cell::new(0);
                alone_is_equally_likely(&names, seed, deal, |folds| {
                    let class = splits.replace(splits.get() + 1) % classes;
                    only_one(folds, 3 * class..3 * class + 3)
                })
            },
        );
    }

    #[test]
    fn every_order_is_equally_likely() {
        example(|| {
            let deal = |generator: &mut Generator| stratified_k_fold(&[5, 5, 5], 2, generator).accepted(CALL);
            no_order_is_more_likely(&["row 0", "row 1", "row 2"], deal, |folds| only_one(folds, 0..3))
        });
    }

    #[test]
    fn rejects_an_invalid_number_of_folds() {
        example(|| {
            for (y, k) in [
                (vec![0, 0, 1, 1, 1], 3),
                (vec![4, 4, 4, 9], 2),
                (vec![0, 0, 1, 1], 1),
                (vec![0; 3], 0),
                (vec![0; 3], 4),
            ] {
                let want = InputError::OutOfRange {
                    name: "k",
                    got: k as f64,
                    wanted: "2 to the size of the smallest class",
                };
                let look = "Each fold needs a row of the smallest class. Which class is it, and how large?";
                rejected(
                    &format!("stratified_k_fold({y:?}, {k}, …)"),
                    stratified_k_fold(&y, k, &mut Generator::from_seed(1)),
                    want,
                    look,
                )?;
            }
            let got = stratified_k_fold(&[], 2, &mut Generator::from_seed(1));
            rejected(
                "stratified_k_fold([], 2, …)",
                got,
                InputError::TooFew { got: 0, wanted: 1 },
                "Without labels there is no smallest class.",
            )
        });
    }

    #[test]
    fn rejects_more_folds_than_the_smallest_class_of_any_size() {
        let inputs =
            (several(1..=4), many(2..=4).prop_map(|n| n.min(65))).prop_flat_map(|(classes, smallest)| {
                (Just(classes), place(classes), Just(smallest), prop_oneof![2 => Just(1), 1 => 2..=100_usize])
            });
        for_all("classes, at, smallest, more", inputs).cases(64).holds(|&(classes, at, smallest, more)| {
            let y: Vec<usize> = (0..classes)
                .flat_map(|class| vec![name(class); smallest + if class == at { 0 } else { more }])
                .collect();
            let (k, wanted) = (smallest + more, "2 to the size of the smallest class");
            let want = InputError::OutOfRange { name: "k", got: k as f64, wanted };
            let look = "The smallest class decides, whichever it is.";
            rejected(CALL, stratified_k_fold(&y, k, &mut Generator::from_seed(1)), want, look)?;
            let call = "stratified_k_fold(y, the size of the smallest class, …)";
            let folds = stratified_k_fold(&y, smallest, &mut Generator::from_seed(1)).accepted(call)?;
            each_row_once(call, &folds, y.len(), smallest)
        });
    }

    #[test]
    fn is_stratified_for_any_size() {
        let sizes = prop_oneof![7 => (1..=3_usize, 8..=130_usize, 2..=64_usize), 1 => Just((1, 304, 302))];
        let inputs = (sizes, any::seed()).prop_map(|((classes, n, k), seed)| (classes, n, k, seed));
        for_all("classes, n, k, seed", inputs).cases(64).holds(|&(classes, n, k, seed)| {
            let k = k.min(n);
            let mut y: Vec<usize> =
                (0..classes).flat_map(|class| vec![LABELS[class]; n + 3 * class]).collect();
            Generator::from_seed(seed).shuffle(&mut y);
            let folds = split(&(y.clone(), k, seed))?;
            each_row_once(CALL, &folds, y.len(), k)?;
            even("rows", &folds, |_| true, 1)?;
            LABELS[..classes].iter().try_for_each(|class| {
                even(&format!("rows of class {class}"), &folds, |row| y[row] == *class, 1)
            })
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        let n = judge::any::select(vec![40_usize, 65, 101, 257]);
        for_all("n, seed", (n, any::seed())).cases(16).holds(|&(n, seed)| {
            let y: Vec<usize> = (0..n).map(|i| 2 * i / n).collect();
            generator_decides(seed, |generator| stratified_k_fold(&y, 2, generator).accepted(CALL))
        });
    }
}
