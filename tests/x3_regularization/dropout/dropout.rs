use judge::any::select;
use judge::{
    Answer, Broken, Verdict, any, close, drawn_with, ensure, equal, example, for_all, rejected, rejected_for,
    rounding,
};
use katas::x3_regularization::dropout::dropout;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{fault, matrix, wrong_matrix};
use super::super::rejection::reasons;

const CALL: &str = "dropout(x, rate, generator)";

/// p, at least 0 and below 1.
fn rate() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let any_rate = any::part(0.0..1.0_f64);
    let special = select(vec![0.0, 0.25, 0.5, 0.75, 0.999, 1e-9, 1.0 - 1e-9, 1.0_f64.next_down()]);
    prop_oneof![2 => any_rate, 1 => special]
}

/// The mask, after it was checked entry by entry.
fn masked(x: &Matrix, rate: f64, generator: &mut Generator) -> Result<Matrix, Broken> {
    let (y, mask) = dropout(x, rate, generator).accepted(CALL)?;
    let look = "Output and mask have the shape of x.";
    equal("the shapes of y and the mask", (y.shape(), mask.shape()), (x.shape(), x.shape()), look)?;
    let kept = 1.0 / (1.0 - rate);
    for (k, (m, y)) in mask.as_slice().iter().zip(y.as_slice()).enumerate() {
        if *m != 0.0 {
            let look = "An entry that is kept is divided by 1 − p, so that the expectation stays.";
            close(&format!("entry {k} of the mask"), *m, kept, rounding(4, kept), look)?;
        }
        let want = x.as_slice()[k] * m;
        let look = "The output is x times the mask, entry by entry.";
        close(&format!("entry {k} of y"), *y, want, rounding(8, want), look)?;
    }
    Ok(mask)
}

fn is_kept(mask: &Matrix, k: usize) -> usize {
    usize::from(mask.as_slice()[k] != 0.0)
}

#[test]
fn kept_entries_are_scaled_and_the_others_are_0() {
    let inputs = (any::any_matrix(1..=4, 1..=4), rate(), any::seed());
    for_all("x, rate, seed", inputs)
        .holds(|(x, rate, seed)| masked(x, *rate, &mut Generator::from_seed(*seed)).map(|_| ()));
}

#[test]
fn entries_are_dropped_with_the_probability_p() {
    let rates = select(vec![0.1, 0.25, 0.5, 0.8, 0.9, 0.004, 0.996]);
    for_all("rate, seed", (rates, any::seed())).cases(8).holds(|&(rate, seed)| {
        let (mut generator, mut kept) = (Generator::from_seed(seed), 0);
        // A rare kind needs more entries.
        let masks = if (0.1..=0.9).contains(&rate) { 4 } else { 16 };
        for _ in 0..masks {
            let mask = masked(&Matrix::from_fn(40, 20, |_, _| 1.0), rate, &mut generator)?;
            kept += (0..800).map(|k| is_kept(&mask, k)).sum::<usize>();
        }
        let look = "p is the probability of 0, not of staying.";
        drawn_with("the mask", &["0", "1/(1 − p)"], &[800 * masks - kept, kept], &[rate, 1.0 - rate], look)
    });
}

