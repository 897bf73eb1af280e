use judge::{Answer, any, example, for_all, rejected};
use katas::m05_classifiers::folds::k_fold;
use kit::{Generator, InputError};
use proptest::prelude::{Just, Strategy};

use super::dealing::{
    alone_is_equally_likely, each_row_once, even, generator_decides, nobody_is_a_little_more_likely,
    only_one, partners_are_equally_likely,
};

const CALL: &str = "k_fold(n, k, generator)";

/// How many rows and folds, and a seed.
fn dealt() -> impl Strategy<Value = (usize, usize, u64)> + Send + Sync + Clone {
    (2..=12_usize).prop_flat_map(|n| (Just(n), 2..=n, any::seed()))
}

#[test]
fn each_row_is_in_exactly_one_fold() {
    for_all("n, k, seed", dealt()).holds(|&(n, k, seed)| {
        let folds = k_fold(n, k, &mut Generator::from_seed(seed)).accepted(CALL)?;
        each_row_once(&format!("k_fold({n}, {k}, …)"), &folds, n, k)
    });
}

#[test]
fn the_sizes_differ_by_at_most_one() {
    for_all("n, k, seed", dealt()).holds(|&(n, k, seed)| {
        let folds = k_fold(n, k, &mut Generator::from_seed(seed)).accepted(CALL)?;
        even(&format!("rows of k_fold({n}, {k}, …)"), &folds, |_| true, 1)
    });
}

#[test]
fn every_partner_is_equally_likely() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        let deal = |generator: &mut Generator| k_fold(4, 2, generator).accepted(CALL);
        let partner = |fold: &[usize]| fold.iter().find(|row| **row != 0 && **row < 4).map(|row| row - 1);
        partners_are_equally_likely(&["1", "2", "3"], seed, deal, partner)
    });
}

#[test]
fn every_row_of_three_is_equally_likely_to_be_alone() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        let deal = |generator: &mut Generator| k_fold(3, 2, generator).accepted(CALL);
        alone_is_equally_likely(&["row 0", "row 1", "row 2"], seed, deal, |folds| only_one(folds, 0..3))
    });
}

#[test]
fn a_shuffle_leaves_no_order_more_likely_than_another() {
    example(|| {
        let deal = |generator: &mut Generator| k_fold(3, 2, generator).accepted(CALL);
        nobody_is_a_little_more_likely(&["row 0", "row 1", "row 2"], deal, |folds| only_one(folds, 0..3))
    });
}

#[test]
fn the_generator_decides_and_nothing_else() {
    // Two dealings of 40 rows are the same with a chance below 10⁻¹⁰.
    for_all("seed", any::seed())
        .cases(16)
        .holds(|&seed| generator_decides(seed, |generator| k_fold(40, 2, generator).accepted(CALL)));
}

#[test]
fn fewer_than_two_folds_or_more_than_rows_are_rejected() {
    example(|| {
        for (n, k) in [(4, 0), (4, 1), (4, 5), (1, 1), (1, 2), (0, 0), (0, 2), (3, usize::MAX)] {
            let want = InputError::OutOfRange { name: "k", got: k as f64, wanted: "2 to the number of rows" };
            let look =
                "One fold leaves nothing to learn from; more folds than rows leave some without a test.";
            rejected(
                &format!("k_fold({n}, {k}, …)"),
                k_fold(n, k, &mut Generator::from_seed(1)),
                want,
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::folds::k_fold;
        let folds = k_fold(7, 3, &mut kit::Generator::from_seed(1))?;
        let mut rows = folds.concat();
        rows.sort_unstable();
        assert_eq!((folds.len(), rows), (3, vec![0, 1, 2, 3, 4, 5, 6]));
        Ok::<(), kit::InputError>(())
    });
}
