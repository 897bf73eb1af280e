use judge::any::select;
use judge::any::vec;
use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::vectors::cosine_similarity;
use kit::InputError;
use proptest::prelude::{Just, Strategy, any as any_of, prop_oneof};

use super::super::range;

/// Whatever the formula, each of n terms takes a few roundings of numbers of size 1 at most.
fn tolerance(n: usize) -> f64 {
    rounding(4 * n + 8, 1.0)
}

/// Two vectors of one length up to 1025, neither zero.
fn directions() -> impl Strategy<Value = [Vec<f64>; 2]> + Send + Sync {
    let entries = (any::nonzero(), any::nonzero(), 0..1025_usize, 0..1025_usize);
    (range::long_vectors(1), entries).prop_map(|([mut x, mut y], (a, b, i, j))| {
        let n = x.len();
        for (v, entry, i) in [(&mut x, a, i), (&mut y, b, j)] {
            if v.iter().all(|v| *v == 0.0) {
                v[i % n] = entry;
            }
        }
        [x, y]
    })
}

#[test]
fn is_the_dot_product_over_both_norms() {
    for_all("x, y", directions()).holds(|[x, y]| {
        // Counted in 64ths the three sums are whole numbers, and exact.
        let in_64ths = |x: &[f64], y: &[f64]| -> i64 {
            x.iter().zip(y).map(|(x, y)| (8.0 * x) as i64 * (8.0 * y) as i64).sum()
        };
        let want = in_64ths(x, y) as f64 / (in_64ths(x, x) as f64 * in_64ths(y, y) as f64).sqrt();
        // Equal vectors are the same slice, every other time.
        let y = if x == y && x.len() % 2 == 0 { x } else { y };
        let got = cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
        let look = "x·y divided by ‖x‖·‖y‖: are both norms there, with their square roots?";
        close("cosine_similarity(x, y)", got, want, tolerance(x.len()), look)
    });
}

#[test]
fn is_the_cosine_of_the_angle() {
    for_all("alpha, beta", (any::angle(), any::angle())).holds(|&(alpha, beta): &(f64, f64)| {
        let (x, y) = ([alpha.cos(), alpha.sin()], [beta.cos(), beta.sin()]);
        let call = "cosine_similarity([cos alpha, sin alpha], [cos beta, sin beta])";
        let got = cosine_similarity(&x, &y).accepted(call)?;
        // The difference of the angles, up to 16, is rounded once more where a quarter turn takes part.
        let tolerance = tolerance(2) + rounding(1, 16.0);
        close(
            call,
            got,
            (alpha - beta).cos(),
            tolerance,
            "Two unit vectors in the plane at the angles alpha and beta: the cosine is cos(alpha − beta).",
        )
    });
}

#[test]
fn changes_sign_with_one_vector() {
    for_all("x, y", directions()).holds(|[x, y]| {
        let turned: Vec<f64> = x.iter().map(|x| -x).collect();
        let got = cosine_similarity(&turned, y).accepted("cosine_similarity(−x, y)")?;
        let want = -cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
        let look = "cos(180° − α) = −cos α: the value above is −cosine_similarity(x, y).";
        close("cosine_similarity(−x, y)", got, want, tolerance(2 * x.len()), look)
    });
}

#[test]
fn is_symmetric() {
    for_all("x, y", directions()).holds(|[x, y]| {
        let got = cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
        let want = cosine_similarity(y, x).accepted("cosine_similarity(y, x)")?;
        let look = "cosine_similarity(y, x) is the value above. Are both vectors used in the same way?";
        close("cosine_similarity(x, y)", got, want, tolerance(2 * x.len()), look)
    });
}

