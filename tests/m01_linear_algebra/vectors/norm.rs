use judge::any::vec;
use judge::{Broken, Verdict, any, close, ensure, equal, example, for_all, rounding};
use katas::m01_linear_algebra::vectors::norm;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::super::range;

/// Each of n squares, sums and divisions, and the root, may round: more than any of the usual algorithms needs.
fn tolerance(n: usize, norm: f64) -> f64 {
    rounding(2 * n + 4, norm)
}

#[test]
fn is_the_root_of_the_sum_of_squares() {
    for_all("x", range::long_vectors(0)).holds(|[x]| {
        // Counted in 64ths the sum is a whole number, and exact.
        let in_64ths: i64 = x.iter().map(|x| (8.0 * x) as i64).map(|k| k * k).sum();
        let want = (in_64ths as f64).sqrt() / 8.0;
        let look = "Square every entry, sum all n squares, take the square root of the sum.";
        close("norm(x)", norm(x), want, tolerance(x.len(), want), look)
    });
}

/// [a, a, …, a] with n entries.
fn grows_with_root_n(a: f64, n: usize) -> Verdict {
    let want = a.abs() * (n as f64).sqrt();
    let look = "x = [a, a, …, a] with n entries: ‖x‖ = |a|√n. Is every entry counted once?";
    close("norm(x)", norm(&vec![a; n]), want, tolerance(n, want), look)
}

#[test]
fn grows_with_root_n_for_equal_entries() {
    for_all("a, n", (any::eighth(), any::length(1..=20, 1025))).holds(|&(a, n)| grows_with_root_n(a, n));
}

#[test]
fn satisfies_the_triangle_inequality() {
    for_all("x, y", any::vectors(1..=6)).holds(|[x, y]| {
        let sum: Vec<f64> = x.iter().zip(y).map(|(x, y)| x + y).collect();
        let (direct, detour) = (norm(&sum), norm(x) + norm(y));
        ensure(direct <= detour + tolerance(x.len(), detour), || {
            let got = format!("norm(x + y) = {direct}, norm(x) + norm(y) = {detour}");
            let look = "The triangle inequality ‖x + y‖ ≤ ‖x‖ + ‖y‖. The sum of squares without its square \
                        root violates it, and so does NaN.";
            Broken::answer(got, format!("norm(x + y) ≤ {detour}"), look)
        })
    });
}

#[test]
fn is_zero_for_the_zero_vector() {
    for_all("n", 0..=5_usize).holds(|n| {
        let look =
            "The zero vector with n entries. Is something divided by the largest entry, which is 0 here?";
        close("norm([0; n])", norm(&vec![0.0; *n]), 0.0, 0.0, look)
    });
}

