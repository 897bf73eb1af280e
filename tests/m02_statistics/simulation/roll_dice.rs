use judge::{Broken, any, drawn_with, ensure, equal, example, for_all};
use katas::m02_statistics::simulation::roll_dice;
use kit::Generator;
use proptest::prelude::prop_oneof;

use crate::m02_statistics::pairs;

fn rolls(n: usize, seed: u64) -> Vec<u8> {
    roll_dice(n, &mut Generator::from_seed(seed))
}

#[test]
fn returns_faces_from_1_to_6() {
    for_all("n, seed", (any::size(1..=40, 1025), any::seed())).holds(|&(n, seed)| {
        let got = rolls(n, seed);
        ensure(got.iter().all(|face| (1..=6).contains(face)), || {
            let look = "A die has the faces 1 to 6. Where does your range start, and is its end included?";
            Broken::answer(format!("roll_dice(n, generator) = {got:?}"), "only 1, 2, 3, 4, 5 and 6", look)
        })
    });
}

#[test]
fn returns_n_rolls() {
    for_all("n, seed", (any::size(0..=40, 1025), any::seed())).holds(|&(n, seed)| {
        let look = "One face for each roll.";
        equal("roll_dice(n, generator).len()", rolls(n, seed).len(), n, look)
    });
}

/// By relative entropy (Agrawal) on 20,000 rolls. Power: a die one of whose faces is off by 0.06 is overlooked with a
/// chance below 1e-9; one that never shows six is off by 0.167.
#[test]
fn makes_all_faces_equally_likely() {
    for_all("seed", any::seed()).cases(8).holds(|&seed| {
        let mut counts = [0; 7];
        for face in rolls(20_000, seed) {
            counts[usize::from(face.min(6))] += 1;
        }
        let look = "Every face has probability 1/6. A remainder modulo 6 of a range that 6 does not divide \
                    favors some faces (modulo bias), rounding halves the outer ones.";
        drawn_with("roll_dice(20000, generator)", &[1, 2, 3, 4, 5, 6], &counts[1..], &[1.0 / 6.0; 6], look)
    });
}

#[test]
fn is_reproducible() {
    for_all("n, seed", (1..=40_usize, any::seed())).holds(|&(n, seed)| {
        let look = "All random numbers have to come from the generator, so that a run is reproducible.";
        equal("roll_dice(n, generator), a second time", rolls(n, seed), rolls(n, seed), look)
    });
}

/// Two runs of forty rolls are equal with the chance 6⁻⁴⁰ < 1e-31.
#[test]
fn advances_the_generator() {
    for_all("seed", any::seed()).holds(|&seed| {
        let mut generator = Generator::from_seed(seed);
        let (first, second) = (roll_dice(100, &mut generator), roll_dice(100, &mut generator));
        let shift = pairs::shift(&first, &second, 40);
        ensure(shift.is_none(), || {
            let look = "Draw from the generator in the argument, not from a copy of it or one with a fixed \
                        seed: its state moves on by all numbers drawn.";
            let got = format!(
                "the second of two calls in a row repeats the 100 rolls of the first from roll {} on",
                shift.unwrap_or_default()
            );
            Broken::answer(got, "new rolls in the second call", look)
        })
    });
}

