//! Inputs through the whole range: sizes from a ladder, magnitudes from tiny to huge, entries of different sizes in one
//! input, numbers that only `f64` distinguishes, ties. A small case can be followed by hand; these cannot, so a law draws
//! them in addition to the eighths and never instead: the first branch of each strategy is small, and a counterexample shrinks
//! to it.

use std::ops::RangeInclusive;

use kit::Matrix;
use proptest::prelude::*;

use super::number::Number;
use super::part::{part, select, vec};
use super::small::eighth;

/// The sizes at which programs are wrong that were tried on small inputs only: just beyond powers of two, beyond what
/// fits a page, and well beyond a hundred.
const LADDER: [usize; 9] = [8, 9, 17, 33, 65, 101, 129, 257, 1025];

/// A size from `small`, and one time in eight a rung of the ladder 8, 9, 17, 33, 65, 101, 129, 257, 1025 up to `most`.
///
/// Use it in *every* dimension of a kata: rows, columns, classes, steps, points, channels. `most` is what the law can
/// afford; at least 101 where a size is a number of samples or entries, at least 33 for features and columns.
pub fn size(small: RangeInclusive<usize>, most: usize) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    let rungs: Vec<usize> = LADDER.iter().copied().filter(|rung| *rung <= most).collect();
    let rungs = if rungs.is_empty() { vec![most] } else { rungs };
    part(prop_oneof![7 => small, 1 => select(rungs)])
}

/// A size from `small`, and one time in four any other up to `most`: just beyond powers of two as in [`size`], even ones and
/// multiples of 16, and any between 7 and `most`, spread evenly over the orders of magnitude.
///
/// For programs that are wrong for some sizes only: where nothing is left over from blocks of eight, or from 258 to 1000.
pub fn length(
    small: RangeInclusive<usize>,
    most: usize,
) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    const ROUND: [usize; 18] =
        [10, 12, 14, 16, 20, 24, 32, 48, 64, 96, 100, 128, 200, 256, 300, 512, 600, 1000];
    let up_to = |sizes: &[usize]| -> Vec<usize> {
        let fitting: Vec<usize> = sizes.iter().copied().filter(|size| *size <= most).collect();
        if fitting.is_empty() { vec![most] } else { fitting }
    };
    let orders = (7.0_f64.min(most as f64).ln(), (most as f64 + 1.0).ln());
    let any_other = (0.0..1.0_f64)
        .prop_map(move |share| ((orders.0 + share * (orders.1 - orders.0)).exp() as usize).min(most));
    part(prop_oneof![9 => small, 1 => select(up_to(&LADDER)), 1 => select(up_to(&ROUND)), 1 => any_other])
}

/// A number of either sign whose size is spread evenly over the orders of magnitude from 10^`low` to 10^`high`.
///
/// Around each power of ten that is likely to be somebody's cut-off (10⁻¹², 10⁻⁹, 10⁻⁶, 10⁻³, 1, 10³, 10⁶, 10⁹) it often lies just
/// below or just above.
pub fn magnitude(low: i32, high: i32) -> impl Strategy<Value = f64> + Send + Sync + Clone {
    part(Number::Magnitude { low, high })
}

/// A number that `f32` takes for a neighbor: an eighth and a few units in the tenth decimal place.
pub fn fine() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    part(Number::Fine)
}

/// Mostly eighths; else a number that only `f64` distinguishes from its neighbors, or one of any magnitude from 10⁻¹² to 10⁷.
///
/// The usual entry of a wide input. Sums and products of these are not exact: tolerances follow from
/// [`crate::rounding`] with the sizes of what is added up.
pub fn wide() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    part(Number::Wide)
}

/// Entries of one input: all eighths, all tiny, all huge, of very different sizes next to each other, or with many ties.
pub fn wide_vector(length: RangeInclusive<usize>) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    size(length, 257).prop_flat_map(entries)
}

