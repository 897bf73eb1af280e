use judge::{Verdict, close, equal, example, for_all, rounding};
use katas::m02_statistics::simulation::running_frequency;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

fn tosses() -> impl Strategy<Value = Vec<bool>> + Send + Sync + Clone {
    vec(any::<bool>(), 0..=10)
}

/// Every share of `got` against the count so far.
fn each_is_the_share_so_far(tosses: &[bool], got: &[f64]) -> Verdict {
    let mut heads = 0;
    for (i, (&toss, &share)) in tosses.iter().zip(got).enumerate() {
        heads += u32::from(toss);
        let k = i + 1;
        let look = format!("Of the first {k} tosses {heads} are heads. Which number do you divide by?");
        // An answer that is updated from toss to toss rounds three times at each.
        close(&format!("share {k}"), share, f64::from(heads) / k as f64, rounding(3 * k, 1.0), look)?;
    }
    Ok(())
}

#[test]
fn there_is_one_share_for_each_toss() {
    for_all("tosses", tosses()).holds(|tosses| {
        let got = running_frequency(tosses).len();
        equal(
            "running_frequency(tosses).len()",
            got,
            tosses.len(),
            "A share after each toss, the first included.",
        )
    });
}

#[test]
fn the_kth_share_counts_the_heads_of_the_first_k() {
    for_all("tosses", tosses()).holds(|tosses| each_is_the_share_so_far(tosses, &running_frequency(tosses)));
}

#[test]
fn later_tosses_do_not_change_earlier_shares() {
    for_all("tosses, more", (tosses(), tosses())).holds(|(tosses, more)| {
        let (short, long) =
            (running_frequency(tosses), running_frequency(&[tosses.clone(), more.clone()].concat()));
        let look = "The share after k tosses knows nothing of toss k + 1.";
        for (got, want) in long.iter().zip(&short) {
            close("a share before more tosses came", *got, *want, rounding(6 * tosses.len(), 1.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn rounding_does_not_pile_up_over_many_tosses() {
    for_all("tosses", vec(any::<bool>(), 1..=1000))
        .cases(8)
        .holds(|tosses| each_is_the_share_so_far(tosses, &running_frequency(tosses)));
}

#[test]
fn no_tosses_have_no_shares() {
    example(|| {
        equal(
            "running_frequency([])",
            running_frequency(&[]),
            vec![],
            "Nothing tossed: an empty Vec, no 0/0.",
        )
    })
}

#[test]
fn three_heads_in_four_tosses_one_after_the_other() {
    example(|| {
        let (call, want) = ("running_frequency([true, false, true, true])", [1.0, 0.5, 2.0 / 3.0, 0.75]);
        let got = running_frequency(&[true, false, true, true]);
        let look = "1 of 1, 1 of 2, 2 of 3, 3 of 4: the heads so far, divided by the tosses so far.";
        close(call, got.as_slice(), want.as_slice(), rounding(12, 1.0), look)
    });
}
