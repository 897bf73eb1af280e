use judge::{Broken, any, drawn_with, ensure, equal, example, for_all};
use katas::m02_statistics::simulation::roll_dice;
use kit::Generator;

use crate::m02_statistics::pairs;

fn rolls(n: usize, seed: u64) -> Vec<u8> {
    roll_dice(n, &mut Generator::from_seed(seed))
}

#[test]
fn every_roll_is_one_of_the_six_faces() {
    for_all("n, seed", (1..=40_usize, any::seed())).holds(|&(n, seed)| {
        let got = rolls(n, seed);
        ensure(got.iter().all(|face| (1..=6).contains(face)), || {
            let look =
                "A die has no face 0 and none above 6. Where does your range begin, and is its end included?";
            Broken::answer(format!("roll_dice(n, generator) = {got:?}"), "only 1, 2, 3, 4, 5 and 6", look)
        })
    });
}

#[test]
fn as_many_rolls_come_back_as_were_asked_for() {
    for_all("n, seed", (0..=40_usize, any::seed())).holds(|&(n, seed)| {
        let look = "One face for each roll, none for no roll.";
        equal("roll_dice(n, generator).len()", rolls(n, seed).len(), n, look)
    });
}

#[test]
fn no_rolls_are_no_faces() {
    example(|| {
        equal("roll_dice(0, generator)", rolls(0, 1), vec![], "Nothing rolled, nothing shown: an empty Vec.")
    })
}

/// By relative entropy (Agrawal) on 20,000 rolls. Power: a die one of whose faces is off by 0.06 is overlooked with a
/// chance below 1e-9; one that never shows six is off by 0.167.
#[test]
fn the_six_faces_are_equally_likely() {
    for_all("seed", any::seed()).cases(8).holds(|&seed| {
        let mut counts = [0; 7];
        for face in rolls(20_000, seed) {
            counts[usize::from(face.min(6))] += 1;
        }
        let look = "Does every face have one sixth? A remainder of a range that 6 does not divide favors \
                    some faces, rounding halves the outer ones.";
        drawn_with("roll_dice(20000, generator)", &[1, 2, 3, 4, 5, 6], &counts[1..], &[1.0 / 6.0; 6], look)
    });
}

/// By relative entropy on about 10,000 pairs, none of which shares a roll with another, each of the 36 pairs with
/// probability 1/36. Power: any event of a pair that is off by 0.11 is overlooked with a chance below 1e-9; a die that
/// shows each face twice makes equal pairs certain.
#[test]
fn one_roll_tells_nothing_of_the_next_three() {
    for_all("seed", any::seed()).cases(8).holds(|&seed| {
        let rolls = rolls(20_000, seed);
        let kinds: Vec<String> = (0..36).map(|k| format!("({}, {})", k / 6 + 1, k % 6 + 1)).collect();
        for (apart, late) in pairs::EACH {
            let mut counts = [0; 36];
            for pair in pairs::disjoint(&rolls, apart, late) {
                let [first, second] = pair.map(|face| usize::from(face.clamp(1, 6) - 1));
                counts[6 * first + second] += 1;
            }
            let look = "Two rolls make each of 36 pairs with one chance in 36. Is every face drawn anew, \
                        whatever came before?";
            let call = format!("roll_dice(20000, generator), rolls {apart} apart");
            drawn_with(&call, &kinds, &counts, &[1.0 / 36.0; 36], look)?;
        }
        Ok(())
    });
}

/// By relative entropy on 4,000 runs of 60 rolls and on their 60,000 fours of rolls. A six comes just ten times in 60 with
/// the probability 0.137, and four rolls are equal with 1/216. Power: a share of 0.23 for the first, or of 0.0012 for the
/// second, is overlooked with a chance below 1e-9.
#[test]
fn chance_has_no_memory() {
    example(|| {
        let mut generator = Generator::from_seed(11);
        let (mut tens, mut fours) = ([0; 2], [0; 2]);
        for _ in 0..4000 {
            let rolls = roll_dice(60, &mut generator);
            tens[usize::from(rolls.iter().filter(|&&face| face == 6).count() != 10)] += 1;
            for four in rolls.chunks_exact(4) {
                fours[usize::from(four.iter().any(|face| *face != four[0]))] += 1;
            }
        }
        // 60!/(10!·50!)·5⁵⁰/6⁶⁰
        let ten: f64 = (1..=10).map(|k| f64::from(50 + k) / f64::from(k) / 6.0).product::<f64>()
            * (5.0_f64 / 6.0).powi(50);
        let look =
            "Equally likely is not equally often: a die does not see to it that each face comes its turn.";
        drawn_with(
            "sixes in roll_dice(60, generator)",
            &["just ten", "another number"],
            &tens,
            &[ten, 1.0 - ten],
            look,
        )?;
        let look =
            "A face that came three times in a row comes a fourth time with one sixth, like any other.";
        let four = 1.0 / 216.0;
        drawn_with("four rolls", &["all equal", "not all equal"], &fours, &[four, 1.0 - four], look)
    });
}

#[test]
fn the_same_generator_gives_the_same_rolls() {
    for_all("n, seed", (1..=40_usize, any::seed())).holds(|&(n, seed)| {
        let look = "All chance has to come from the generator: then a run can be repeated.";
        equal("roll_dice(n, generator), a second time", rolls(n, seed), rolls(n, seed), look)
    });
}

/// Two runs of a hundred rolls are equal with the chance 6⁻¹⁰⁰ < 1e-77.
#[test]
fn the_next_call_rolls_other_numbers() {
    for_all("seed", any::seed()).holds(|&seed| {
        let mut generator = Generator::from_seed(seed);
        let (first, second) = (roll_dice(100, &mut generator), roll_dice(100, &mut generator));
        ensure(first != second, || {
            let look =
                "Draw from the generator you were given: neither from a copy of it nor from one of your own.";
            Broken::answer("the same 100 rolls in two calls in a row", "new rolls in the second call", look)
        })
    });
}

/// Two runs of a hundred rolls are equal with the chance 6⁻¹⁰⁰ < 1e-77.
#[test]
fn a_generator_with_another_seed_rolls_other_numbers() {
    example(|| {
        ensure(rolls(100, 1) != rolls(100, 2), || {
            let look =
                "Does the generator that you are given play any part, or one that you seeded yourself?";
            Broken::answer("the same 100 rolls with the seeds 1 and 2", "other rolls with another seed", look)
        })
    });
}
