use judge::{Broken, Verdict, any, ensure, example, for_all};
use katas::m03_calculus::laws::accepts_gradient;
use proptest::prelude::*;

use super::landscape::{Landscape, in_the_box, landscape};

fn judged(
    f: &Landscape,
    claimed: impl Fn(&[f64]) -> Vec<f64>,
    want: bool,
    claim: &str,
    look: &str,
) -> Verdict {
    let got = accepts_gradient(&|x| f.height(x), &claimed, f.a.len());
    let verdict = |accepted| if accepted { "accepted" } else { "rejected" };
    ensure(got == want, || {
        let got = format!("{}: the claim {claim}", verdict(got));
        Broken::answer(got, format!("{}: true is accept, false is reject", verdict(want)), look)
    })
}

/// The true gradient, changed in one entry at a time.
fn changed(f: &Landscape, change: impl Fn(&[f64], usize, f64) -> f64) -> impl Fn(&[f64]) -> Vec<f64> {
    move |x| f.gradient(x).iter().enumerate().map(|(i, g)| change(x, i, *g)).collect()
}

#[test]
fn the_gradient_is_accepted() {
    for_all("f", landscape(1..=3)).holds(|f| {
        let look =
            "f and the claim are NaN outside [−2, 2]ⁿ: do all points tried lie inside, after the step too?";
        judged(f, |x| f.gradient(x), true, "is the gradient itself", look)
    });
}

#[test]
fn the_gradient_up_to_rounding_is_accepted() {
    for_all("f, in 10⁻¹²", (landscape(1..=3), any::eighth())).holds(|(f, off)| {
        let claim = changed(f, |x, i, g| g + off / 8.0 * 1e-12 * (x[i] * 1e6).cos());
        let look = "Two right ways to compute differ by rounding, and differences by their truncation. == \
                    asks too much.";
        judged(f, claim, true, "is right to 12 digits", look)
    });
}

#[test]
fn the_gradient_of_a_function_that_bends_a_lot_is_accepted() {
    for_all("a, b", (1..=3_usize).prop_flat_map(|n| any::vectors(n..=n))).holds(|[a, b]| {
        // f = Σ ±12·sin(2xᵢ + bᵢ): slopes up to 24, second derivatives up to 48, third ones up to 96.
        let n = a.len();
        let sign = |i: usize| if a[i] < 0.0 { -1.0 } else { 1.0 };
        let within = |x: &[f64], value: f64| if in_the_box(x, n) { value } else { f64::NAN };
        let f = |x: &[f64]| within(x, (0..n).map(|i| 12.0 * sign(i) * (2.0 * x[i] + b[i]).sin()).sum());
        let claim = |x: &[f64]| {
            (0..n).map(|i| within(x, 24.0 * sign(i) * (2.0 * x[i] + b[i]).cos())).collect::<Vec<f64>>()
        };
        ensure(accepts_gradient(&f, &claim, n), || {
            let look = "Second derivatives may be 100, third ones too: what does that make of your \
                        differences, with your step? Is close enough further off than that?";
            let got = format!("rejected: the gradient of Σ ±12·sin(2xᵢ + bᵢ) with b = {b:?}");
            Broken::answer(got, "accepted: true is accept, false is reject", look)
        })
    });
}

#[test]
fn a_gradient_with_one_wrong_sign_is_rejected() {
    for_all("f, i", (landscape(1..=3), 0..3_usize)).holds(|(f, i)| {
        let at = i % f.a.len();
        let claim = changed(f, |_, i, g| if i == at { -g } else { g });
        judged(
            f,
            claim,
            false,
            &format!("has the wrong sign in entry {at}"),
            "Compare every entry, with its sign.",
        )
    });
}

#[test]
fn half_or_double_the_gradient_is_rejected() {
    for_all("f, double", (landscape(1..=3), any::<bool>())).holds(|(f, double)| {
        let factor = if *double { 2.0 } else { 0.5 };
        let claim = changed(f, |_, _, g| factor * g);
        judged(
            f,
            claim,
            false,
            &format!("is {factor} times the gradient"),
            "Is the difference divided by its whole width?",
        )
    });
}

#[test]
fn a_gradient_with_a_forgotten_entry_is_rejected() {
    for_all("f, i", (landscape(1..=3), 0..3_usize)).holds(|(f, i)| {
        let at = i % f.a.len();
        let claim = changed(f, |_, i, g| if i == at { 0.0 } else { g });
        judged(f, claim, false, &format!("says 0 for entry {at}"), "Every entry counts, the last one too.")
    });
}

#[test]
fn a_gradient_without_its_mixed_terms_is_rejected() {
    for_all("f", landscape(2..=3)).holds(|f| {
        let claim = |x: &[f64]| (0..f.a.len()).map(|i| f.alone(x, i)).collect();
        let look = "At the origin, and where only one coordinate is not 0, mixed terms do not show. How \
                    close is close enough?";
        judged(f, claim, false, "forgets that ∂(xy)/∂x is y", look)
    });
}

