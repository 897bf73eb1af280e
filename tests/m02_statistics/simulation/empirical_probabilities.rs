use judge::any::select;
use judge::any::vec;
use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m02_statistics::simulation::empirical_probabilities;
use kit::{Generator, InputError};
use proptest::prelude::{Strategy, prop_oneof};

fn rolls() -> impl Strategy<Value = Vec<u8>> + Send + Sync + Clone {
    let rolls = any::length(1..=12, 1025).prop_flat_map(|n| vec(1..=6_u8, n));
    // Now and then sorted, or one face only.
    (rolls, any::part(0..=9_u8)).prop_map(|(mut rolls, form)| {
        match form {
            8 => rolls.sort_unstable(),
            9 => rolls = vec![rolls[0]; rolls.len()],
            _ => {}
        }
        rolls
    })
}

#[test]
fn divides_each_count_by_n() {
    for_all("rolls", rolls()).holds(|rolls| {
        let got = empirical_probabilities(rolls).accepted("empirical_probabilities(rolls)")?;
        let n = rolls.len();
        for face in 1..=6_u8 {
            let count = rolls.iter().filter(|&&roll| roll == face).count();
            let (call, look) = (
                format!("the relative frequency of face {face}"),
                format!(
                    "Face {face} came {count} times in {n}; its relative frequency has the index {}.",
                    face - 1
                ),
            );
            // Adding 1/n up instead of counting rounds at every roll.
            let tolerance = rounding(n + 1, 1.0);
            close(&call, got[usize::from(face - 1)], count as f64 / n as f64, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn sums_to_one() {
    for_all("rolls", vec(1..=6_u8, 1..=100)).holds(|rolls| {
        let got = empirical_probabilities(rolls).accepted("empirical_probabilities(rolls)")?;
        let look = "Every roll shows one of the six faces. Divide by the number of rolls, not by the number \
                    of faces.";
        close(
            "the sum of the relative frequencies",
            got.iter().sum(),
            1.0,
            rounding(rolls.len() + 6, 1.0),
            look,
        )
    });
}

#[test]
fn is_permutation_invariant() {
    for_all("rolls, seed", (rolls(), any::seed())).holds(|(rolls, seed)| {
        let mut shuffled = rolls.clone();
        Generator::from_seed(*seed).shuffle(&mut shuffled);
        let got = empirical_probabilities(&shuffled).accepted("empirical_probabilities(shuffled)")?;
        let want = empirical_probabilities(rolls).accepted("empirical_probabilities(rolls)")?;
        for (got, want) in got.into_iter().zip(want) {
            let look =
                format!("The same rolls in the order {shuffled:?} have the same relative frequencies.");
            close(
                "a relative frequency of the shuffled rolls",
                got,
                want,
                rounding(2 * rolls.len(), 1.0),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::simulation::empirical_probabilities;
        assert_eq!(empirical_probabilities(&[1, 6, 6, 2]), Ok([0.25, 0.25, 0.0, 0.0, 0.0, 0.5]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn counts_many_rolls() {
        example(|| {
            let rolls: Vec<u8> = (0..700_000_u32).map(|i| if i % 7 == 0 { 1 } else { 6 }).collect();
            let got = empirical_probabilities(&rolls).accepted("empirical_probabilities of 700 000 rolls")?;
            let look = "A face came 600 000 times: a byte overflows at 255, sixteen bits at 65 535.";
            let tolerance = rounding(rolls.len(), 1.0);
            close("the relative frequency of face 1", got[0], 1.0 / 7.0, tolerance, look)?;
            close("the relative frequency of face 6", got[5], 6.0 / 7.0, tolerance, look)
        });
    }

    #[test]
    fn rejects_no_rolls() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "empirical_probabilities([])",
                empirical_probabilities(&[]),
                want,
                "Relative frequencies of no rolls are 0/0.",
            )
        });
    }

    #[test]
    fn rejects_a_number_that_is_not_a_face() {
        let before = any::length(0..=4, 1025).prop_flat_map(|n| vec(1..=6_u8, n));
        let with_bad = (before, prop_oneof![select(vec![0_u8, 7, 255]), 7..=255_u8], vec(0..=9_u8, 0..=3));
        for_all("before, bad, after", with_bad).holds(|(before, bad, after)| {
            let rolls = [before.as_slice(), &[*bad], after].concat();
            let want = InputError::OutOfRange { name: "rolls", got: f64::from(*bad), wanted: "1..=6" };
            let look = "A die shows 1 to 6. The error contains the first number that is not a face.";
            rejected(
                &format!("empirical_probabilities({rolls:?})"),
                empirical_probabilities(&rolls),
                want,
                look,
            )
        });
    }

    #[test]
    fn divides_each_count_by_n_for_many_rolls() {
        let rolls = any::size(1..=12, 1025).prop_flat_map(|n| vec(1..=6_u8, n));
        for_all("rolls", rolls).holds(|rolls| {
            let got = empirical_probabilities(rolls).accepted("empirical_probabilities(rolls)")?;
            let count = |face: u8| rolls.iter().filter(|&&roll| roll == face).count() as f64;
            let want: Vec<f64> = (1..=6).map(|face| count(face) / rolls.len() as f64).collect();
            let look = "Every roll counts, also the first and the last.";
            close("empirical_probabilities(rolls)", &got[..], &want[..], rounding(rolls.len() + 1, 1.0), look)
        });
    }
}
