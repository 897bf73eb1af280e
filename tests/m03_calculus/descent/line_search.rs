use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::m03_calculus::descent::line_search;
use kit::InputError;
use proptest::prelude::*;

use super::bowl::bowl;
use crate::m03_calculus::rejection::out_of_range;

/// A share of the promised fall, in eighths.
fn share() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (1..=7_u8).prop_map(|k| f64::from(k) / 8.0)
}

#[test]
fn in_a_bowl_it_is_the_first_power_of_a_half_up_to_2_less_2c_over_l() {
    let inputs = (any::nonzero(), any::nonzero(), any::vector(0..=5), share(), -200..=200_i32);
    for_all("L, x₀, x₁ and more, c, k", inputs).holds(|(l, first, others, c, k)| {
        // f(x − t·L·x) = ½L(1 − tL)²x² is at most ½Lx² − c·t·L²x² just if t·L ≤ 2(1 − c). In eighths all is exact, and in
        // any unit 2ᵏ.
        let (l, unit) = (l.abs(), 2.0_f64.powi(*k));
        let x: Vec<f64> = std::iter::once(first).chain(others).map(|x| x * unit).collect();
        let slope: Vec<f64> = x.iter().map(|x| l * x).collect();
        let want = (0..60).map(|k| 0.5_f64.powi(k)).find(|t| t * l <= 2.0 * (1.0 - c)).unwrap_or(0.0);
        let f = |x: &[f64]| x.iter().map(|x| l * x * x / 2.0).sum();
        let got = line_search(&f, &x, &slope, *c).accepted("line_search")?;
        let look = "Try 1, ½, ¼, … The fall that counts is c times t·‖g‖², with g the slope, all of it, and \
                    ≤, in whatever unit.";
        // Where both sides are equal, the length of several entries, squared again, may be a bit more than ‖g‖².
        let rounded = x.len() > 1 && want * l == 2.0 * (1.0 - c) && got == want / 2.0;
        let want = if rounded { got } else { want };
        equal(&format!("line_search(½·{l}·‖x‖², {x:?}, {slope:?}, {c})"), got, want, look)
    });
}

#[test]
fn the_step_falls_enough_and_twice_the_step_does_not() {
    for_all("f, x, c", (bowl(), any::vector(2..=2), share())).holds(|(f, x, c)| {
        let slope = f.gradient(x);
        let t = line_search(&|x| f.height(x), x, &slope, *c).accepted("line_search")?;
        let power = (0..=60).any(|k| t == 0.5_f64.powi(k));
        ensure(power, || Broken::answer(format!("t = {t}"), "1, ½, ¼, …", "Begin with 1, and halve."))?;
        let square: f64 = slope.iter().map(|g| g * g).sum();
        let excess = |t: f64| {
            let there: Vec<f64> = x.iter().zip(&slope).map(|(x, g)| x - t * g).collect();
            f.height(&there) - (f.height(x) - c * t * square)
        };
        // The heights are sums of a few products, the largest of them below 18·(|d| + t·|g|)².
        let room = 1e-12 * (f.height(x) + square);
        let look = format!("‖g‖² = {square} here: both entries count, squared.");
        ensure(excess(t) <= room, || {
            let got = format!("t = {t}: f is {} too high there", excess(t));
            Broken::answer(got, "f(x − t·g) ≤ f(x) − c·t·‖g‖²", &look)
        })?;
        ensure(t == 1.0 || excess(2.0 * t) > -room, || {
            Broken::answer(
                format!("t = {t}, though {} falls enough already", 2.0 * t),
                "the first one that does",
                &look,
            )
        })
    });
}

#[test]
fn on_level_ground_the_full_step_is_taken() {
    for_all("x, c", (any::vector(1..=3), share())).holds(|(x, c)| {
        let got = line_search(&|_| 7.0, x, &vec![0.0; x.len()], *c).accepted("line_search")?;
        close("line_search with g = 0", got, 1.0, 0.0, "f(x) ≤ f(x) − 0 holds: ≤, not <.")
    });
}

