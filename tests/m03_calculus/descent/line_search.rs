use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::m03_calculus::descent::line_search;
use kit::InputError;
use proptest::prelude::*;

use super::bowl::bowl;
use crate::m03_calculus::rejection::{not_finite, out_of_range};

/// A fraction c, in eighths.
fn share() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (1..=7_u8).prop_map(|k| f64::from(k) / 8.0)
}

#[test]
fn satisfies_the_armijo_condition_and_twice_the_step_does_not() {
    for_all("f, x, c", (bowl(), any::vector(2..=2), share())).holds(|(f, x, c)| {
        let gradient = f.gradient(x);
        let t = line_search(&|x| f.height(x), x, &gradient, *c).accepted("line_search")?;
        let power = (0..=60).any(|k| t == 0.5_f64.powi(k));
        ensure(power, || Broken::answer(format!("t = {t}"), "1, ½, ¼, …", "Start with 1, and halve."))?;
        let square: f64 = gradient.iter().map(|g| g * g).sum();
        let excess = |t: f64| {
            let there: Vec<f64> = x.iter().zip(&gradient).map(|(x, g)| x - t * g).collect();
            f.height(&there) - (f.height(x) - c * t * square)
        };
        // The values are sums of a few products, the largest of them below 18·(|d| + t·|g|)².
        let room = 1e-12 * (f.height(x) + square);
        let look = format!("‖g‖² = {square} here: both entries count, squared.");
        ensure(excess(t) <= room, || {
            let got = format!("t = {t}: f exceeds the bound by {}", excess(t));
            Broken::answer(got, "f(x − t·g) ≤ f(x) − c·t·‖g‖²", &look)
        })?;
        ensure(t == 1.0 || excess(2.0 * t) > -room, || {
            Broken::answer(
                format!("t = {t}, but {} satisfies the inequality already", 2.0 * t),
                "the first step that satisfies it",
                &look,
            )
        })
    });
}

