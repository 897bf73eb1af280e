use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m02_statistics::simulation::empirical_probabilities;
use kit::{Generator, InputError};
use proptest::collection::vec;
use proptest::prelude::Strategy;
use proptest::sample::select;

fn rolls() -> impl Strategy<Value = Vec<u8>> + Send + Sync + Clone {
    vec(1..=6_u8, 1..=12)
}

#[test]
fn each_share_is_the_count_of_the_face_over_n() {
    for_all("rolls", rolls()).holds(|rolls| {
        let got = empirical_probabilities(rolls).accepted("empirical_probabilities(rolls)")?;
        let n = rolls.len();
        for face in 1..=6_u8 {
            let count = rolls.iter().filter(|&&roll| roll == face).count();
            let (call, look) = (
                format!("the share of face {face}"),
                format!("Face {face} came {count} times in {n}, and its share stands at index {}.", face - 1),
            );
            // Adding 1/n up instead of counting rounds at every roll.
            let tolerance = rounding(n + 1, 1.0);
            close(&call, got[usize::from(face - 1)], count as f64 / n as f64, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn many_rolls_are_counted_too() {
    example(|| {
        let rolls: Vec<u8> = (0..700_000_u32).map(|i| if i % 7 == 0 { 1 } else { 6 }).collect();
        let got = empirical_probabilities(&rolls).accepted("empirical_probabilities of 700 000 rolls")?;
        let look = "A face came 600 000 times: a byte counts to 255, sixteen bits to 65 535.";
        let tolerance = rounding(rolls.len(), 1.0);
        close("the share of face 1", got[0], 1.0 / 7.0, tolerance, look)?;
        close("the share of face 6", got[5], 6.0 / 7.0, tolerance, look)
    });
}

#[test]
fn the_shares_add_up_to_1() {
    for_all("rolls", vec(1..=6_u8, 1..=100)).holds(|rolls| {
        let got = empirical_probabilities(rolls).accepted("empirical_probabilities(rolls)")?;
        let look = "Every roll shows one of the six faces. Divide by the number of rolls, not by the number \
                    of faces.";
        close("the sum of the shares", got.iter().sum(), 1.0, rounding(rolls.len() + 6, 1.0), look)
    });
}

#[test]
fn the_order_of_the_rolls_does_not_matter() {
    for_all("rolls, seed", (rolls(), any::seed())).holds(|(rolls, seed)| {
        let mut shuffled = rolls.clone();
        Generator::from_seed(*seed).shuffle(&mut shuffled);
        let got = empirical_probabilities(&shuffled).accepted("empirical_probabilities(shuffled)")?;
        let want = empirical_probabilities(rolls).accepted("empirical_probabilities(rolls)")?;
        for (got, want) in got.into_iter().zip(want) {
            let look = format!("The same rolls in the order {shuffled:?} gave other shares.");
            close("a share of the shuffled rolls", got, want, rounding(2 * rolls.len(), 1.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn no_rolls_have_no_shares() {
    example(|| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("empirical_probabilities([])", empirical_probabilities(&[]), want, "0/0 is no share.")
    });
}

#[test]
fn a_number_that_is_no_face_is_rejected() {
    let with_bad = (vec(1..=6_u8, 0..=4), select(vec![0_u8, 7, 255]), vec(0..=9_u8, 0..=3));
    for_all("before, bad, after", with_bad).holds(|(before, bad, after)| {
        let rolls = [before.as_slice(), &[*bad], after].concat();
        let want = InputError::OutOfRange { name: "rolls", got: f64::from(*bad), wanted: "1..=6" };
        let look = "A die shows 1 to 6. The first number that is no face is the one to report.";
        rejected(&format!("empirical_probabilities({rolls:?})"), empirical_probabilities(&rolls), want, look)
    });
}