/// Two runs of a hundred rolls are equal with the chance 6⁻¹⁰⁰ < 1e-77.
#[test]
fn depends_on_the_seed() {
    example(|| {
        ensure(rolls(100, 1) != rolls(100, 2), || {
            let look = "Do the rolls depend on the generator in the argument, or on one with a fixed seed?";
            Broken::answer("the same 100 rolls with the seeds 1 and 2", "other rolls with another seed", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::simulation::roll_dice;
        let mut generator = kit::Generator::from_seed(7);
        let rolls = roll_dice(100, &mut generator);
        assert_eq!(rolls.len(), 100);
        assert!(rolls.iter().all(|face| (1..=6).contains(face)));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn returns_nothing_for_no_rolls() {
        example(|| equal("roll_dice(0, generator)", rolls(0, 1), vec![], "No rolls: an empty Vec."))
    }

    /// By relative entropy on about 10,000 pairs, none of which shares a roll with another, each of the 36 pairs with
    /// probability 1/36. Power: any event of a pair that is off by 0.11 is overlooked with a chance below 1e-9; a die that
    /// shows each face twice makes equal pairs certain.
    #[test]
    fn draws_independent_rolls() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            let rolls = rolls(20_000, seed);
            let kinds: Vec<String> = (0..36).map(|k| format!("({}, {})", k / 6 + 1, k % 6 + 1)).collect();
            for (apart, late) in pairs::EACH.into_iter().chain(pairs::FAR.map(|apart| (apart, false))) {
                let mut counts = [0; 36];
                for pair in pairs::disjoint(&rolls, apart, late) {
                    let [first, second] = pair.map(|face| usize::from(face.clamp(1, 6) - 1));
                    counts[6 * first + second] += 1;
                }
                let look = "Each of the 36 pairs of two rolls has probability 1/36. Is every face drawn \
                            anew, independent of the rolls before?";
                let call = format!("roll_dice(20000, generator), rolls {apart} apart");
                drawn_with(&call, &kinds, &counts, &[1.0 / 36.0; 36], look)?;
            }
            Ok(())
        });
    }

    /// By relative entropy on 4,000 runs of 60 rolls and on their 60,000 fours and 48,000 fives of rolls. A six comes
    /// just ten times in 60 with the probability 0.137, four rolls are equal with 1/216, five with 1/1296. Power: a share
    /// of 0.23 for the first, of 0.0012 for the second, or of 0 for the third is overlooked with a chance below 1e-9.
    #[test]
    fn has_no_memory() {
        example(|| {
            let mut generator = Generator::from_seed(11);
            let (mut tens, mut fours, mut fives) = ([0; 2], [0; 2], [0; 2]);
            for _ in 0..4000 {
                let rolls = roll_dice(60, &mut generator);
                tens[usize::from(rolls.iter().filter(|&&face| face == 6).count() != 10)] += 1;
                for (length, counts) in [(4, &mut fours), (5, &mut fives)] {
                    for run in rolls.chunks_exact(length) {
                        counts[usize::from(run.iter().any(|face| *face != run[0]))] += 1;
                    }
                }
            }
            // 60!/(10!·50!)·5⁵⁰/6⁶⁰
            let ten: f64 = (1..=10).map(|k| f64::from(50 + k) / f64::from(k) / 6.0).product::<f64>()
                * (5.0_f64 / 6.0).powi(50);
            let look = "Equally likely does not mean equally often: the number of sixes varies at random.";
            drawn_with(
                "sixes in roll_dice(60, generator)",
                &["just ten", "another number"],
                &tens,
                &[ten, 1.0 - ten],
                look,
            )?;
            let look = "After three or four equal rolls the same face has probability 1/6, like any other.";
            for (call, counts, equal) in
                [("four rolls", fours, 1.0 / 216.0), ("five rolls", fives, 1.0 / 1296.0)]
            {
                drawn_with(call, &["all equal", "not all equal"], &counts, &[equal, 1.0 - equal], look)?;
            }
            Ok(())
        });
    }

    /// By relative entropy on 400 calls, or down to 40 for many rolls. Power: a face that is off by 0.4 in one place of 400 calls,
    /// or by 0.05 among all rolls of many, is overlooked with a chance below 1e-9.
    #[test]
    fn draws_every_roll_in_the_same_way() {
        let fixed = judge::any::select(vec![1, 2, 13, 41, 151, 301_usize]);
        let n = prop_oneof![1 => fixed, 1 => any::length(1..=12, 1025), 1 => 1026..=10_000_usize];
        for_all("n, seed", (n, any::seed())).cases(16).holds(|&(n, seed)| {
            let mut generator = Generator::from_seed(seed);
            let mut counts = [[0; 6]; 3];
            let mut both = [[0; 36]; 3];
            let calls = (200_000 / n).clamp(40, 400);
            let mut all = [0; 6];
            for _ in 0..calls {
                let rolls = roll_dice(n, &mut generator);
                rolls.iter().for_each(|face| all[usize::from(face.clamp(&1, &6) - 1)] += 1);
                equal("roll_dice(n, generator).len()", rolls.len(), n, "One face for each roll.")?;
                for (counts, (_, i)) in counts.iter_mut().zip(pairs::places(n)) {
                    counts[usize::from(rolls[i].clamp(1, 6) - 1)] += 1;
                }
                for ([a, b], both) in pairs::ends(n).into_iter().zip(&mut both) {
                    let face = |place: usize| usize::from(rolls[pairs::places(n)[place].1].clamp(1, 6) - 1);
                    both[6 * face(a) + face(b)] += 1;
                }
            }
            let call = format!("all rolls of {calls} calls of roll_dice(n, generator)");
            let look = "Every face has probability 1/6, for every number of rolls.";
            drawn_with(&call, &[1, 2, 3, 4, 5, 6], &all, &[1.0 / 6.0; 6], look)?;
            let kinds: Vec<String> = (0..36).map(|k| format!("({}, {})", k / 6 + 1, k % 6 + 1)).collect();
            for ([a, b], both) in pairs::ends(n).into_iter().zip(&both) {
                let (first, second) = (pairs::places(n)[a].0, pairs::places(n)[b].0);
                let look = "No roll depends on another, however far apart they are.";
                let call = format!("{first} and {second} roll of roll_dice(n, generator), in {calls} calls");
                drawn_with(&call, &kinds, both, &[1.0 / 36.0; 36], look)?;
            }
            for (counts, (place, _)) in counts.iter().zip(pairs::places(n)) {
                let look = "Each face has probability 1/6 in every roll, also in the first and in the last.";
                let call = format!("{place} roll of roll_dice(n, generator), in {calls} calls");
                drawn_with(&call, &[1, 2, 3, 4, 5, 6], counts, &[1.0 / 6.0; 6], look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_reproducible_for_every_number_of_rolls() {
        let fixed = judge::any::select(vec![1, 17, 51, 101, 1025, 20_000]);
        let n = prop_oneof![1 => fixed, 1 => any::length(1..=40, 1025), 1 => 1026..=20_000_usize];
        for_all("n, seed", (n, any::seed())).cases(16).holds(|&(n, seed)| {
            let (mut generator, mut same) = (Generator::from_seed(seed), Generator::from_seed(seed));
            let (first, second) = (roll_dice(n, &mut generator), roll_dice(n, &mut same));
            let look = "All random numbers have to come from the generator, for every number of rolls.";
            ensure(generator == same, || {
                Broken::answer(
                    "two calls from the same state lead to different states",
                    "the same state",
                    look,
                )
            })?;
            equal("the number of rolls", first.len(), n, look)?;
            let off = (0..n).find(|&i| first[i] != second[i]);
            equal("the first index at which two calls from the same state differ", off, None, look)
        });
    }
}