#[test]
fn a_gradient_with_two_entries_exchanged_is_rejected() {
    for_all("f, i", (landscape(2..=3), 0..2_usize)).holds(|(f, i)| {
        let at = i % (f.a.len() - 1);
        let claim = |x: &[f64]| {
            let mut claim = f.gradient(x);
            claim.swap(at, at + 1);
            claim
        };
        let call = format!("exchanges entries {at} and {}", at + 1);
        judged(
            f,
            claim,
            false,
            &call,
            "Compare entry by entry, not the lengths or the sums of both gradients.",
        )
    });
}

#[test]
fn a_gradient_that_is_right_on_one_side_only_is_rejected() {
    let off = proptest::sample::select(vec![0.0100001, -0.0100001, 1.0, f64::NAN, f64::INFINITY]);
    for_all("f, i, of axis, off, below", (landscape(1..=3), 0..3_usize, 0..3_usize, off, any::<bool>()))
        .holds(|(f, entry, axis, off, below)| {
            let n = f.a.len();
            let (entry, axis) = (entry % n, axis % n);
            let wrong = |x: &[f64]| if *below { x[axis] <= -0.25 } else { x[axis] >= 0.25 };
            let claim = changed(f, |x, i, g| if i == entry && wrong(x) { g + off } else { g });
            let side = if *below { "≤ −¼" } else { "≥ ¼" };
            let call =
                format!("is off by {off} in entry {entry} wherever x[{axis}] {side}, and right elsewhere");
            let look = "Try points on both sides of every axis. A comparison with NaN is false: which way \
                        round is it asked?";
            judged(f, claim, false, &call, look)
        });
}

#[test]
fn a_gradient_of_another_length_is_rejected() {
    for_all("f, longer", (landscape(1..=3), any::<bool>())).holds(|(f, longer)| {
        let claim = |x: &[f64]| {
            let mut claim = f.gradient(x);
            if *longer {
                claim.push(0.0);
            } else {
                claim.pop();
            }
            claim
        };
        let call = if *longer { "has one entry too many" } else { "has one entry too few" };
        judged(
            f,
            claim,
            false,
            call,
            "`zip` compares as many as both have, and an index beyond the end panics.",
        )
    });
}

#[test]
fn the_gradient_of_another_function_is_rejected() {
    for_all("f, off", (landscape(1..=3), any::nonzero())).holds(|(f, off)| {
        let claim = changed(f, |_, _, g| g + off);
        judged(
            f,
            claim,
            false,
            &format!("is that of f + {off}·(x + y + z)"),
            "What is the claim compared with?",
        )
    });
}

type Function = fn(f64) -> f64;

/// Functions of one coordinate, each with its name and its derivative.
const PLAIN: [(&str, Function, Function); 4] = [
    ("3", |_| 3.0, |_| 0.0),
    ("x/2²⁰", |x| x / 1_048_576.0, |_| 1.0 / 1_048_576.0),
    ("sin(x)/64", |x| x.sin() / 64.0, |x| x.cos() / 64.0),
    ("6x²", |x| 6.0 * x * x, |x| 12.0 * x),
];

#[test]
fn the_gradients_of_plain_functions_are_accepted() {
    example(|| {
        let within = |x: &[f64], value: Function| if in_the_box(x, 1) { value(x[0]) } else { f64::NAN };
        let is_rejected = |(_, f, slope): &&(&str, Function, Function)| {
            !accepts_gradient(&|x| within(x, *f), &|x| vec![within(x, *slope)], 1)
        };
        let rejected: Vec<&str> = PLAIN.iter().filter(is_rejected).map(|(name, ..)| *name).collect();
        ensure(rejected.is_empty(), || {
            let look = "One coordinate, the exact derivative, NaN outside [−2, 2]. Which points do you try, \
                        with which step, and how close is close enough?";
            let got = format!("rejected: the derivative of {}", rejected.join(", of "));
            Broken::answer(got, "accepted: true is accept, false is reject", look)
        })
    });
}

#[test]
fn a_slope_that_is_off_by_a_sixteenth_everywhere_is_rejected() {
    example(|| {
        let within = |x: &[f64], value: f64| if in_the_box(x, 1) { value } else { f64::NAN };
        let f = |x: &[f64]| within(x, x[0].sin());
        let claim = |x: &[f64]| vec![within(x, x[0].cos() + 0.0625)];
        ensure(!accepts_gradient(&f, &claim, 1), || {
            let look = "A wrong claim may be off by as little as 0.01. How close is close enough?";
            Broken::answer("accepted: cos(x) + 1/16 for sin(x)", "rejected", look)
        })
    });
}