/// Several vectors of one length, each as in [`wide_vector`].
pub fn wide_vectors<const K: usize>(
    length: RangeInclusive<usize>,
) -> impl Strategy<Value = [Vec<f64>; K]> + Send + Sync + Clone {
    size(length, 257).prop_flat_map(|n| std::array::from_fn(|_| entries(n)))
}

/// So many entries, as in [`wide_vector`].
pub fn entries(n: usize) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    part(prop_oneof![
        4 => vec(eighth(), n),
        2 => vec(wide(), n),
        1 => vec(magnitude(-8, -4), n),
        1 => vec(magnitude(3, 7), n),
        1 => vec(select(vec![-1.0, 0.0, 0.5]), n),
    ])
}

/// A matrix whose rows and columns number as given, and now and then many more: up to 129 rows and 33 columns. Rarely square;
/// entries as in [`wide_vector`].
pub fn wide_matrix(
    rows: RangeInclusive<usize>,
    cols: RangeInclusive<usize>,
) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (size(rows, 129), size(cols, 33)).prop_flat_map(|(m, n)| matrix_of(m, n))
}

/// A matrix of this shape; entries as in [`wide_vector`].
pub fn matrix_of(rows: usize, cols: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    entries(rows * cols).prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
}

#[cfg(test)]
mod tests {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::*;

    fn drawn<T>(strategy: impl Strategy<Value = T>) -> Vec<T> {
        let mut runner = TestRunner::deterministic();
        (0..2000).map(|_| strategy.new_tree(&mut runner).expect("it draws").current()).collect()
    }

    #[test]
    fn sizes_reach_the_top_of_the_ladder_and_no_further() {
        let sizes = drawn(size(0..=4, 129));
        assert!(sizes.contains(&129) && sizes.contains(&0) && sizes.iter().all(|n| *n <= 129));
        assert_eq!(drawn(size(2..=2, 5)).iter().max(), Some(&5));
    }

    #[test]
    fn lengths_reach_every_order_and_no_further() {
        let sizes = drawn(length(0..=4, 1025));
        for range in [0..=4_usize, 10..=16, 18..=31, 34..=60, 130..=250, 258..=1000, 1025..=1025] {
            assert!(sizes.iter().filter(|n| range.contains(*n)).count() > 5, "{range:?}");
        }
        assert!(sizes.iter().filter(|n| **n > 8 && n.is_multiple_of(2)).count() > 100);
        assert!(sizes.iter().all(|n| *n <= 1025));
        assert_eq!(drawn(length(2..=2, 5)).iter().max(), Some(&5));
    }

    #[test]
    fn magnitudes_cover_each_order_and_both_sides_of_the_cut_offs() {
        let numbers = drawn(magnitude(-12, 7));
        assert!(numbers.iter().all(|x| (1e-12..=1e7).contains(&x.abs())));
        for order in -12..7 {
            let range = 10_f64.powi(order)..10_f64.powi(order + 1);
            assert!(numbers.iter().any(|x| range.contains(&x.abs())), "10^{order}");
        }
        assert!(numbers.iter().any(|x| x.abs() < 1e6 && x.abs() > 0.999_999e6));
        assert!(numbers.iter().any(|x| *x < 0.0) && numbers.iter().any(|x| *x > 0.0));
    }

    #[test]
    fn fine_numbers_are_lost_in_single_precision() {
        let lost = drawn(fine()).iter().filter(|x| f64::from(**x as f32) != **x).count();
        assert!(lost > 1000, "{lost}");
    }

    #[test]
    fn a_wide_vector_shrinks_to_what_one_can_follow() {
        let mut runner = TestRunner::deterministic();
        let found = runner.run(&wide_vector(0..=6), |x| {
            if x.len() > 1 { Err(proptest::test_runner::TestCaseError::fail("long")) } else { Ok(()) }
        });
        let Err(proptest::test_runner::TestError::Fail(_, smallest)) = found else { panic!("{found:?}") };
        assert_eq!(smallest, [0.0, 0.0]);
    }
}
