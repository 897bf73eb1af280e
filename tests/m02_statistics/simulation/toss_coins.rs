use judge::any::select;
use judge::{
    Answer, Broken, any, drawn_with, ensure, equal, example, for_all, mean_near, rejected, rejected_for,
};
use katas::m02_statistics::simulation::toss_coins;
use kit::{Generator, InputError};
use proptest::prelude::{Just, Strategy, prop_oneof};

use crate::m02_statistics::pairs;

fn tosses(n: usize, heads: f64, seed: u64) -> Result<Vec<bool>, Broken> {
    toss_coins(n, heads, &mut Generator::from_seed(seed)).accepted("toss_coins(n, p, generator)")
}

fn probability() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (0..=16_u8).prop_map(|k| f64::from(k) / 16.0)
}

fn counted(tosses: &[bool]) -> [usize; 2] {
    let heads = tosses.iter().filter(|&&toss| toss).count();
    [heads, tosses.len() - heads]
}

#[test]
fn returns_n_tosses() {
    for_all("n, p, seed", (any::size(0..=40, 1025), probability(), any::seed())).holds(|&(n, p, seed)| {
        let look = "n tosses, none for n = 0.";
        equal("toss_coins(n, p, generator).len()", tosses(n, p, seed)?.len(), n, look)
    });
}

/// By relative entropy (Agrawal) on 20,000 tosses; a probability of 0 or 1 leaves no room at all. Power: a coin that is
/// off by 0.06 is overlooked with a chance below 1e-9.
#[test]
fn shows_heads_with_probability_p() {
    for_all("p, seed", (probability(), any::seed())).cases(8).holds(|&(p, seed)| {
        let counts = counted(&tosses(20_000, p, seed)?);
        let look = "`true` is heads, and p is the probability of heads. A uniform number u in [0, 1) is \
                    below p with probability p.";
        drawn_with("toss_coins(20000, p, generator)", &["heads", "tails"], &counts, &[p, 1.0 - p], look)
    });
}

#[test]
fn shows_no_heads_for_0_and_only_heads_for_1() {
    for_all("n, p, seed", (any::size(1..=40, 1025), select(vec![0.0, 1.0, -0.0]), any::seed())).holds(
        |&(n, p, seed)| {
            let certain = p == 1.0;
            let look = "p = 0: never heads, p = 1: always heads. A uniform number is never 1, but can be 0.";
            equal(&format!("toss_coins(n, {p}, generator)"), tosses(n, p, seed)?, vec![certain; n], look)
        },
    );
}

#[test]
fn is_reproducible() {
    for_all("n, p, seed", (1..=40_usize, probability(), any::seed())).holds(|&(n, p, seed)| {
        let (first, second) = (tosses(n, p, seed)?, tosses(n, p, seed)?);
        let look = "All random numbers have to come from the generator, so that a run is reproducible.";
        equal("toss_coins(n, p, generator), a second time", second, first, look)
    });
}

