use judge::{Answer, Broken, any, ensure, example, for_all, rejected};
use katas::m05_classifiers::folds::group_k_fold;
use kit::{Generator, InputError};
use proptest::prelude::*;

use super::super::sizes::{label, many, place, several};
use super::dealing::{
    Partitions, alone_is_equally_likely, each_row_once, even, generator_decides, many_rows_are_mixed,
    no_order_is_more_likely, only_one, pairs_are_equally_likely, partners_are_equally_likely,
    successive_splits_are_independent,
};

const CALL: &str = "group_k_fold(groups, k, generator)";

/// Groups of different sizes, together or scattered, and a number of folds.
fn groups() -> impl Strategy<Value = (Vec<usize>, usize, u64)> + Send + Sync + Clone {
    let sizes = (several(2..=6), many(1..=4)).prop_flat_map(|(groups, large)| {
        (judge::any::vec(1..=4_usize, groups), place(groups)).prop_map(move |(mut sizes, at)| {
            sizes[at] = large;
            sizes
        })
    });
    (sizes, prop_oneof![2 => 0..5_usize, 1 => 0..9999_usize], any::<bool>(), any::seed()).prop_map(
        |(sizes, k, sorted, seed)| {
            let k = 2 + k % (sizes.len() - 1);
            let mut groups: Vec<usize> =
                sizes.iter().enumerate().flat_map(|(group, &size)| vec![label(group); size]).collect();
            if !sorted {
                Generator::from_seed(seed).shuffle(&mut groups);
            }
            (groups, k, seed)
        },
    )
}

fn split((groups, k, seed): &(Vec<usize>, usize, u64)) -> Result<Vec<Vec<usize>>, Broken> {
    group_k_fold(groups, *k, &mut Generator::from_seed(*seed)).accepted(CALL)
}

#[test]
fn is_a_partition() {
    for_all("groups, k, seed", groups())
        .holds(|given| each_row_once(CALL, &split(given)?, given.0.len(), given.1));
}

