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
///
/// One test of a thousand splits detects a smaller bias than three tests of six hundred each.
pub fn partners_are_equally_likely(
    names: &[&str],
    seed: u64,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
    partner: impl Fn(&[usize]) -> Option<usize>,
) -> Verdict {
    partners_equally_often(1000, names, seed, deal, partner)
}

fn partners_equally_often(
    dealings: usize,
    names: &[&str],
    seed: u64,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
    partner: impl Fn(&[usize]) -> Option<usize>,
) -> Verdict {
    let mut generator = Generator::from_seed(seed);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for _ in 0..dealings {
        let folds = deal(&mut generator)?;
        let with_0 = folds.iter().find(|fold| fold.contains(&0)).cloned().unwrap_or_default();
        *counts.entry(partner(&with_0).unwrap_or(names.len())).or_default() += 1;
    }
    let counts: Vec<usize> = (0..names.len()).map(|p| counts.get(&p).copied().unwrap_or(0)).collect();
    let look = "Without shuffling, sorted data leave whole classes out of the training set. Shuffle \
                before you split; where each class is split by itself, shuffle it with new numbers.";
    drawn_with("the partner of row 0", names, &counts, &vec![1.0 / names.len() as f64; names.len()], look)
}

/// Of 2k rows in k folds row 0 shares its fold with each other row equally often, whatever k is. `deal` makes folds of so many.
pub fn pairs_are_equally_likely(
    seed: u64,
    deal: impl Fn(usize, &mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
) -> Verdict {
    [3, 5, 8, 13, 41].into_iter().try_for_each(|k| {
        if k > 8 {
            generator_decides(seed, |generator| deal(k, generator))?;
        }
        let names: Vec<String> = (1..2 * k).map(|row| format!("{row} ({k} folds)")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let partner = |fold: &[usize]| fold.iter().find(|row| **row != 0 && **row < 2 * k).map(|row| row - 1);
        partners_equally_often(600, &names, seed, |generator| deal(k, generator), partner)
    })
}

/// Of all that could be the one without a partner, each is equally often. A row that is never moved is never alone.
pub fn alone_is_equally_likely<K: std::fmt::Display>(
    names: &[K],
    seed: u64,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
    alone: impl Fn(&[Vec<usize>]) -> Option<usize>,
) -> Verdict {
    alone_equally_often(1000, names, seed, deal, alone)
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

/// What the page of a kata says of its partitions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Partitions {
    /// All of the same sizes are equally likely.
    EquallyLikely,
    /// Only of any two it is said how often they are together.
    ByPairs,
}

/// Many rows, of which any is as likely as any other to be in a fold with any other, and later folds do not depend on earlier
/// ones: by relative entropy. `deal` makes two folds of n rows, n even, in no class or group.
///
/// Power: what has one of eight answers of probability about 1/8 is seen where one of them is off by 0.2 after 1500 calls.
pub fn many_rows_are_mixed(
    n: usize,
    seed: u64,
    partitions: Partitions,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
) -> Verdict {
    let mut generator = Generator::from_seed(seed);
    // Row 0 and three others: neighbors, the last one, and one from the middle.
    let others = [1, n / 2, n - 1];
    let (mut counts, mut successive, mut before) = ([0; 8], [0; 4], None);
    // There are at least 2ⁿ/(2n + 2) splits in two halves. Where groups stay together, there are more than 2⁶⁴.
    let bits = n as f64 - (2.0 * n as f64 + 2.0).log2();
    let fewest = match partitions {
        Partitions::EquallyLikely => (bits / 64.0).ceil() as usize,
        Partitions::ByPairs => 1 + usize::from(n >= 100),
    };
    for call in 0..1500 {
        let mut once = generator.clone();
        let folds = deal(&mut generator)?;
        each_row_once("the split", &folds, n, 2)?;
        // Each number has 64 bits: more than 2⁶⁴ splits that are equally likely cannot come from a single one.
        for drawn in 1..fewest {
            once.uniform();
            ensure(generator != once, || {
                let got = format!("a split of {n} rows draws {drawn} of the generator's numbers");
                let look = "So few numbers make only a small part of all splits. Is a \
                            copy of the generator used, or one with a seed of its own?";
                Broken::answer(got, format!("at least {fewest} numbers"), look)
            })?;
        }
        let of_0 = folds.iter().position(|fold| fold.contains(&0));
        let with_0 = |row: usize| of_0.is_some_and(|fold| folds[fold].contains(&row));
        counts[others.iter().fold(0, |bits, row| 2 * bits + usize::from(with_0(*row)))] += 1;
        // Of two calls in a row; each in one pair only, so that pairs are independent.
        let now = with_0(n - 1);
        match before.take() {
            Some(earlier) if call % 2 == 1 => successive[2 * usize::from(earlier) + usize::from(now)] += 1,
            _ => before = Some(now),
        }
    }
    // n/2 − 1 of the n − 1 others are with row 0.
    let (m, half) = (n as f64, n as f64 / 2.0);
    let probability = |bits: usize| {
        let (mut with, mut without, mut left, mut product) = (half - 1.0, half, m - 1.0, 1.0);
        for bit in [4, 2, 1] {
            let rest = if bits & bit > 0 { &mut with } else { &mut without };
            product *= *rest / left;
            *rest -= 1.0;
            left -= 1.0;
        }
        product
    };
    let kinds = (0..8).map(|bits| {
        let with = (0..3).filter(|i| bits & (4 >> i) > 0).map(|i| others[i].to_string()).collect::<Vec<_>>();
        format!("in the fold of row 0 of {n} are, of {others:?}, [{}]", with.join(", "))
    });
    let look =
        "Every partition is equally likely, whatever the number of rows: shuffle all of them, in every call.";
    let probabilities: Vec<f64> = (0..8).map(probability).collect();
    if partitions == Partitions::EquallyLikely {
        drawn_with("the split", &kinds.collect::<Vec<_>>(), &counts, &probabilities, look)?;
    }
    let together = (half - 1.0) / (m - 1.0);
    for (i, row) in others.iter().enumerate() {
        let with: usize = (0..8).filter(|bits| bits & (4 >> i) > 0).map(|bits| counts[bits]).sum();
        let names = [format!("row {row} with row 0"), format!("row {row} apart from row 0")];
        drawn_with("the split", &names, &[with, 1500 - with], &[together, 1.0 - together], look)?;
    }
    let kinds = ["apart, apart", "apart, together", "together, apart", "together, together"];
    let of = |bit: usize| if bit > 0 { together } else { 1.0 - together };
    let probabilities: Vec<f64> = (0..4).map(|bits| of(bits & 2) * of(bits & 1)).collect();
    let look = "A later split does not depend on the one before: the generator that was given moves on with \
                every number drawn. Is it copied?";
    drawn_with("the first and the last row in two splits in a row", &kinds, &successive, &probabilities, look)
}

/// Two splits in a row of a few rows are independent: `which` is one of three equally likely answers. One test
/// of three thousand pairs detects a weaker dependence than three tests of two thousand each.
pub fn successive_splits_are_independent(
    seed: u64,
    deal: impl Fn(&mut Generator) -> Result<Vec<Vec<usize>>, Broken>,
    which: impl Fn(&[Vec<usize>]) -> Option<usize>,
) -> Verdict {
    let mut generator = Generator::from_seed(seed);
    let mut counts = [0; 9];
    let mut next = || -> Result<usize, Broken> {
        let folds = deal(&mut generator)?;
        which(&folds).filter(|one| *one < 3).ok_or_else(|| {
            let got = format!("no row is alone in {folds:?}");
            Broken::answer(got, "three of a kind in two folds: two and one", "Deal them like cards.")
        })
    };
    for _ in 0..3000 {
        counts[3 * next()? + next()?] += 1;
    }
    let kinds = ["0, 0", "0, 1", "0, 2", "1, 0", "1, 1", "1, 2", "2, 0", "2, 1", "2, 2"];
    let look = "A later split does not depend on the one before: the generator that was given moves on with \
                every number drawn. Is it copied?";
    drawn_with("the row that is alone in two splits in a row", &kinds, &counts, &[1.0 / 9.0; 9], look)
}