/// Two runs of a hundred fair tosses are equal with the chance 2⁻¹⁰⁰ < 1e-30.
#[test]
fn advances_the_generator() {
    for_all("seed", any::seed()).holds(|&seed| {
        let mut generator = Generator::from_seed(seed);
        let mut call = || toss_coins(200, 0.5, &mut generator).accepted("toss_coins(200, 0.5, generator)");
        let (first, second) = (call()?, call()?);
        let shift = pairs::shift(&first, &second, 100);
        ensure(shift.is_none(), || {
            let look = "Draw from the generator in the argument, not from a copy of it or one with a fixed \
                        seed: its state moves on by all numbers drawn.";
            let got = format!(
                "the second of two calls in a row repeats the 200 tosses of the first from toss {} on",
                shift.unwrap_or_default()
            );
            Broken::answer(got, "new tosses in the second call", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::simulation::toss_coins;
        let mut generator = kit::Generator::from_seed(7);
        assert_eq!(toss_coins(3, 1.0, &mut generator), Ok(vec![true; 3]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    /// By relative entropy on 200,000 tosses. Power: a coin that is off by 0.017 is overlooked with a chance below 1e-9,
    /// one of 0.52 for 0.5 with one below 1e-18.
    #[test]
    fn keeps_probabilities_to_within_two_hundredths() {
        for_all("seed", any::seed()).cases(2).holds(|&seed| {
            for p in [0.5, 1.0 / 3.0, 0.28, 0.02, 0.98] {
                let counts = counted(&tosses(200_000, p, seed)?);
                let look = "p exactly, not rounded. Which fraction of the uniform numbers counts as heads?";
                let call = format!("toss_coins(200000, {p}, generator)");
                drawn_with(&call, &["heads", "tails"], &counts, &[p, 1.0 - p], look)?;
            }
            Ok(())
        });
    }

    /// By relative entropy. Power: with 10⁻¹⁸ two heads are too many, and a chance of 10⁻³ in its place makes fewer than two
    /// in 10,000 tosses with a chance of 5e-4; with 4·10⁻⁴, where 80 are expected in 200,000 tosses, none are too few, and so
    /// are none where 80 are expected in 2,000,000.
    #[test]
    fn is_accurate_for_small_probabilities() {
        for_all("seed", any::seed()).cases(2).holds(|&seed| {
            let rare = [(10_000, 1e-18), (200_000, 4e-4), (200_000, 1.0 - 4e-4), (2_000_000, 4e-5)];
            for (n, p) in rare {
                let counts = counted(&tosses(n, p, seed)?);
                let look = "A probability is any number from 0 to 1, not a multiple of 0.01 or 0.001. Is p \
                            rounded before it is compared?";
                let call = format!("toss_coins({n}, {p:e}, generator)");
                drawn_with(&call, &["heads", "tails"], &counts, &[p, 1.0 - p], look)?;
            }
            Ok(())
        });
    }

    /// By relative entropy on about 10,000 pairs, none of which shares a toss with another. Power: any event of a pair that
    /// is off by 0.08 is overlooked with a chance below 1e-9.
    #[test]
    fn draws_independent_tosses() {
        let p = prop_oneof![1 => Just(0.5), 1 => probability()];
        for_all("p, seed", (p, any::seed())).cases(6).holds(|&(p, seed)| {
            let tosses = tosses(20_000, p, seed)?;
            let q = 1.0 - p;
            for (apart, late) in pairs::EACH.into_iter().chain(pairs::FAR.map(|apart| (apart, false))) {
                let mut counts = [0; 4];
                for [first, second] in pairs::disjoint(&tosses, apart, late) {
                    counts[2 * usize::from(!first) + usize::from(!second)] += 1;
                }
                let kinds = ["heads, heads", "heads, tails", "tails, heads", "tails, tails"];
                let look = "Is every toss drawn anew, independent of the tosses before?";
                let call = format!("toss_coins(20000, p, generator), tosses {apart} apart");
                drawn_with(&call, &kinds, &counts, &[p * p, p * q, q * p, q * q], look)?;
            }
            Ok(())
        });
    }

    /// By relative entropy on 4,000 runs of 60 tosses and on their 60,000 fours of tosses. Heads come just thirty times in 60
    /// with the probability 0.1026, and four tosses are all heads with 1/16. Power: a share of 0.18 for the first, or of 0.048
    /// for the second, is overlooked with a chance below 1e-9.
    #[test]
    fn has_no_memory() {
        example(|| {
            let mut generator = Generator::from_seed(11);
            let (mut halves, mut fours) = ([0; 2], [0; 2]);
            for _ in 0..4000 {
                let tosses =
                    toss_coins(60, 0.5, &mut generator).accepted("toss_coins(60, 0.5, generator)")?;
                halves[usize::from(counted(&tosses)[0] != 30)] += 1;
                tosses.chunks_exact(4).for_each(|four| fours[usize::from(four.contains(&false))] += 1);
            }
            // 60!/(30!·30!)/2⁶⁰
            let half: f64 = (1..=30).map(|k| f64::from(30 + k) / f64::from(k) / 4.0).product();
            let look = "Equally likely does not mean equally often: the number of heads varies at random.";
            let call = "heads in toss_coins(60, 0.5, generator)";
            drawn_with(call, &["just thirty", "another number"], &halves, &[half, 1.0 - half], look)?;
            let look = "After three heads the fourth toss has probability ½, like any other.";
            drawn_with("four tosses", &["all heads", "not all heads"], &fours, &[0.0625, 0.9375], look)
        });
    }

    /// By Hoeffding's inequality on 2,000 runs: chance carries one of the 2016 pairs of places too far with 2e-11. Power: two
    /// places of which one repeats the other are never overlooked, and two that agree with 0.7 with a chance below 1e-11.
    #[test]
    fn any_two_tosses_agree_half_of_the_time() {
        example(|| {
            const RUNS: usize = 2000;
            let mut generator = Generator::from_seed(12);
            let mut heads = vec![[0_u64; RUNS.div_ceil(64)]; 64];
            for run in 0..RUNS {
                let tosses =
                    toss_coins(64, 0.5, &mut generator).accepted("toss_coins(64, 0.5, generator)")?;
                for (place, toss) in tosses.iter().enumerate() {
                    heads[place][run / 64] |= u64::from(*toss) << (run % 64);
                }
            }
            let differ = |i: usize, j: usize| -> u32 {
                heads[i].iter().zip(&heads[j]).map(|(a, b)| (a ^ b).count_ones()).sum()
            };
            for (i, j) in (0..64).flat_map(|j| (0..j).map(move |i| (i, j))) {
                let share = f64::from(differ(i, j)) / RUNS as f64;
                let call = format!("how often tosses {i} and {j} of 64 differ, in {RUNS} calls");
                let look = "No toss depends on another, wherever in the row they are.";
                mean_near(&call, share, RUNS, 1.0, 0.5, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_a_number_that_is_not_a_probability() {
        let outside =
            select(vec![-0.125, 1.125, 50.0, 1e9, -1.0, 1.0_f64.next_up(), -f64::MIN_POSITIVE, -1e300]);
        for_all("n, p", (any::size(0..=3, 257), outside)).holds(|&(n, p)| {
            let got = toss_coins(n, p, &mut Generator::from_seed(1));
            let want = InputError::OutOfRange { name: "heads", got: p, wanted: "0 ≤ p ≤ 1" };
            rejected(
                "toss_coins(n, p, generator)",
                got,
                want,
                "A probability is between 0 and 1, not a percentage.",
            )
        });
    }

    #[test]
    fn rejects_a_probability_that_is_not_finite() {
        for_all("n, p", (any::size(0..=3, 257), any::not_finite())).holds(|&(n, p)| {
            let got = toss_coins(n, p, &mut Generator::from_seed(1));
            let not_finite = InputError::NotFinite { name: "heads", index: 0 };
            let outside = InputError::OutOfRange { name: "heads", got: p, wanted: "0 ≤ p ≤ 1" };
            let look = "All comparisons with NaN are false. Check for NaN and infinity.";
            rejected_for("toss_coins(n, p, generator)", got, &[not_finite, outside], look)
        });
    }

    #[test]
    fn rejects_percent() {
        example(|| {
            let got = toss_coins(1, 50.0, &mut Generator::from_seed(1));
            let want = InputError::OutOfRange { name: "heads", got: 50.0, wanted: "0 ≤ p ≤ 1" };
            let look = "50 % is the probability 0.5. A number above 1 is a mistake, not certainty.";
            rejected("toss_coins(1, 50, generator)", got, want, look)
        });
    }

    /// By relative entropy on 400 calls, or down to 40 for many tosses. Power: heads that are off by 0.3 in one place of 400
    /// calls, or by 0.05 among all tosses of many, are overlooked with a chance below 1e-9.
    #[test]
    fn draws_every_toss_in_the_same_way() {
        let fixed = select(vec![1, 2, 13, 41, 151, 301_usize]);
        let n = prop_oneof![1 => fixed, 1 => any::length(1..=12, 1025), 1 => 1026..=10_000_usize];
        let p = select(vec![0.5, 0.25, 0.8125]);
        for_all("n, p, seed", (n, p, any::seed())).cases(16).holds(|&(n, p, seed)| {
            let mut generator = Generator::from_seed(seed);
            let (mut counts, mut both) = ([[0; 2]; 3], [[0; 4]; 3]);
            let calls = (200_000 / n).clamp(40, 400);
            let mut all = [0; 2];
            for _ in 0..calls {
                let tosses = toss_coins(n, p, &mut generator).accepted("toss_coins(n, p, generator)")?;
                equal("toss_coins(n, p, generator).len()", tosses.len(), n, "n tosses.")?;
                let heads = counted(&tosses);
                all = [all[0] + heads[0], all[1] + heads[1]];
                for (counts, (_, i)) in counts.iter_mut().zip(pairs::places(n)) {
                    counts[usize::from(!tosses[i])] += 1;
                }
                for ([a, b], both) in pairs::ends(n).into_iter().zip(&mut both) {
                    let tails = |place: usize| usize::from(!tosses[pairs::places(n)[place].1]);
                    both[2 * tails(a) + tails(b)] += 1;
                }
            }
            let q = 1.0 - p;
            let call = format!("all tosses of {calls} calls of toss_coins(n, p, generator)");
            let look = "Heads have probability p, for every number of tosses.";
            drawn_with(&call, &["heads", "tails"], &all, &[p, q], look)?;
            let kinds = ["heads, heads", "heads, tails", "tails, heads", "tails, tails"];
            for ([a, b], both) in pairs::ends(n).into_iter().zip(&both) {
                let (first, second) = (pairs::places(n)[a].0, pairs::places(n)[b].0);
                let look = "No toss depends on another, however far apart they are.";
                let call =
                    format!("{first} and {second} toss of toss_coins(n, p, generator), in {calls} calls");
                drawn_with(&call, &kinds, both, &[p * p, p * q, q * p, q * q], look)?;
            }
            for (counts, (place, _)) in counts.iter().zip(pairs::places(n)) {
                let look = "Heads have probability p in every toss, also in the first and in the last.";
                let call = format!("{place} toss of toss_coins(n, p, generator), in {calls} calls");
                drawn_with(&call, &["heads", "tails"], counts, &[p, q], look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_reproducible_for_every_number_of_tosses() {
        let fixed = select(vec![1, 17, 51, 101, 1025, 20_000]);
        let n = prop_oneof![1 => fixed, 1 => any::length(1..=40, 1025), 1 => 1026..=20_000_usize];
        for_all("n, p, seed", (n, probability(), any::seed())).cases(16).holds(|&(n, p, seed)| {
            let ask = || {
                let mut generator = Generator::from_seed(seed);
                let tosses = toss_coins(n, p, &mut generator).accepted("toss_coins(n, p, generator)");
                tosses.map(|tosses| (tosses, generator))
            };
            let ((first, after), (second, later)) = (ask()?, ask()?);
            let look = "All random numbers have to come from the generator, for every number of tosses.";
            ensure(after == later, || {
                Broken::answer(
                    "two calls from the same state lead to different states",
                    "the same state",
                    look,
                )
            })?;
            equal("the number of tosses", first.len(), n, look)?;
            let off = (0..n).find(|&i| first[i] != second[i]);
            equal("the first index at which two calls from the same state differ", off, None, look)
        });
    }
}
