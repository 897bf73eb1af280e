use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::vectors::dot;
use kit::InputError;
use proptest::prelude::{Strategy, prop_oneof};

/// Σ|xᵢyᵢ|, the size that rounding is measured against.
fn size(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| (x * y).abs()).sum()
}

#[test]
fn it_is_the_sum_of_the_products() {
    let inputs = prop_oneof![7 => any::vectors(0..=6), 1 => any::vectors(7..=200)];
    for_all("x, y", inputs).holds(|[x, y]| {
        // Counted in 64ths the sum is a whole number, and exact.
        let in_64ths: i64 = x.iter().zip(y).map(|(x, y)| (8.0 * x) as i64 * (8.0 * y) as i64).sum();
        let (got, want) = (dot(x, y).accepted("dot(x, y)")?, in_64ths as f64 / 64.0);
        let look = "Multiply entry by entry, with their signs, and add up all n products.";
        close("dot(x, y)", got, want, rounding(x.len(), size(x, y)), look)
    });
}

#[test]
fn a_unit_vector_picks_out_one_entry() {
    let inputs = any::vector(1..=6).prop_flat_map(|x| (0..x.len()).prop_map(move |i| (x.clone(), i)));
    for_all("x, i", inputs).holds(|(x, i)| {
        let mut unit = vec![0.0; x.len()];
        unit[*i] = 1.0;
        let got = dot(x, &unit).accepted("dot(x, eᵢ)")?;
        close("dot(x, eᵢ)", got, x[*i], 0.0, format!("eᵢ = {unit:?} has a single 1. Is every index visited?"))
    });
}

#[test]
fn the_order_of_the_two_vectors_does_not_matter() {
    for_all("x, y", any::vectors(0..=6)).holds(|[x, y]| {
        let (got, want) = (dot(x, y).accepted("dot(x, y)")?, dot(y, x).accepted("dot(y, x)")?);
        let look = "dot(y, x) gave the other number. Do both vectors play the same part?";
        close("dot(x, y)", got, want, rounding(2 * x.len(), size(x, y)), look)
    });
}

#[test]
fn it_is_linear_in_the_first_vector() {
    for_all("a, x, y, z", (any::eighth(), any::vectors(1..=5))).holds(|(a, [x, y, z])| {
        let sum: Vec<f64> = x.iter().zip(y).map(|(x, y)| a * x + y).collect();
        let (of_x, of_y) = (dot(x, z).accepted("dot(x, z)")?, dot(y, z).accepted("dot(y, z)")?);
        let tolerance = rounding(4 * x.len(), (a.abs() + 1.0) * (size(x, z) + size(y, z)));
        let got = dot(&sum, z).accepted("dot(a·x + y, z)")?;
        let look =
            "The law wants a·dot(x, z) + dot(y, z). Absolute values, squares and products of sums break it.";
        close("dot(a·x + y, z)", got, a * of_x + of_y, tolerance, look)
    });
}

#[test]
fn the_units_of_both_vectors_come_out_as_factors() {
    for_all("x, y, j, k", (any::vectors(1..=6), -450..=450_i32, -450..=450_i32)).holds(|([x, y], j, k)| {
        let in_units = |x: &[f64], k: i32| x.iter().map(|x| x * 2.0_f64.powi(k)).collect::<Vec<_>>();
        let want = dot(x, y).accepted("dot(x, y)")?;
        let got = dot(&in_units(x, *j), &in_units(y, *k)).accepted("dot(2ʲ·x, 2ᵏ·y)")?;
        let look =
            "Powers of two round nothing: the law wants 2ʲ·2ᵏ·dot(x, y). Is a small product passed over?";
        close(
            "dot(2ʲ·x, 2ᵏ·y)/2ʲ⁺ᵏ",
            got / 2.0_f64.powi(j + k),
            want,
            rounding(2 * x.len(), size(x, y)),
            look,
        )
    });
}

#[test]
fn rounding_stays_below_n_times_epsilon_times_the_sum_of_sizes() {
    let inputs = proptest::collection::vec((any::entry(), any::entry()), 1..40);
    let pairs = inputs.prop_map(|pairs| pairs.into_iter().unzip::<f64, f64, Vec<f64>, Vec<f64>>());
    for_all("x, y", pairs.prop_map(|(x, y)| [x, y])).holds(|[x, y]| {
        let want = x.iter().zip(y).fold(0.0, |sum, (x, y): (&f64, _)| x.mul_add(*y, sum));
        let got = dot(x, y).accepted("dot(x, y)")?;
        let look = "Beyond the rounding of n products and sums something was lost. Which term?";
        close("dot(x, y)", got, want, rounding(2 * x.len(), size(x, y)), look)
    });
}

#[test]
fn lengths_that_differ_are_rejected_never_cut() {
    for_all("x, y", any::unequal_vectors()).holds(|[x, y]| {
        let (left, right) = (x.len(), y.len());
        let look =
            "`zip` ends with the shorter one and says nothing. Compare the lengths first, x's on the left.";
        rejected("dot(x, y)", dot(x, y), InputError::LengthMismatch { left, right }, look)
    });
}

#[test]
fn two_empty_vectors_give_zero() {
    example(|| {
        let got = dot(&[], &[]).accepted("dot([], [])")?;
        close("dot([], [])", got, 0.0, 0.0, "A sum without terms is 0.")
    });
}

#[test]
fn a_nan_is_not_hidden() {
    for_all("x, y, i", (any::vectors(1..=5), 0..5_usize)).holds(|([x, y], i)| {
        let mut with_nan = x.clone();
        with_nan[i % x.len()] = f64::NAN;
        let got = dot(&with_nan, y).accepted("dot(x with a NaN, y)")?;
        ensure(got.is_nan(), || {
            Broken::answer(
                format!("dot({with_nan:?}, y) = {got}"),
                "NaN",
                "A sum with an unknown term is unknown. What leaves the NaN out?",
            )
        })
    });
}