#[test]
fn finds_the_first_step_of_a_quadratic_function() {
    let n = any::length(1..=3, 257);
    let place = prop_oneof![1 => 0..257_usize, 1 => Just(256)];
    for_all("L, xᵢ, c, n, i", (any::nonzero(), any::nonzero(), share(), n, place)).holds(
        |&(l, x, c, n, i)| {
            // f(x − t·L·x) ≤ f(x) − c·t·(Lx)² if and only if t·L ≤ 2(1 − c), exactly in eighths.
            let l = l.abs();
            let want = (0..60).map(|k| 0.5_f64.powi(k)).find(|t| t * l <= 2.0 * (1.0 - c)).unwrap_or(0.0);
            // One of n coordinates is not 0.
            let i = i.min(n - 1);
            let (mut at, mut gradient) = (vec![0.0; n], vec![0.0; n]);
            (at[i], gradient[i]) = (x, l * x);
            let f = |x: &[f64]| x.iter().map(|x| l * x * x / 2.0).sum();
            let got = line_search(&f, &at, &gradient, c).accepted("line_search")?;
            let look = "Try t = 1, ½, ¼, …: the first t with f(x − t·g) ≤ f(x) − c·t·‖g‖².";
            equal(&format!("line_search(½·{l}·‖x‖², {x}·e{i}, {}·e{i}, {c})", l * x), got, want, look)
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::descent::line_search;
        assert_eq!(line_search(&|x| 4.0 * x[0] * x[0], &[1.0], &[8.0], 0.5), Ok(0.125));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn finds_the_first_step_in_every_unit() {
        let c = prop_oneof![share(), (10..=20_i32).prop_map(|k| 0.5_f64.powi(k))];
        let inputs = (any::nonzero(), any::nonzero(), any::vector(0..=5), c, -480..=500_i32);
        for_all("L, x₀, x₁ and more, c, k", inputs).holds(|(l, first, others, c, k)| {
            // f(x − t·L·x) = ½L(1 − tL)²x² is at most ½Lx² − c·t·L²x² just if t·L ≤ 2(1 − c). In eighths, and for
            // c = 2⁻²⁰, all is exact, and in any unit 2ᵏ.
            let (l, unit) = (l.abs(), 2.0_f64.powi(*k));
            let x: Vec<f64> = std::iter::once(first).chain(others).map(|x| x * unit).collect();
            let gradient: Vec<f64> = x.iter().map(|x| l * x).collect();
            let want = (0..60).map(|k| 0.5_f64.powi(k)).find(|t| t * l <= 2.0 * (1.0 - c)).unwrap_or(0.0);
            let f = |x: &[f64]| x.iter().map(|x| l * x * x / 2.0).sum();
            let got = line_search(&f, &x, &gradient, *c).accepted("line_search")?;
            let look = "Try t = 1, ½, ¼, …: the first t with f(x − t·g) ≤ f(x) − c·t·‖g‖², in every unit.";
            // Where both sides are equal, the norm of several entries, squared again, may be a bit more than ‖g‖².
            let rounded = x.len() > 1 && want * l == 2.0 * (1.0 - c) && got == want / 2.0;
            let want = if rounded { got } else { want };
            equal(&format!("line_search(½·{l}·‖x‖², {x:?}, {gradient:?}, {c})"), got, want, look)
        });
    }

    #[test]
    fn returns_the_full_step_for_a_zero_gradient() {
        for_all("x, c", (any::length(1..=3, 257).prop_flat_map(|n| any::vector(n..=n)), share())).holds(
            |(x, c)| {
                let got = line_search(&|_| 7.0, x, &vec![0.0; x.len()], *c).accepted("line_search")?;
                close("line_search with g = 0", got, 1.0, 0.0, "f(x) ≤ f(x) − 0 holds: ≤, not <.")
            },
        );
    }

    #[test]
    fn does_not_accept_values_that_are_not_finite() {
        for_all("k, bad", (0..=40_i32, any::not_finite())).holds(|&(k, bad)| {
            // f decreases by t along the gradient 1, and is finite up to t = 2⁻ᵏ only.
            let reach = 0.5_f64.powi(k);
            let f = |x: &[f64]| if x[0] < -reach { bad } else { x[0] };
            let got = line_search(&f, &[0.0], &[1.0], 0.5).accepted("line_search")?;
            let look = "A value that is NaN or infinite, also −∞, is not accepted. Continue halving.";
            equal(&format!("line_search with f = {bad} beyond t = 2⁻{k}"), got, reach, look)
        });
    }

    #[test]
    fn gives_up_after_60_halvings() {
        for_all("g, c", (any::nonzero(), share())).holds(|&(g, c)| {
            let tries = std::cell::Cell::new(0);
            let f = |x: &[f64]| {
                tries.set(tries.get() + u32::from(x[0] != 0.0));
                -g * x[0]
            };
            let got = line_search(&f, &[0.0], &[g], c);
            let want = InputError::NotConverged { steps: 60, residual: 0.5_f64.powi(60) };
            let look = format!(
                "Here f increases along −g. {} values of t were tried; 1, ½, …, 2⁻⁶⁰ are 61.",
                tries.get()
            );
            rejected("line_search", got, want, look)
        });
    }

    #[test]
    fn halves_up_to_60_times() {
        for_all("k", 0..=66_i32).holds(|&k| {
            // With L = 2ᵏ, c = ½ and x = 1 all is exact, and t·L ≤ 1 is the condition.
            let l = 2.0_f64.powi(k);
            let got = line_search(&|x| l * x[0] * x[0] / 2.0, &[1.0], &[l], 0.5);
            let (call, look) = (
                format!("line_search(½·2^{k}·x², [1], [2^{k}], ½)"),
                "1, ½, …, 2⁻⁶⁰ are tried, and no more.",
            );
            if k > 60 {
                let want = InputError::NotConverged { steps: 60, residual: 0.5_f64.powi(60) };
                return rejected(&call, got, want, look);
            }
            equal(&call, got.accepted(&call)?, 0.5_f64.powi(k), look)
        });
    }

    #[test]
    fn accepts_every_c_between_0_and_1() {
        let c = prop_oneof![
            Just(f64::MIN_POSITIVE),
            Just(1.0_f64.next_down()),
            any::magnitude(-300, -1).prop_map(f64::abs),
            share()
        ];
        for_all("g, c", (any::nonzero(), c)).holds(|&(g, c)| {
            // f = g·x decreases by g² along g, which is at least c·g² for every c.
            let got =
                line_search(&|x| g * x[0], &[1.0], &[g], c).accepted("line_search(x ↦ g·x, [1], [g], c)")?;
            equal("line_search(x ↦ g·x, [1], [g], c)", got, 1.0, "The full step decreases f enough.")?;
            // f = 1.5·x² overshoots with t = 1, and halves the distance with t = ½: a decrease of ¾, and ½·c of it suffices.
            let c = c.min(0.0625);
            for unit in [1.0, 2.0_f64.powi(-400), 2.0_f64.powi(400)] {
                let got = line_search(&|x| 1.5 * x[0] * x[0], &[unit], &[3.0 * unit], c);
                let call = format!("line_search(x ↦ 1.5·x², [{unit:e}], [{:e}], {c:e})", 3.0 * unit);
                equal(&call, got.accepted(&call)?, 0.5, "t = 1 leads further up, t = ½ is enough.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn compares_with_c_near_0_and_near_1() {
        for_all("k, enough", (3..=40_i32, any::<bool>())).holds(|&(k, enough)| {
            // With L = 2 − 2δ the full step decreases ½L·x² by a fraction δ of the prediction, up to a few ε: c decides.
            let delta = 0.5_f64.powi(k);
            // For a large δ also by less than single precision distinguishes.
            let off = if k < 12 { 0.5_f64.powi(28) } else { 0.5 };
            let (l, c) = (2.0 - 2.0 * delta, if enough { delta * (1.0 - off) } else { delta * (1.0 + off) });
            let got = line_search(&|x| l * x[0] * x[0] / 2.0, &[1.0], &[l], c).accepted("line_search")?;
            let look = "c is any fraction between 0 and 1. Is it replaced by a usual one?";
            let want = if enough { 1.0 } else { 0.5 };
            equal(&format!("line_search(½·{l}·x², [1], [{l}], {c:e})"), got, want, look)?;
            // With c = 1 − δ the full step needs L ≤ 2δ.
            let delta = delta.max(0.5_f64.powi(20));
            let (l, c) = (if enough { delta } else { 3.0 * delta }, 1.0 - delta);
            let got = line_search(&|x| l * x[0] * x[0] / 2.0, &[1.0], &[l], c).accepted("line_search")?;
            equal(&format!("line_search(½·{l:e}·x², [1], [{l:e}], {c})"), got, want, look)
        });
    }

    #[test]
    fn accepts_the_last_halving() {
        example(|| {
            let reach = 0.5_f64.powi(60);
            let f = |x: &[f64]| if x[0] < -reach { 1.0 } else { x[0] };
            let got = line_search(&f, &[0.0], &[1.0], 0.5).accepted("line_search")?;
            equal("line_search with a decrease up to t = 2⁻⁶⁰ only", got, reach, "2⁻⁶⁰ is tried as well.")
        });
    }

    #[test]
    fn rejects_a_gradient_of_another_length() {
        let lengths = (any::length(0..=4, 257), any::length(0..=4, 257), 0..3_u8);
        let unequal = lengths.prop_flat_map(|(m, n, near)| {
            let (m, n) = match near {
                0 => (m, m + 1),
                1 => (m + 1, m),
                _ if m == n => (m, m + 2),
                _ => (m, n),
            };
            (any::vector(m..=m), any::vector(n..=n))
        });
        for_all("x, g", unequal).holds(|(x, gradient)| {
            let got = line_search(&|_| 0.0, x, gradient, 0.5);
            let want = InputError::LengthMismatch { left: x.len(), right: gradient.len() };
            rejected(
                "line_search(f, x, g, ½)",
                got,
                want,
                "`zip` stops at the end of the shorter one. x is on the left, g on the right.",
            )
        });
    }

    #[test]
    fn rejects_an_empty_point() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "line_search(f, [], [], ½)",
                line_search(&|_| 0.0, &[], &[], 0.5),
                want,
                "A point has at least one coordinate.",
            )
        });
    }

    #[test]
    fn rejects_arguments_that_are_not_finite() {
        let at = any::length(1..=3, 257).prop_flat_map(|n| any::vector(n..=n));
        let inputs = (at, 0..257_usize, any::not_finite(), 0..4_usize, any::<bool>());
        for_all("x, i, bad, which, g is 0", inputs).holds(|(at, i, bad, which, level)| {
            // Where g is 0 the answer would be 1, but for the fault.
            let slope = if *level { vec![0.0; at.len()] } else { at.clone() };
            let (mut x, mut gradient, mut c, mut here) = (at.clone(), slope, 0.5, 1.0);
            let i = i % at.len();
            let name = ["x", "gradient", "c", "f"][*which];
            match name {
                // The first one counts.
                "x" => x[i..].fill(*bad),
                "gradient" => gradient[i..].fill(*bad),
                "c" => c = *bad,
                _ => here = *bad,
            }
            let index = if *which < 2 { i } else { 0 };
            let call = format!("line_search(f, {x:?}, {gradient:?}, {c}) where f(x) = {here}");
            let look = "Check the arguments and f(x).";
            // c is outside of (0, 1) as well.
            let range = (name == "c").then_some(c);
            not_finite(&call, line_search(&|_| here, &x, &gradient, c), (name, index), range, look)
        });
    }

    #[test]
    fn rejects_a_c_outside_of_0_to_1() {
        let outside = prop_oneof![
            Just(0.0),
            Just(-0.0),
            Just(1.0),
            Just(1.0_f64.next_up()),
            any::nonzero().prop_map(|c| if c > 0.0 { 1.0 + c } else { c }),
            any::magnitude(-300, 300).prop_map(|c| -c.abs()),
            any::magnitude(1, 300).prop_map(f64::abs),
        ];
        for_all("c, g", (outside, judge::any::select(vec![2.0, 0.0]))).holds(|&(c, g)| {
            let got = line_search(&|x| x[0] * x[0], &[1.0], &[g], c);
            let look = "c has to be between 0 and 1, both excluded.";
            out_of_range(&format!("line_search(f, x, g, {c})"), got, "c", c, look)
        });
    }

    #[test]
    fn uses_every_one_of_many_coordinates() {
        let inputs = (any::length(1..=5, 1025), any::nonzero(), share());
        for_all("n, L, c", inputs).cases(96).holds(|&(n, l, c)| {
            // One coordinate out of n is not 0, each in turn.
            let l = l.abs();
            let want = (0..60).map(|k| 0.5_f64.powi(k)).find(|t| t * l <= 2.0 * (1.0 - c)).unwrap_or(0.0);
            for i in [0, n / 2, n - 1] {
                let (mut x, mut g) = (vec![0.0; n], vec![0.0; n]);
                (x[i], g[i]) = (1.0, l);
                let f = |x: &[f64]| x.iter().map(|x| l * x * x / 2.0).sum();
                let got = line_search(&f, &x, &g, c).accepted("line_search")?;
                let call = format!("line_search(½·{l}·‖x‖², e{i}, {l}·e{i}, {c}) with {n} coordinates");
                equal(&call, got, want, "‖g‖² is the sum over all coordinates.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn evaluates_f_at_x_minus_t_g_only() {
        let coordinates = judge::any::vec((any::fine(), any::fine()), 1..=3);
        for_all("(x, g) of each coordinate, k", (coordinates, 0..=40_i32)).holds(|(coordinates, k)| {
            let (x, g): (Vec<f64>, Vec<f64>) = coordinates.iter().map(|(x, g)| (*x, g + 16.0)).unzip();
            let square: f64 = g.iter().map(|g| g * g).sum();
            // f is NaN except at x and at x − t·g; it decreases for t = 2⁻ᵏ only.
            let at = |t: f64| x.iter().zip(&g).map(|(x, g)| x - t * g).collect::<Vec<f64>>();
            let f = |y: &[f64]| match (0..=60).find(|k| y == at(0.5_f64.powi(*k))) {
                _ if y == x => 1.0,
                Some(tried) if tried == *k => 1.0 - 0.5_f64.powi(*k) * square,
                Some(_) => 2.0,
                None => f64::NAN,
            };
            let got = line_search(&f, &x, &g, 0.5).accepted("line_search")?;
            let look = "Evaluate f at x and at x − t·g for t = 1, ½, ¼, …, in f64.";
            equal(
                &format!("line_search(f, {x:?}, {g:?}, ½) with a decrease at t = 2⁻{k} only"),
                got,
                0.5_f64.powi(*k),
                look,
            )
        });
    }
}