#[test]
fn a_rate_of_0_changes_nothing() {
    for_all("x, seed", (any::any_matrix(1..=5, 1..=5), any::seed())).cases(64).holds(|(x, seed)| {
        let (y, mask) = dropout(x, 0.0, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let look = "With p = 0 nothing is dropped.";
        equal("y", &y, x, look)?;
        equal("the mask", mask, Matrix::from_fn(x.rows(), x.cols(), |_, _| 1.0), look)
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("n, seed", (any::select(vec![40_usize, 101, 257, 301]), any::seed())).cases(24).holds(
        |&(n, seed)| {
            let x = Matrix::from_fn(n, 4, |i, j| (i + j) as f64 + 0.5);
            let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
            let mask = masked(&x, 0.5, &mut first)?;
            let look = "What else than the generator decides? A static, the clock?";
            equal("the mask from the same state", masked(&x, 0.5, &mut again)?, mask.clone(), look)?;
            // Two masks of 160 fair entries agree with a chance of 2⁻¹⁶⁰.
            let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
            for (what, other) in [
                ("the state that was left behind", masked(&x, 0.5, &mut first)?),
                ("another seed", masked(&x, 0.5, &mut Generator::from_seed(seed ^ 1))?),
            ] {
                ensure(other != mask, || {
                    Broken::answer(format!("the same mask from {what}"), "another mask", look)
                })?;
            }
            Ok(())
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::dropout::dropout;
        use kit::{Generator, Matrix};
        let x = Matrix::from_rows([[1.0, -2.0, 3.0]]);
        let (y, mask) = dropout(&x, 0.5, &mut Generator::from_seed(1))?;
        assert!((0..3).all(|j| mask[(0, j)] == 0.0 || mask[(0, j)] == 2.0));
        assert!((0..3).all(|j| y[(0, j)] == x[(0, j)] * mask[(0, j)]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    /// Counts in how many pairs none, the second, the first or both are kept.
    fn independent(what: &str, pairs: &[[usize; 2]], rate: f64) -> Verdict {
        let mut counts = [0; 4];
        pairs.iter().for_each(|[first, second]| counts[2 * first + second] += 1);
        let names = ["none kept", "the second kept", "the first kept", "both kept"];
        let kept = 1.0 - rate;
        let wanted = [rate * rate, rate * kept, kept * rate, kept * kept];
        let look = "Each entry is drawn by itself: not one number per row or column, and no exact share.";
        drawn_with(what, &names, &counts, &wanted, look)
    }

    #[test]
    fn entries_are_independent_of_their_neighbors() {
        for_all("rate, seed", (select(vec![0.25, 0.5, 0.7]), any::seed())).cases(4).holds(|&(rate, seed)| {
            let mask = masked(&Matrix::from_fn(60, 60, |_, _| 1.0), rate, &mut Generator::from_seed(seed))?;
            let pairs = |[down, right]: [usize; 2], step: [usize; 2]| -> Vec<[usize; 2]> {
                let places = (0..30 * 30).map(|k| [k / 30 * step[0], k % 30 * step[1]]);
                places
                    .map(|[i, j]| [60 * i + j, 60 * (i + down) + j + right].map(|k| is_kept(&mask, k)))
                    .collect()
            };
            independent("two entries of one row", &pairs([0, 1], [2, 2]), rate)?;
            independent("two entries of one column", &pairs([1, 0], [2, 2]), rate)?;
            independent("the halves of one row", &pairs([0, 30], [2, 1]), rate)?;
            independent("the halves of one column", &pairs([30, 0], [1, 2]), rate)
        });
    }

    #[test]
    fn each_entry_is_dropped_now_and_then() {
        let numbers = select(vec![[0.0, 1.0], [-3.0, 0.5], [1e9, -1e-9], [1e-200, 8.0]]);
        let inputs = (any::sizes([1..=5, 1..=5], [301, 301]), numbers, any::seed());
        for_all("[n, d], two numbers, seed", inputs).cases(16).holds(|&([n, d], numbers, seed)| {
            let x = Matrix::from_fn(n, d, |i, j| numbers[(i + j) % 2]);
            let (mut generator, mut kept) = (Generator::from_seed(seed), vec![0; n * d]);
            let mut numbers_kept = Vec::new();
            for _ in 0..56 {
                let (_, mask) = dropout(&x, 0.5, &mut generator).accepted(CALL)?;
                equal("the shape of the mask", mask.shape(), (n, d), "As x.")?;
                kept.iter_mut().enumerate().for_each(|(k, kept)| *kept += is_kept(&mask, k));
                let among = |places: &mut dyn Iterator<Item = usize>| {
                    places.filter(|k| is_kept(&mask, *k) == 1).count()
                };
                let row = among(&mut (0..d));
                numbers_kept.push([among(&mut (0..n * d)), row, among(&mut (0..n).map(|i| i * d))]);
            }
            for (j, what) in ["the mask", "its first row", "its first column"].into_iter().enumerate() {
                let look = "Each entry is drawn by itself: their number varies.";
                let varies = numbers_kept.iter().any(|kept| kept[j] != numbers_kept[0][j]);
                ensure(varies, || {
                    let got = format!("{} entries of {what} kept in each of 56 masks", numbers_kept[0][j]);
                    Broken::answer(got, "now more, now fewer", look)
                })?;
            }
            let look = "Each entry is dropped with the probability p, wherever it stands and whatever it is.";
            // That a fair entry is kept 56 times in a row, or never, has a chance of 2⁻⁵⁵.
            ensure(kept.iter().all(|kept| (1..56).contains(kept)), || {
                let same = kept.iter().position(|kept| !(1..56).contains(kept)).unwrap_or(0);
                let got = format!("entry {same} kept in {} of 56 masks", kept[same]);
                Broken::answer(got, "now and then, as p = 0.5 says", look)
            })?;
            let total: usize = kept.iter().sum();
            drawn_with("the masks", &["0", "2"], &[56 * n * d - total, total], &[0.5, 0.5], look)
        });
    }

    #[test]
    fn masks_do_not_repeat() {
        let shapes = select(vec![[40_usize, 50], [50, 40], [2000, 1], [1, 2000]]);
        for_all("[n, d], seed", (shapes, any::seed())).cases(4).holds(|&([n, d], seed)| {
            let (mut generator, x) = (Generator::from_seed(seed), Matrix::from_fn(n, d, |_, _| 1.0));
            let mut kept = Vec::new();
            for _ in 0..2 {
                let mask = masked(&x, 0.5, &mut generator)?;
                kept.extend((0..n * d).map(|k| is_kept(&mask, k)));
            }
            // Of 400 fair pairs fewer than 100, or more than 300, agree with a chance below 10⁻²².
            for apart in 1..3600 {
                let agree = (0..400).filter(|&k| kept[k] == kept[k + apart]).count();
                ensure((100..=300).contains(&agree), || {
                    let got =
                        format!("{agree} of 400 entries as those {apart} places further, row after row");
                    let look = "Each entry of each mask has a number of its own from the generator.";
                    Broken::answer(got, "about half of them", look)
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn the_number_kept_varies() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            // Of four fair entries 0, 1, 2, 3 or 4 are kept.
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 5]);
            for _ in 0..800 {
                let mask = masked(&matrix(2, 2, &[1.0, -1.0, 3.0, 0.5]), 0.5, &mut generator)?;
                counts[(0..4).map(|k| is_kept(&mask, k)).sum::<usize>()] += 1;
            }
            let names: Vec<String> = (0..5).map(|kept| format!("{kept} kept")).collect();
            let look = "Each entry is drawn by itself, so now and then all of them stay.";
            drawn_with("the mask", &names, &counts, &[1.0, 4.0, 6.0, 4.0, 1.0].map(|k| k / 16.0), look)
        });
    }

    #[test]
    fn masks_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            let mut generator = Generator::from_seed(seed);
            let x = Matrix::from_fn(1, 2, |_, _| 1.0);
            let mut pairs = Vec::new();
            for _ in 0..800 {
                let [first, next] = [masked(&x, 0.5, &mut generator)?, masked(&x, 0.5, &mut generator)?];
                pairs.push([is_kept(&first, 1), is_kept(&next, 0)]);
            }
            independent("the last entry of a mask and the first of the next", &pairs, 0.5)
        });
    }

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let inputs =
            (any::sizes([1..=9, 1..=9], [301, 301]), any::kinds()).prop_flat_map(|([n, d], [kind, _])| {
                (
                    any::part(any::numbers(kind, n * d)).prop_map(move |x| matrix(n, d, &x)),
                    rate(),
                    any::seed(),
                )
            });
        for_all("x, rate, seed", inputs).cases(192).holds(|(x, rate, seed)| {
            let mask = masked(x, *rate, &mut Generator::from_seed(*seed))?;
            let places = x.rows() * x.cols();
            if places < 40 || *rate < 0.25 || *rate > 0.75 {
                return Ok(());
            }
            let kept: usize = (places - 40..places).map(|k| is_kept(&mask, k)).sum();
            ensure(kept > 0 && kept < 40, || {
                let look = "The last entries are dropped and kept as the others are.";
                Broken::answer(format!("{kept} of the last 40 entries kept"), "some, but not all", look)
            })
        });
    }

    #[test]
    fn a_tiny_rate_seldom_drops_and_one_near_1_seldom_keeps() {
        for_all("seed", any::seed()).cases(16).holds(|&seed| {
            let x = Matrix::from_fn(20, 50, |_, _| 1.0);
            for (rate, want) in [(1e-15, 1000), (1.0 - 1e-15, 0)] {
                let mask = masked(&x, rate, &mut Generator::from_seed(seed))?;
                let kept: usize = (0..1000).map(|k| is_kept(&mask, k)).sum();
                let look = "With a probability above 1 − 10⁻¹² this is what comes.";
                equal(&format!("the entries kept at a rate of {rate:?}"), kept, want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn accepts_empty_matrices_and_numbers_up_to_the_limit() {
        example(|| {
            for (n, d) in [(0, 0), (0, 3), (3, 0)] {
                masked(&Matrix::zeros(n, d), 0.5, &mut Generator::from_seed(1))?;
            }
            masked(&Matrix::from_rows([[1e150, -1e150]]), 1.0_f64.next_down(), &mut Generator::from_seed(1))
                .map(|_| ())
        });
    }

    #[test]
    fn rejects_rates_out_of_range() {
        let rates = vec![
            1.0,
            1.0_f64.next_up(),
            50.0,
            -1e-9,
            -1e-300,
            -1.0,
            f64::INFINITY,
            f64::NAN,
            f64::NEG_INFINITY,
        ];
        for_all("x, rate", (any::any_matrix(1..=3, 1..=3), select(rates))).cases(48).holds(|(x, rate)| {
            let want = InputError::OutOfRange { name: "rate", got: *rate, wanted: "at least 0 and below 1" };
            let look = "p = 1 leaves nothing; below 0 and above 1 there is no probability.";
            rejected(CALL, dropout(x, *rate, &mut Generator::from_seed(1)), want, look)
        });
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        let large = select(vec![1e150_f64.next_up(), -1e151, f64::MAX]);
        for_all("[n, d], [i, j], bad, large", (fault(1..=6), large)).cases(64).holds(
            |(([n, d], [i, j], bad), got)| {
                let asked = |x: Matrix| dropout(&x, 0.5, &mut Generator::from_seed(1));
                let look = "Check all entries, those that are dropped too; count row after row.";
                for got in [*bad, *got] {
                    let wants = reasons("x", i * d + j, got, "at most 10¹⁵⁰ in size");
                    rejected_for(CALL, asked(wrong_matrix([*n, *d], [*i, *j], got)), &wants, look)?;
                }
                Ok(())
            },
        );
    }
}