#[test]
fn does_not_depend_on_the_norms() {
    for_all("x, y, a", (directions(), any::nonzero())).holds(|([x, y], a)| {
        let scaled: Vec<f64> = x.iter().map(|x| a.abs() * x).collect();
        let got = cosine_similarity(&scaled, y).accepted("cosine_similarity(|a|·x, y)")?;
        let want = cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
        let look =
            "Scaling by a positive factor changes no angle: cosine_similarity(x, y) is the value above.";
        close("cosine_similarity(|a|·x, y)", got, want, tolerance(2 * x.len()), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::vectors::cosine_similarity;
        let right_angle = cosine_similarity(&[2.0, 0.0], &[0.0, 3.0])?;
        assert!(right_angle.abs() < 1e-14);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_depend_on_huge_and_tiny_norms() {
        // Powers of two, because they stretch without rounding; all lengths stay between 1e-299 and 1e299.
        let ways = select(vec![(1, 0), (0, 1), (1, 1), (1, -1)]);
        let powers = prop_oneof![2 => -980..=980_i32, 1 => -990..=-960_i32, 1 => 960..=980_i32];
        let powers = (powers, ways).prop_map(|(k, (x, y))| ((k * x).min(985), (k * y).min(985)));
        for_all("x, y, j, k", (directions(), powers)).holds(|([x, y], (j, k))| {
            let stretched = |x: &[f64], k: i32| x.iter().map(|x| 2_f64.powi(k) * x).collect::<Vec<_>>();
            let got = cosine_similarity(&stretched(x, *j), &stretched(y, *k))
                .accepted("cosine_similarity(2ʲ·x, 2ᵏ·y)")?;
            let want = cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
            let look = "cosine_similarity(x, y) is the value above. Do squares, or the product of the \
                        norms, overflow or underflow? Normalize each vector first.";
            close("cosine_similarity(2ʲ·x, 2ᵏ·y)", got, want, tolerance(2 * x.len()), look)
        });
    }

    #[test]
    fn is_accurate_for_nearly_parallel_and_nearly_orthogonal_vectors() {
        let powers = (8..=45_i32, 8..=20_i32);
        let entries = any::length(2..=6, 257).prop_flat_map(|n| (Just(n), 0..n, 1..n));
        for_all("k, j, (n, i, next), opposite", (powers, entries, any_of::<bool>())).holds(
            |&((k, j), (n, i, next), opposite)| {
                let (off, turn) = (2.0_f64.powi(-k), 2.0_f64.powi(-j));
                // The same two vectors among other axes, in the same direction or in opposite ones.
                let sign = if opposite { -1.0 } else { 1.0 };
                let mut along = vec![0.0; n];
                along[i] = 8.0 * sign;
                let mut turned = vec![0.0; n];
                (turned[i], turned[(i + next) % n]) = (1.0, turn);
                let look = "Nearly 1 is not 1, in any number of dimensions: the result is not rounded.";
                let got =
                    cosine_similarity(&along, &turned).accepted("cosine_similarity(±8·eᵢ, eᵢ + 2⁻ʲ·eₖ)")?;
                let want = sign / (1.0 + turn * turn).sqrt();
                close("cosine_similarity(±8·eᵢ, eᵢ + 2⁻ʲ·eₖ)", got, want, tolerance(n), look)?;
                let look = "Nearly 0 is not 0, and nearly 1 is not 1: the result is not rounded.";
                let got = cosine_similarity(&[1.0, 0.0], &[off, 1.0])
                    .accepted("cosine_similarity([1, 0], [2⁻ᵏ, 1])")?;
                close(
                    "cosine_similarity([1, 0], [2⁻ᵏ, 1])",
                    got,
                    off / (1.0 + off * off).sqrt(),
                    tolerance(2),
                    look,
                )?;
                let got = cosine_similarity(&[1.0, 0.0], &[1.0, turn])
                    .accepted("cosine_similarity([1, 0], [1, 2⁻ʲ])")?;
                close(
                    "cosine_similarity([1, 0], [1, 2⁻ʲ])",
                    got,
                    1.0 / (1.0 + turn * turn).sqrt(),
                    tolerance(2),
                    look,
                )
            },
        );
    }

    #[test]
    fn stays_within_one_after_rounding() {
        let thirds =
            any::length(1..=6, 257).prop_flat_map(|n| vec((1..=64_i32).prop_map(|k| f64::from(k) / 3.0), n));
        let inputs = (thirds, any::nonzero());
        for_all("x, a", inputs).holds(|(x, a)| {
            let parallel: Vec<f64> = x.iter().map(|x| a * x).collect();
            let got = cosine_similarity(x, &parallel).accepted("cosine_similarity(x, a·x)")?;
            ensure((-1.0..=1.0).contains(&got), || {
                let look =
                    "Rounding error made it larger than 1 in absolute value, and `acos` of it would be NaN.";
                Broken::answer(format!("cosine_similarity(x, a·x) = {got}"), "a number in [−1, 1]", look)
            })?;
            let look = "Parallel vectors: 1 for the same direction, −1 for opposite directions.";
            close("cosine_similarity(x, a·x)", got, a.signum(), tolerance(2 * x.len()), look)
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        // Neither is a zero vector: the lengths are the only fault.
        let inputs = range::unequal_vectors().prop_map(|vectors| vectors.map(|v| [vec![1.0], v].concat()));
        for_all("x, y", inputs).holds(|[x, y]: &[Vec<f64>; 2]| {
            let (left, right) = (x.len(), y.len());
            let look = "`zip` stops at the end of the shorter one without an error. Compare the lengths \
                        first, x's on the left.";
            rejected(
                "cosine_similarity(x, y)",
                cosine_similarity(x, y),
                InputError::LengthMismatch { left, right },
                look,
            )
        });
    }

    #[test]
    fn rejects_a_zero_vector() {
        let zero = select(vec![0.0, -0.0]);
        let inputs = (range::long_vectors(1), any::nonzero(), zero, any_of::<bool>()).prop_map(
            |([mut v], first, zero, x_is_zero)| {
                v[0] = first;
                let zeros = vec![zero; v.len()];
                if x_is_zero { [zeros, v] } else { [v, zeros] }
            },
        );
        for_all("x, y", inputs).holds(|[x, y]| {
            let name = if x.iter().all(|&x| x == 0.0) { "x" } else { "y" };
            let look =
                format!("{name} is a zero vector: the angle is undefined, and neither 0 nor 0/0 is right.");
            rejected(
                "cosine_similarity(x, y)",
                cosine_similarity(x, y),
                InputError::ZeroVector { name },
                look,
            )
        });
    }

    #[test]
    fn rejects_empty_vectors() {
        example(|| {
            let got = cosine_similarity(&[], &[]);
            ensure(matches!(got, Err(InputError::ZeroVector { name: "x" | "y" })), || {
                let look = "An empty vector has no direction, so the cosine is undefined.";
                let want = "Err(ZeroVector { name: \"x\" }), or \"y\"";
                Broken::answer(format!("cosine_similarity([], []) = {got:?}"), want, look)
            })
        });
    }

    #[test]
    fn rejects_entries_that_are_not_finite() {
        let index = || prop_oneof![1 => 0..1025_usize, 1 => Just(usize::MAX)];
        let bad = (any_of::<bool>(), index(), any::not_finite(), index(), any::not_finite());
        let inputs = (directions(), bad).prop_map(|([mut x, mut y], (in_x, i, a, j, b))| {
            // One vector holds it, once or twice: the first index counts.
            let v = if in_x { &mut x } else { &mut y };
            let n = v.len();
            let place = |i: usize| if i == usize::MAX { n - 1 } else { i % n };
            (v[place(i)], v[place(j)]) = (a, b);
            [x, y]
        });
        for_all("x, y", inputs).holds(|[x, y]| {
            let bad = |name, v: &[f64]| Some((name, v.iter().position(|entry| !entry.is_finite())?));
            let (name, index) = bad("x", x).or_else(|| bad("y", y)).unwrap_or(("x", 0));
            let look = "Search x and y for the first NaN or infinity before anything is computed.";
            let got = cosine_similarity(x, y);
            rejected("cosine_similarity(x, y)", got, InputError::NotFinite { name, index }, look)
        });
    }

    #[test]
    fn is_accurate_for_long_vectors_and_numbers_of_every_magnitude() {
        let both = prop_oneof![any::wide_vectors(1..=6), range::vectors(257, -297, 297)];
        let inputs = both.prop_map(|vectors: [Vec<f64>; 2]| {
            vectors.map(|mut v| {
                // Neither may be zero.
                v[0] = if v[0] == 0.0 { 1.0 } else { v[0] };
                v
            })
        });
        for_all("x, y", inputs).holds(|[x, y]| {
            let unit = |v: &[f64]| {
                // Divided by the largest first: what underflows does not count next to it.
                let largest = v.iter().fold(0.0_f64, |largest, v| largest.max(v.abs()));
                let v: Vec<f64> = v.iter().map(|v| v / largest).collect();
                let norm = v.iter().fold(0.0_f64, |sum, v| v.mul_add(*v, sum)).sqrt();
                v.iter().map(|v| v / norm).collect::<Vec<_>>()
            };
            let want: f64 = unit(x).iter().zip(&unit(y)).map(|(x, y)| x * y).sum();
            let got = cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
            let look = "Every entry of both vectors counts, with all its digits.";
            close("cosine_similarity(x, y)", got, want, 2.0 * tolerance(x.len()), look)
        });
    }
}