#[test]
fn keeps_groups_together() {
    for_all("groups, k, seed", groups()).holds(|given| {
        let (folds, groups) = (split(given)?, &given.0);
        each_row_once(CALL, &folds, groups.len(), given.1)?;
        for row in 0..groups.len() {
            let first = groups.iter().position(|group| *group == groups[row]).unwrap_or(row);
            let together = folds.iter().any(|fold| fold.contains(&row) && fold.contains(&first));
            ensure(together, || {
                let look = "Rows of one group in training and test set are data leakage. Split groups, not \
                            rows.";
                let got = format!(
                    "rows {first} and {row}, both of group {}, in different folds of {folds:?}",
                    groups[row]
                );
                Broken::answer(got, "both in one fold", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn sizes_differ_by_at_most_the_largest_group() {
    for_all("groups, k, seed", groups()).holds(|given| {
        let (folds, groups) = (split(given)?, &given.0);
        let size = |group: usize| groups.iter().filter(|other| **other == group).count();
        even("rows", &folds, |_| true, groups.iter().map(|group| size(*group)).max().unwrap_or(1))?;
        ensure(folds.iter().all(|fold| !fold.is_empty()), || {
            let look = "Put each group into the fold that is smallest so far: there are enough groups for \
                        all folds.";
            Broken::answer(format!("an empty fold in {folds:?}"), "at least one group in each", look)
        })
    });
}

#[test]
fn every_partner_is_equally_likely() {
    for_all("seed", any::seed()).cases(1).holds(|&seed| {
        let deal = |generator: &mut Generator| group_k_fold(&[4, 1, 8, 6], 2, generator).accepted(CALL);
        let partner = |fold: &[usize]| fold.iter().find(|row| **row != 0 && **row < 4).map(|row| row - 1);
        partners_are_equally_likely(&["1", "2", "3"], seed, deal, partner)
    });
}

#[test]
fn depends_on_the_generator_only() {
    let groups: Vec<usize> = (0..40).collect();
    for_all("seed", any::seed()).cases(16).holds(move |&seed| {
        generator_decides(seed, |generator| group_k_fold(&groups, 2, generator).accepted(CALL))
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::folds::group_k_fold;
        let folds = group_k_fold(&[5, 8, 5, 8], 2, &mut kit::Generator::from_seed(1))?;
        assert!(folds.contains(&vec![0, 2]) && folds.contains(&vec![1, 3]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn many_rows_are_mixed_in_every_call() {
        let n = judge::any::select(vec![14_usize, 42, 102, 152, 302]);
        for_all("n, seed", (n, any::seed())).cases(5).holds(|&(n, seed)| {
            // Every group has one row.
            let groups: Vec<usize> = (0..n).map(|row| 5 * row + 3).collect();
            many_rows_are_mixed(n, seed, Partitions::ByPairs, |generator| {
                group_k_fold(&groups, 2, generator).accepted(CALL)
            })
        });
    }

    #[test]
    fn pairs_are_equally_likely_for_any_number_of_folds() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            pairs_are_equally_likely(seed, |k, generator| {
                let groups: Vec<usize> = (0..2 * k).map(|row| 5 * row + 3).collect();
                group_k_fold(&groups, k, generator).accepted(CALL)
            })
        });
    }

    #[test]
    fn splits_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let deal = |generator: &mut Generator| group_k_fold(&[4, 1, 8], 2, generator).accepted(CALL);
            successive_splits_are_independent(seed, deal, |folds| only_one(folds, 0..3))
        });
    }

    #[test]
    fn every_group_is_equally_likely_to_be_alone() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let deal = |generator: &mut Generator| group_k_fold(&[4, 1, 8], 2, generator).accepted(CALL);
            alone_is_equally_likely(&["row 0", "row 1", "row 2"], seed, deal, |folds| only_one(folds, 0..3))
        });
    }

    #[test]
    fn every_order_is_equally_likely() {
        example(|| {
            let deal = |generator: &mut Generator| group_k_fold(&[4, 1, 8], 2, generator).accepted(CALL);
            no_order_is_more_likely(&["row 0", "row 1", "row 2"], deal, |folds| only_one(folds, 0..3))
        });
    }

    #[test]
    fn rejects_an_invalid_number_of_folds() {
        example(|| {
            for (groups, k) in
                [(vec![0, 0, 1, 1, 1], 3), (vec![4, 4, 4], 2), (vec![0, 1, 2], 1), (vec![0, 1], 0)]
            {
                let want =
                    InputError::OutOfRange { name: "k", got: k as f64, wanted: "2 to the number of groups" };
                let look = "Each fold needs a group. Count the groups, not the rows.";
                rejected(
                    &format!("group_k_fold({groups:?}, {k}, …)"),
                    group_k_fold(&groups, k, &mut Generator::from_seed(1)),
                    want,
                    look,
                )?;
            }
            let got = group_k_fold(&[], 2, &mut Generator::from_seed(1));
            rejected(
                "group_k_fold([], 2, …)",
                got,
                InputError::TooFew { got: 0, wanted: 1 },
                "There are no groups.",
            )
        });
    }

    #[test]
    fn rejects_more_folds_than_groups_of_any_size() {
        let more = judge::any::select(vec![1_usize, 2, 40, 1 << 32]);
        for_all("groups, members, more", (several(2..=4), 1..=3_usize, more)).cases(64).holds(
            |&(count, members, more)| {
                let groups: Vec<usize> = (0..count * members).map(|row| label(row % count)).collect();
                for k in [0, 1, count + more] {
                    let want = InputError::OutOfRange {
                        name: "k",
                        got: k as f64,
                        wanted: "2 to the number of groups",
                    };
                    let got = group_k_fold(&groups, k, &mut Generator::from_seed(1));
                    rejected(CALL, got, want, "From 2 folds to as many as there are groups.")?;
                }
                let folds = split(&(groups.clone(), count, 1))?;
                each_row_once(CALL, &folds, groups.len(), count)
            },
        );
    }

    #[test]
    fn keeps_groups_together_for_any_size() {
        let inputs = (judge::any::vec(1..=4_usize, 8..=129), 2..=64_usize, any::seed());
        for_all("sizes, k, seed", inputs).cases(64).holds(|(sizes, k, seed)| {
            let k = *k.min(&sizes.len());
            let mut groups: Vec<usize> =
                sizes.iter().enumerate().flat_map(|(group, &size)| vec![3 * group + 1; size]).collect();
            Generator::from_seed(*seed).shuffle(&mut groups);
            let folds = split(&(groups.clone(), k, *seed))?;
            each_row_once(CALL, &folds, groups.len(), k)?;
            even("rows", &folds, |_| true, sizes.iter().max().copied().unwrap_or(1))?;
            let mut fold_of = vec![usize::MAX; 3 * sizes.len() + 1];
            for (r, fold) in folds.iter().enumerate() {
                for &row in fold {
                    let known = &mut fold_of[groups[row]];
                    ensure(*known == usize::MAX || *known == r, || {
                        let got = format!("rows of group {} in folds {known} and {r}", groups[row]);
                        Broken::answer(got, "all in one fold", "Split groups, not rows.")
                    })?;
                    *known = r;
                }
            }
            Ok(())
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        let n = judge::any::select(vec![40_usize, 65, 101, 257]);
        for_all("n, seed", (n, any::seed())).cases(16).holds(|&(n, seed)| {
            let groups: Vec<usize> = (0..n).collect();
            generator_decides(seed, |generator| group_k_fold(&groups, 2, generator).accepted(CALL))
        });
    }
}
