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
        let got = format!("accepts_gradient = {got}: the candidate, which {claim}, is {}", verdict(got));
        Broken::answer(got, format!("{want}: it has to be {}", verdict(want)), look)
    })
}

/// The true gradient, changed in one entry at a time.
fn changed(f: &Landscape, change: impl Fn(&[f64], usize, f64) -> f64) -> impl Fn(&[f64]) -> Vec<f64> {
    move |x| f.gradient(x).iter().enumerate().map(|(i, g)| change(x, i, *g)).collect()
}

#[test]
fn accepts_the_gradient() {
    for_all("f", landscape(1..=3)).holds(|f| {
        let look =
            "f and the candidate are NaN outside of [−2, 2]ⁿ: are all points inside, also after the step?";
        judged(f, |x| f.gradient(x), true, "is the gradient itself", look)
    });
}

#[test]
fn rejects_a_wrong_sign() {
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
fn rejects_half_and_double_the_gradient() {
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
fn rejects_a_missing_entry() {
    for_all("f, i", (landscape(1..=3), 0..3_usize)).holds(|(f, i)| {
        let at = i % f.a.len();
        let claim = changed(f, |_, i, g| if i == at { 0.0 } else { g });
        judged(f, claim, false, &format!("is 0 in entry {at}"), "Compare every entry, also the last one.")
    });
}

#[test]
fn rejects_missing_mixed_terms() {
    for_all("f", landscape(2..=3)).holds(|f| {
        let claim = |x: &[f64]| (0..f.a.len()).map(|i| f.alone(x, i)).collect();
        let look = "At the origin, and where only one coordinate is not 0, mixed terms vanish. How small is \
                    your tolerance?";
        judged(f, claim, false, "omits the mixed terms, ∂(xy)/∂x = y", look)
    });
}

#[test]
fn rejects_exchanged_entries() {
    for_all("f, i", (landscape(2..=3), 0..2_usize)).holds(|(f, i)| {
        let at = i % (f.a.len() - 1);
        let claim = |x: &[f64]| {
            let mut claim = f.gradient(x);
            claim.swap(at, at + 1);
            claim
        };
        let call = format!("exchanges entries {at} and {}", at + 1);
        judged(f, claim, false, &call, "Compare entry by entry, not the norms or the sums of both gradients.")
    });
}

#[test]
fn rejects_the_gradient_of_another_function() {
    for_all("f, off", (landscape(1..=3), any::nonzero())).holds(|(f, off)| {
        let claim = changed(f, |_, _, g| g + off);
        judged(
            f,
            claim,
            false,
            &format!("is the gradient of f + {off}·(x + y + z)"),
            "Compare the candidate with finite differences of f.",
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
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::laws::accepts_gradient;
        let f = |x: &[f64]| if x.iter().all(|x| x.abs() <= 2.0) { x[0] * x[0] * x[1] } else { f64::NAN };
        assert!(accepts_gradient(&f, &|x| vec![2.0 * x[0] * x[1], x[0] * x[0]], 2));
        assert!(!accepts_gradient(&f, &|x| vec![2.0 * x[0], x[0] * x[0]], 2));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_the_gradient_up_to_rounding_error() {
        for_all("f, in 10⁻¹²", (landscape(1..=3), any::eighth())).holds(|(f, off)| {
            let claim = changed(f, |x, i, g| g + off / 8.0 * 1e-12 * (x[i] * 1e6).cos());
            let look = "Right gradients differ by rounding error, and finite differences by their \
                        truncation error. == is too strict.";
            judged(f, claim, true, "is right to 12 digits", look)
        });
    }

    #[test]
    fn accepts_the_gradient_of_a_strongly_curved_function() {
        for_all("a, b", (1..=3_usize).prop_flat_map(|n| any::vectors(n..=n))).holds(|[a, b]| {
            // f = Σ ±12·sin(2xᵢ + bᵢ): derivatives up to 24, second derivatives up to 48, third ones up to 96.
            let n = a.len();
            let sign = |i: usize| if a[i] < 0.0 { -1.0 } else { 1.0 };
            let within = |x: &[f64], value: f64| if in_the_box(x, n) { value } else { f64::NAN };
            let f = |x: &[f64]| within(x, (0..n).map(|i| 12.0 * sign(i) * (2.0 * x[i] + b[i]).sin()).sum());
            let claim = |x: &[f64]| {
                (0..n).map(|i| within(x, 24.0 * sign(i) * (2.0 * x[i] + b[i]).cos())).collect::<Vec<f64>>()
            };
            ensure(accepts_gradient(&f, &claim, n), || {
                let look = "Second and third derivatives may be 100: how large is the truncation error of \
                            your differences? Is the tolerance larger?";
                let got = format!(
                    "accepts_gradient = false for the gradient of Σ ±12·sin(2xᵢ + bᵢ) with b = {b:?}"
                );
                Broken::answer(got, "true: it is right", look)
            })
        });
    }

    #[test]
    fn rejects_a_gradient_that_is_right_on_one_side_only() {
        let off = judge::any::select(vec![0.0100001, -0.0100001, 1.0, f64::NAN, f64::INFINITY]);
        for_all("f, i, of axis, off, below", (landscape(1..=3), 0..3_usize, 0..3_usize, off, any::<bool>()))
            .holds(|(f, entry, axis, off, below)| {
                let n = f.a.len();
                let (entry, axis) = (entry % n, axis % n);
                let wrong = |x: &[f64]| if *below { x[axis] <= -0.25 } else { x[axis] >= 0.25 };
                let claim = changed(f, |x, i, g| if i == entry && wrong(x) { g + off } else { g });
                let side = if *below { "≤ −¼" } else { "≥ ¼" };
                let call = format!(
                    "is off by {off} in entry {entry} wherever x[{axis}] {side}, and right elsewhere"
                );
                let look = "Test points on both sides of every axis. A comparison with NaN is false: is the \
                            condition `error <= tolerance`?";
                judged(f, claim, false, &call, look)
            });
    }

    #[test]
    fn rejects_a_gradient_of_another_length() {
        // Everywhere, or on one side of an axis.
        let side = judge::any::select(vec![0.0, -1.0, 1.0]);
        for_all("f, longer, side, axis", (landscape(1..=3), any::<bool>(), side, 0..3_usize)).holds(
            |(f, longer, side, axis)| {
                let axis = axis % f.a.len();
                let claim = |x: &[f64]| {
                    let mut claim = f.gradient(x);
                    if *side == 0.0 || x[axis] * side >= 0.25 {
                        if *longer {
                            claim.push(0.0);
                        } else {
                            claim.pop();
                        }
                    }
                    claim
                };
                let number = if *longer { "too many" } else { "too few" };
                let place = match *side {
                    0.0 => "everywhere".to_owned(),
                    side => format!("where x[{axis}] {} ¼", if side < 0.0 { "≤ −" } else { "≥ " }),
                };
                let look = "`zip` stops at the end of the shorter one, and an index beyond the end panics. \
                            Is the length right at every point?";
                judged(f, claim, false, &format!("has one entry {number} {place}"), look)
            },
        );
    }

    #[test]
    fn accepts_the_gradients_of_simple_functions() {
        example(|| {
            let within = |x: &[f64], value: Function| if in_the_box(x, 1) { value(x[0]) } else { f64::NAN };
            let is_rejected = |(_, f, derivative): &&(&str, Function, Function)| {
                !accepts_gradient(&|x| within(x, *f), &|x| vec![within(x, *derivative)], 1)
            };
            let rejected: Vec<&str> = PLAIN.iter().filter(is_rejected).map(|(name, ..)| *name).collect();
            ensure(rejected.is_empty(), || {
                let look = "One coordinate, the exact derivative, NaN outside [−2, 2]. Which points do you \
                            test, with which step size and tolerance?";
                let got =
                    format!("accepts_gradient = false for the derivative of {}", rejected.join(", of "));
                Broken::answer(got, "true: it is right", look)
            })
        });
    }

    #[test]
    fn rejects_a_gradient_that_is_off_by_a_sixteenth() {
        example(|| {
            let within = |x: &[f64], value: f64| if in_the_box(x, 1) { value } else { f64::NAN };
            let f = |x: &[f64]| within(x, x[0].sin());
            let claim = |x: &[f64]| vec![within(x, x[0].cos() + 0.0625)];
            ensure(!accepts_gradient(&f, &claim, 1), || {
                let look = "A wrong candidate may be off by as little as 0.01. Is your tolerance smaller?";
                Broken::answer(
                    "accepts_gradient = true for f = sin(x) and cos(x) + 1/16",
                    "false: it is wrong",
                    look,
                )
            })
        });
    }

    #[test]
    fn distinguishes_candidates_in_any_order() {
        for_all("f, order", (landscape(1..=3), judge::any::vec(any::<bool>(), 1..=6))).holds(|(f, order)| {
            for &right in order {
                let claim = changed(f, |_, _, g| if right { g } else { g + 0.02 });
                let call = if right { "is the gradient itself" } else { "is off by 0.02" };
                judged(f, claim, right, call, "The decision must not depend on earlier calls.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_errors_that_cancel_along_a_direction() {
        let off = judge::any::vec(judge::any::select(vec![-1.0, -0.5, -0.25, 0.25, 0.5, 1.0, 2.0]), 3);
        for_all("f, off", (landscape(2..=3), off)).holds(|(f, off)| {
            let claim = changed(f, |_, i, g| g + off[i]);
            let call = format!("is off by {:?}", &off[..f.a.len()]);
            let look =
                "Along a direction at a right angle to its error the slope is right. Compare every entry.";
            judged(f, claim, false, &call, look)
        });
    }

    #[test]
    fn distinguishes_a_hundredth_of_a_steep_slope() {
        let off = judge::any::select(vec![0.0, 0.0, 0.0100001, -0.0100001, 0.02, -0.04]);
        for_all("n, i, slope, off", (1..=3_usize, 0..3_usize, any::<bool>(), off)).cases(64).holds(
            |&(n, i, down, off)| {
                // |f| is at most 2·46 + 2·2.
                let (at, slope) = (i % n, if down { -46.0 } else { 46.0 });
                let gradient: Vec<f64> = (0..n).map(|i| if i == at { slope } else { 1.0 }).collect();
                let within = |x: &[f64], value: f64| if in_the_box(x, n) { value } else { f64::NAN };
                let f = |x: &[f64]| within(x, x.iter().zip(&gradient).map(|(x, slope)| x * slope).sum());
                let entry = |x: &[f64], i: usize| within(x, gradient[i] + if i == at { off } else { 0.0 });
                let claim = |x: &[f64]| (0..n).map(|i| entry(x, i)).collect::<Vec<f64>>();
                let (got, want) = (accepts_gradient(&f, &claim, n), off == 0.0);
                ensure(got == want, || {
                    let got = format!(
                        "accepts_gradient = {got} for the gradient {gradient:?} of a linear function, off by \
                         {off} in entry {at}"
                    );
                    let look = "0.01 is an absolute error, however steep f is.";
                    Broken::answer(got, want.to_string(), look)
                })
            },
        );
    }
}