#[test]
fn scales_with_the_absolute_value_of_a_factor() {
    for_all("a, x", (any::eighth(), any::vector(1..=6))).holds(|(a, x)| {
        let scaled: Vec<f64> = x.iter().map(|x| a * x).collect();
        let want = a.abs() * norm(x);
        let look = "‖a·x‖ = |a|·‖x‖, and |a|·norm(x) is the value above. Is the square root there?";
        close("norm(a·x)", norm(&scaled), want, tolerance(2 * x.len(), want), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::vectors::norm;
        assert_eq!(norm(&[3.0, -4.0]), 5.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn neither_overflows_nor_underflows() {
        // Powers of two, because they stretch without rounding; every length here is a normal number.
        // From 2⁻⁵⁴⁰ to 2⁻⁵⁰⁵ the squares are not 0 yet, but have lost digits.
        let powers = prop_oneof![
            3 => -1019..=1018_i32,
            1 => -540..=-505_i32,
            1 => -1025..=-1010_i32,
            1 => 1010..=1019_i32,
        ];
        for_all("x, k", (any::vector(1..=6), powers)).holds(|(x, k)| {
            // In two steps, since 2⁻¹⁰²⁵ is not a normal number.
            let stretch = |x: f64| x * 2_f64.powi(k / 2) * 2_f64.powi(k - k / 2);
            let stretched: Vec<f64> = x.iter().map(|x| -stretch(*x)).collect();
            let want = stretch(norm(x));
            if want < f64::MIN_POSITIVE {
                return Ok(()); // No normal number.
            }
            let look = "‖2ᵏ·x‖ = 2ᵏ·‖x‖. 1e200² overflows, 1e-200² underflows and 1e-160² has three digits \
                        left: divide the entries by their largest absolute value before you square them.";
            close("norm(−2ᵏ·x)", norm(&stretched), want, tolerance(2 * x.len(), want), look)
        });
    }

    #[test]
    fn is_accurate_for_entries_of_different_magnitudes() {
        let sizes = (-900..=900_i32, 60..=1800_i32, any::vector(1..=3));
        let inputs = sizes.prop_flat_map(|(k, less, tiny)| {
            let (huge, small) = (2_f64.powi(k), 2_f64.powi((k - less).max(-1000)));
            let entries =
                [3.0 * huge, -4.0 * huge].into_iter().chain(tiny.into_iter().map(move |t| small * t));
            (Just(k), Just(entries.collect::<Vec<_>>()).prop_shuffle())
        });
        for_all("k, x", inputs).holds(|(k, x)| {
            // The squares of the tiny ones are below 2⁻¹⁰⁸ of the whole.
            let want = 5.0 * 2_f64.powi(*k);
            let look = "√((3·2ᵏ)² + (4·2ᵏ)²) = 5·2ᵏ, and the rest is negligible. If you divide by one entry \
                        first: is it the largest one, wherever it is?";
            close("norm(x)", norm(x), want, tolerance(x.len(), want), look)
        });
    }

    #[test]
    fn propagates_nan() {
        let other = prop_oneof![any::eighth(), any::not_finite()];
        let others = any::size(0..=4, 257).prop_flat_map(move |n| vec(other.clone(), n));
        let inputs = others.prop_map(|others| [vec![f64::NAN], others].concat());
        for_all("x", Strategy::prop_shuffle(inputs)).holds(|x| {
            let got = norm(x);
            ensure(got.is_nan(), || {
                let look = "`max`, `<` and `hypot(∞, NaN)` ignore a NaN. Which of them gets it here?";
                Broken::answer(format!("norm(x) = {got}"), "NaN, because an entry is NaN", look)
            })
        });
    }

    #[test]
    fn is_infinite_for_an_infinite_entry() {
        let infinite = prop_oneof![Just(f64::INFINITY), Just(f64::NEG_INFINITY)];
        let other = prop_oneof![3 => any::eighth(), 1 => infinite.clone()];
        let others = any::size(0..=4, 257).prop_flat_map(move |n| vec(other.clone(), n));
        let inputs = (infinite, others);
        let inputs = inputs.prop_map(|(one, others)| [vec![one], others].concat()).prop_shuffle();
        for_all("x", inputs).holds(|x| {
            equal("norm(x)", norm(x), f64::INFINITY, "No entry is NaN. Is ∞ divided by ∞ on the way?")
        });
    }

    #[test]
    fn is_accurate_where_squares_overflow() {
        example(|| {
            let look = "(3e200)² overflows to ∞ in `f64`. Divide by the largest absolute value first.";
            close("norm([3e200, 4e200])", norm(&[3e200, 4e200]), 5e200, tolerance(2, 5e200), look)
        });
    }

    #[test]
    fn is_accurate_for_long_vectors_and_numbers_of_every_magnitude() {
        for_all("x", any::wide_vector(0..=6)).holds(|x| {
            // Between 10⁻¹² and 10⁷ squares neither overflow nor underflow.
            let want = x.iter().fold(0.0_f64, |sum, x| x.mul_add(*x, sum)).sqrt();
            let look = "Every entry counts once, with all its digits.";
            close("norm(x)", norm(x), want, 2.0 * tolerance(x.len(), want), look)
        });
    }

    #[test]
    fn grows_with_root_n_for_entries_of_every_magnitude() {
        // Near 10¹⁵⁴ one square is a number, and the sum of some overflows; near 10⁻¹⁵⁴ squares lose digits.
        let entry = prop_oneof![
            2 => any::wide(),
            2 => any::magnitude(-300, 300),
            1 => any::magnitude(153, 154),
            1 => any::magnitude(-163, -153),
        ];
        for_all("a, n", (entry, any::size(0..=200, 1025))).holds(|&(a, n)| grows_with_root_n(a, n));
    }

    #[test]
    fn is_accurate_through_the_whole_range() {
        for_all("x", range::vectors(257, -300, 300)).holds(|[x]: &[Vec<f64>; 1]| {
            // Over a power of two next to the largest entry, which causes no rounding and neither overflow nor underflow
            // of what counts.
            let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
            let unit = if largest == 0.0 { 1.0 } else { 2.0_f64.powi(largest.log2() as i32) };
            let want = unit * x.iter().map(|x| (x / unit) * (x / unit)).sum::<f64>().sqrt();
            let look = "Wherever ‖x‖ is a normal number the result is accurate, for any number of entries: \
                        divide by the largest absolute value before you square.";
            close("norm(x)", norm(x), want, 2.0 * tolerance(x.len(), want), look)
        });
    }
}