#[test]
fn where_f_is_not_a_number_it_has_not_fallen() {
    for_all("k, bad", (0..=40_i32, any::not_finite())).holds(|&(k, bad)| {
        // f falls by t along the slope 1, and is known up to t = 2⁻ᵏ only.
        let reach = 0.5_f64.powi(k);
        let f = |x: &[f64]| if x[0] < -reach { bad } else { x[0] };
        let got = line_search(&f, &[0.0], &[1.0], 0.5).accepted("line_search")?;
        let look = "A wall of NaN or infinity, −∞ too, is no fall. Go on halving.";
        equal(&format!("line_search with f = {bad} beyond t = 2⁻{k}"), got, reach, look)
    });
}

#[test]
fn a_slope_that_leads_uphill_is_given_up_after_60_halvings() {
    for_all("g, c", (any::nonzero(), share())).holds(|&(g, c)| {
        let tries = std::cell::Cell::new(0);
        let f = |x: &[f64]| {
            tries.set(tries.get() + u32::from(x[0] != 0.0));
            -g * x[0]
        };
        let got = line_search(&f, &[0.0], &[g], c);
        let want = InputError::NotConverged { steps: 60, residual: 0.5_f64.powi(60) };
        let look = format!(
            "Here f rises against its claimed gradient. t was tried {} times; 1, ½, …, 2⁻⁶⁰ are 61.",
            tries.get()
        );
        rejected("line_search", got, want, look)
    });
}

#[test]
fn the_last_halving_still_counts() {
    example(|| {
        let reach = 0.5_f64.powi(60);
        let f = |x: &[f64]| if x[0] < -reach { 1.0 } else { x[0] };
        let got = line_search(&f, &[0.0], &[1.0], 0.5).accepted("line_search")?;
        equal("line_search with a fall up to t = 2⁻⁶⁰ only", got, reach, "2⁻⁶⁰ is tried as well.")
    });
}

#[test]
fn a_slope_of_another_length_is_rejected() {
    for_all("x, g", any::unequal_vectors()).holds(|[x, slope]| {
        let got = line_search(&|_| 0.0, x, slope, 0.5);
        let want = InputError::LengthMismatch { left: x.len(), right: slope.len() };
        rejected(
            "line_search(f, x, g, ½)",
            got,
            want,
            "`zip` would end with the shorter one. x is left, g right.",
        )
    });
}

#[test]
fn an_empty_point_is_rejected() {
    example(|| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "line_search(f, [], [], ½)",
            line_search(&|_| 0.0, &[], &[], 0.5),
            want,
            "There is no way to go.",
        )
    });
}

#[test]
fn what_is_not_finite_is_rejected_by_name() {
    let inputs = (any::vector(1..=3), 0..3_usize, any::not_finite(), 0..4_usize);
    for_all("x, i, bad, which", inputs).holds(|(at, i, bad, which)| {
        let (mut x, mut slope, mut c, mut here) = (at.clone(), at.clone(), 0.5, 1.0);
        let i = i % at.len();
        let name = ["x", "gradient", "c", "f"][*which];
        match name {
            // The first one counts.
            "x" => x[i..].fill(*bad),
            "gradient" => slope[i..].fill(*bad),
            "c" => c = *bad,
            _ => here = *bad,
        }
        let index = if *which < 2 { i } else { 0 };
        let call = format!("line_search(f, {x:?}, {slope:?}, {c}) where f(x) = {here}");
        let look = "Look at the arguments first, then at f(x).";
        rejected(&call, line_search(&|_| here, &x, &slope, c), InputError::NotFinite { name, index }, look)
    });
}

#[test]
fn a_share_outside_0_to_1_is_rejected() {
    let outside =
        prop_oneof![Just(0.0), Just(1.0), any::nonzero().prop_map(|c| if c > 0.0 { 1.0 + c } else { c })];
    for_all("c", outside).holds(|&c| {
        let got = line_search(&|x| x[0] * x[0], &[1.0], &[2.0], c);
        let look = "With c ≥ 1 no bowl falls enough, with c ≤ 0 it need not fall.";
        out_of_range(&format!("line_search(f, x, g, {c})"), got, "c", c, look)
    });
}
