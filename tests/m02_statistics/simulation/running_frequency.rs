use judge::any::vec;
use judge::{Verdict, close, equal, example, for_all, rounding};
use katas::m02_statistics::simulation::running_frequency;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

fn tosses() -> impl Strategy<Value = Vec<bool>> + Send + Sync + Clone {
    let tosses = prop_oneof![40 => judge::any::length(0..=10, 1025), 1 => Just(4001)]
        .prop_flat_map(|n| vec(any::<bool>(), n));
    // Now and then the same side only, both in turn, or many of one side first.
    (tosses, judge::any::part(0..=11_u8)).prop_map(|(mut tosses, form)| {
        match form {
            8 => tosses.fill(true),
            9 => tosses.fill(false),
            10 => tosses.iter_mut().enumerate().for_each(|(i, toss)| *toss = i % 2 == 0),
            11 => tosses.sort_unstable(),
            _ => {}
        }
        tosses
    })
}

/// Every frequency of `got` against the count so far.
fn each_is_the_frequency_so_far(tosses: &[bool], got: &[f64]) -> Verdict {
    let mut heads = 0;
    for (i, (&toss, &share)) in tosses.iter().zip(got).enumerate() {
        heads += u32::from(toss);
        let k = i + 1;
        let look = format!("{heads} of the first {k} tosses are heads: divide by {k}.");
        // A frequency that is updated with each toss rounds three times at each.
        close(&format!("frequency {k}"), share, f64::from(heads) / k as f64, rounding(3 * k, 1.0), look)?;
    }
    Ok(())
}

#[test]
fn returns_one_frequency_per_toss() {
    for_all("tosses", tosses()).holds(|tosses| {
        let got = running_frequency(tosses).len();
        equal(
            "running_frequency(tosses).len()",
            got,
            tosses.len(),
            "One relative frequency after each toss, also after the first.",
        )
    });
}

#[test]
fn divides_the_heads_so_far_by_k() {
    for_all("tosses", tosses())
        .holds(|tosses| each_is_the_frequency_so_far(tosses, &running_frequency(tosses)));
}

#[test]
fn does_not_depend_on_later_tosses() {
    for_all("tosses, more", (tosses(), tosses())).holds(|(tosses, more)| {
        let (short, long) =
            (running_frequency(tosses), running_frequency(&[tosses.clone(), more.clone()].concat()));
        let look = "The frequency after k tosses does not depend on toss k + 1.";
        for (got, want) in long.iter().zip(&short) {
            close(
                "a frequency before the additional tosses",
                *got,
                *want,
                rounding(6 * tosses.len(), 1.0),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn follows_a_worked_example() {
    example(|| {
        let (call, want) = ("running_frequency([true, false, true, true])", [1.0, 0.5, 2.0 / 3.0, 0.75]);
        let got = running_frequency(&[true, false, true, true]);
        let look = "1 of 1, 1 of 2, 2 of 3, 3 of 4: the heads so far, divided by the tosses so far.";
        close(call, got.as_slice(), want.as_slice(), rounding(12, 1.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::simulation::running_frequency;
        assert_eq!(running_frequency(&[true, true, true, false]), [1.0, 1.0, 1.0, 0.75]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_accurate_for_many_tosses() {
        for_all("tosses", judge::any::size(1..=1000, 1025).prop_flat_map(|n| vec(any::<bool>(), n)))
            .cases(8)
            .holds(|tosses| each_is_the_frequency_so_far(tosses, &running_frequency(tosses)));
    }

    #[test]
    fn returns_nothing_for_no_tosses() {
        example(|| equal("running_frequency([])", running_frequency(&[]), vec![], "No tosses: an empty Vec."))
    }
}
