//! What is true of every split into folds.

use std::collections::BTreeMap;

use judge::{Broken, Verdict, drawn_with, ensure, equal};
use kit::Generator;

/// k folds, with each of n rows in exactly one of them.
pub fn each_row_once(call: &str, folds: &[Vec<usize>], n: usize, k: usize) -> Verdict {
    equal(&format!("the number of folds of {call}"), folds.len(), k, "k of them.")?;
    let mut rows = folds.concat();
    rows.sort_unstable();
    let look = "Each row is in exactly one fold.";
    equal(&format!("all rows in the folds of {call}, sorted,"), rows, (0..n).collect(), look)
}

/// How much the counts of these rows in two folds may differ.
pub fn even(what: &str, folds: &[Vec<usize>], counts: impl Fn(usize) -> bool, most: usize) -> Verdict {
    let each: Vec<usize> = folds.iter().map(|fold| fold.iter().filter(|row| counts(**row)).count()).collect();
    let (low, high) = (each.iter().min().copied().unwrap_or(0), each.iter().max().copied().unwrap_or(0));
    ensure(high - low <= most, || {
        let want = format!("numbers that differ by at most {most}");
        Broken::answer(
            format!("{what} in each of the folds {folds:?}: {each:?}"),
            want,
            "Deal them like cards, one to each in turn.",
        )
    })
}

/// Row 0 shares its fold with each of its possible partners equally often.
pub fn partners_are_equally_likely(
    names: &[&str],
    seed: u64,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
    partner: impl Fn(&[usize]) -> Option<usize>,
) -> Verdict {
    let mut generator = Generator::from_seed(seed);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for _ in 0..600 {
        let folds = deal(&mut generator)?;
        let with_0 = folds.iter().find(|fold| fold.contains(&0)).cloned().unwrap_or_default();
        *counts.entry(partner(&with_0).unwrap_or(names.len())).or_default() += 1;
    }
    let counts: Vec<usize> = (0..names.len()).map(|p| counts.get(&p).copied().unwrap_or(0)).collect();
    let look = "Without shuffling, sorted data leave whole classes out of the training set. Shuffle \
                before you split.";
    drawn_with("the partner of row 0", names, &counts, &vec![1.0 / names.len() as f64; names.len()], look)
}

/// Of all that could be the one without a partner, each is equally often. A row that is never moved is never alone.
pub fn alone_is_equally_likely<K: std::fmt::Display>(
    names: &[K],
    seed: u64,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
    alone: impl Fn(&[Vec<usize>]) -> Option<usize>,
) -> Verdict {
    alone_equally_often(600, names, seed, deal, alone)
}

/// The same for a single seed and so often that a small bias shows: a shuffle that exchanges each one with any, not only
/// with those that are left, is off by a tenth.
pub fn no_order_is_more_likely<K: std::fmt::Display>(
    names: &[K],
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
    alone: impl Fn(&[Vec<usize>]) -> Option<usize>,
) -> Verdict {
    alone_equally_often(16_000, names, 5, deal, alone)
}

fn alone_equally_often<K: std::fmt::Display>(
    dealings: usize,
    names: &[K],
    seed: u64,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
    alone: impl Fn(&[Vec<usize>]) -> Option<usize>,
) -> Verdict {
    let mut generator = Generator::from_seed(seed);
    let mut counts = vec![0; names.len()];
    for _ in 0..dealings {
        let folds = deal(&mut generator)?;
        let one = alone(&folds).filter(|one| *one < names.len());
        counts[one.ok_or_else(|| {
            let got = format!("no row is alone in {folds:?}");
            Broken::answer(got, "three of a kind in two folds: two and one", "Deal them like cards.")
        })?] += 1;
    }
    let look = "Each row is equally likely to be first. Does the shuffle move all rows, the first one too, \
                and is every order equally likely?";
    drawn_with("the one that is alone", names, &counts, &vec![1.0 / names.len() as f64; names.len()], look)
}

/// The only one of these rows in a fold.
pub fn only_one(folds: &[Vec<usize>], rows: std::ops::Range<usize>) -> Option<usize> {
    let among = |fold: &Vec<usize>| fold.iter().copied().filter(|row| rows.contains(row)).collect::<Vec<_>>();
    folds.iter().map(among).find_map(|fold| if let [row] = fold[..] { Some(row) } else { None })
}

/// The same state deals the same folds; the state left behind, and another seed, other ones.
pub fn generator_decides(
    seed: u64,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
) -> Verdict {
    let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
    let split = deal(&mut first)?;
    let look = "What else than the generator decides? A static, the clock, a hash map's order?";
    equal("the folds from the same state", deal(&mut again)?, split.clone(), look)?;
    let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
    let other = |next: Vec<Vec<usize>>, what: &str| {
        ensure(next != split, || Broken::answer(format!("the same folds from {what}"), "other folds", look))
    };
    other(deal(&mut first)?, "the state that was left behind")?;
    other(deal(&mut Generator::from_seed(seed ^ 1))?, "another seed")
}
