use judge::{Answer, any, example, for_all, rejected};
use katas::m05_classifiers::folds::k_fold;
use kit::{Generator, InputError};
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::super::sizes::{many, place};
use super::dealing::{
    Partitions, alone_is_equally_likely, each_row_once, even, generator_decides, many_rows_are_mixed,
    no_order_is_more_likely, only_one, pairs_are_equally_likely, partners_are_equally_likely,
    successive_splits_are_independent,
};

const CALL: &str = "k_fold(n, k, generator)";

/// How many rows and folds, and a seed.
fn split_rows() -> impl Strategy<Value = (usize, usize, u64)> + Send + Sync + Clone {
    many(2..=12)
        .prop_flat_map(|n| (Just(n), prop_oneof![3 => 2..=n, 1 => Just(n), 1 => Just(2)], any::seed()))
}

#[test]
fn is_a_partition() {
    for_all("n, k, seed", split_rows()).holds(|&(n, k, seed)| {
        let folds = k_fold(n, k, &mut Generator::from_seed(seed)).accepted(CALL)?;
        each_row_once(&format!("k_fold({n}, {k}, …)"), &folds, n, k)
    });
}

#[test]
fn sizes_differ_by_at_most_one() {
    for_all("n, k, seed", split_rows()).holds(|&(n, k, seed)| {
        let folds = k_fold(n, k, &mut Generator::from_seed(seed)).accepted(CALL)?;
        even(&format!("rows of k_fold({n}, {k}, …)"), &folds, |_| true, 1)
    });
}

#[test]
fn every_partner_is_equally_likely() {
    for_all("seed", any::seed()).cases(1).holds(|&seed| {
        let deal = |generator: &mut Generator| k_fold(4, 2, generator).accepted(CALL);
        let partner = |fold: &[usize]| fold.iter().find(|row| **row != 0 && **row < 4).map(|row| row - 1);
        partners_are_equally_likely(&["1", "2", "3"], seed, deal, partner)
    });
}

#[test]
fn depends_on_the_generator_only() {
    // Two dealings of 40 rows are the same with a chance below 10⁻¹⁰.
    for_all("seed", any::seed())
        .cases(16)
        .holds(|&seed| generator_decides(seed, |generator| k_fold(40, 2, generator).accepted(CALL)));
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

mod robust {
    use super::*;

    #[test]
    fn many_rows_are_mixed_in_every_call() {
        let n = judge::any::select(vec![14_usize, 42, 102, 152, 302]);
        for_all("n, seed", (n, any::seed())).cases(5).holds(|&(n, seed)| {
            many_rows_are_mixed(n, seed, Partitions::EquallyLikely, |generator| {
                k_fold(n, 2, generator).accepted(CALL)
            })
        });
    }

    #[test]
    fn pairs_are_equally_likely_for_any_number_of_folds() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            pairs_are_equally_likely(seed, |k, generator| k_fold(2 * k, k, generator).accepted(CALL))
        });
    }

    #[test]
    fn splits_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let deal = |generator: &mut Generator| k_fold(3, 2, generator).accepted(CALL);
            successive_splits_are_independent(seed, deal, |folds| only_one(folds, 0..3))
        });
    }

    #[test]
    fn every_row_is_equally_likely_to_be_alone() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let deal = |generator: &mut Generator| k_fold(3, 2, generator).accepted(CALL);
            alone_is_equally_likely(&["row 0", "row 1", "row 2"], seed, deal, |folds| only_one(folds, 0..3))
        });
    }

    #[test]
    fn every_order_is_equally_likely() {
        example(|| {
            let deal = |generator: &mut Generator| k_fold(3, 2, generator).accepted(CALL);
            no_order_is_more_likely(&["row 0", "row 1", "row 2"], deal, |folds| only_one(folds, 0..3))
        });
    }

    #[test]
    fn rejects_an_invalid_number_of_folds() {
        example(|| {
            for (n, k) in [(4, 0), (4, 1), (4, 5), (1, 1), (1, 2), (0, 0), (0, 2), (3, usize::MAX)] {
                let want =
                    InputError::OutOfRange { name: "k", got: k as f64, wanted: "2 to the number of rows" };
                let look = "One fold leaves no training set; more folds than rows leave some empty.";
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
    fn rejects_an_invalid_number_of_folds_of_any_size() {
        let more = judge::any::select(vec![1_usize, 2, 40, 1 << 32]);
        let inputs = (many(2..=4), more, 0..2_usize)
            .prop_flat_map(|(n, more, few)| (Just(n), place(2), Just(more), Just(few)));
        for_all("n, which, more, few", inputs).cases(64).holds(|&(n, which, more, few)| {
            let k = if which == 0 { few } else { n + more };
            let want = InputError::OutOfRange { name: "k", got: k as f64, wanted: "2 to the number of rows" };
            let look = "From 2 folds to as many as there are rows.";
            rejected(CALL, k_fold(n, k, &mut Generator::from_seed(1)), want, look)?;
            let folds = k_fold(n, n, &mut Generator::from_seed(1)).accepted("k_fold(n, n, …)")?;
            each_row_once("k_fold(n, n, …)", &folds, n, n)
        });
    }

    #[test]
    fn is_a_partition_for_any_size() {
        let inputs = any::size(2..=12, 1025)
            .prop_flat_map(|n| (Just(n), prop_oneof![2..=n, 2..=n.min(5), Just(n.min(40))], any::seed()));
        for_all("n, k, seed", inputs).cases(96).holds(|&(n, k, seed)| {
            let folds = k_fold(n, k, &mut Generator::from_seed(seed)).accepted(CALL)?;
            each_row_once(&format!("k_fold({n}, {k}, …)"), &folds, n, k)?;
            even(&format!("rows of k_fold({n}, {k}, …)"), &folds, |_| true, 1)
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        let n = judge::any::select(vec![40_usize, 65, 101, 257, 1025]);
        for_all("n, seed", (n, any::seed()))
            .cases(16)
            .holds(|&(n, seed)| generator_decides(seed, |generator| k_fold(n, 2, generator).accepted(CALL)));
    }
}
