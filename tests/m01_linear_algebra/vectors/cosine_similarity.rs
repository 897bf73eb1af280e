use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::vectors::cosine_similarity;
use kit::InputError;
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof};
use proptest::sample::select;

/// Whatever the formula, each of n terms takes a few roundings of numbers of size 1 at most.
fn tolerance(n: usize) -> f64 {
    rounding(4 * n + 8, 1.0)
}

/// Two vectors of one length, neither zero.
fn directions() -> impl Strategy<Value = [Vec<f64>; 2]> + Send + Sync {
    let vectors = prop_oneof![7 => any::vectors(1..=6), 1 => any::vectors(7..=40)];
    let inputs = (vectors, any::nonzero(), any::nonzero(), 0..40_usize, 0..40_usize);
    inputs.prop_map(|([mut x, mut y], a, b, i, j)| {
        let n = x.len();
        (x[i % n], y[j % n]) = (a, b);
        [x, y]
    })
}

#[test]
fn it_is_the_dot_product_over_both_lengths() {
    for_all("x, y", directions()).holds(|[x, y]| {
        // Counted in 64ths the three sums are whole numbers, and exact.
        let in_64ths = |x: &[f64], y: &[f64]| -> i64 {
            x.iter().zip(y).map(|(x, y)| (8.0 * x) as i64 * (8.0 * y) as i64).sum()
        };
        let want = in_64ths(x, y) as f64 / ((in_64ths(x, x) * in_64ths(y, y)) as f64).sqrt();
        let got = cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
        let look = "x·y over ‖x‖ times ‖y‖: are both lengths there, and are they lengths, with their roots?";
        close("cosine_similarity(x, y)", got, want, tolerance(x.len()), look)
    });
}

#[test]
fn it_is_the_cosine_of_the_angle_in_between() {
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
            "Two arrows in the plane: the law wants cos(alpha − beta).",
        )
    });
}

#[test]
fn stretching_either_vector_changes_nothing() {
    // Powers of two, because they stretch without rounding; all lengths stay between 1e-272 and 1e273.
    let ways = select(vec![(1, 0), (0, 1), (1, 1), (1, -1)]);
    let powers = (-900..=900_i32, ways).prop_map(|(k, (x, y))| (k * x, k * y));
    for_all("x, y, j, k", (directions(), powers)).holds(|([x, y], (j, k))| {
        let stretched = |x: &[f64], k: i32| x.iter().map(|x| 2_f64.powi(k) * x).collect::<Vec<_>>();
        let got = cosine_similarity(&stretched(x, *j), &stretched(y, *k))
            .accepted("cosine_similarity(2ʲ·x, 2ᵏ·y)")?;
        let want = cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
        let look = "cosine_similarity(x, y) is the value above. Do squares, or the product of the lengths, \
                    leave the range of f64? Bring each vector to length 1 first.";
        close("cosine_similarity(2ʲ·x, 2ᵏ·y)", got, want, tolerance(2 * x.len()), look)
    });
}

#[test]
fn turning_one_vector_round_changes_the_sign() {
    for_all("x, y", directions()).holds(|[x, y]| {
        let turned: Vec<f64> = x.iter().map(|x| -x).collect();
        let got = cosine_similarity(&turned, y).accepted("cosine_similarity(−x, y)")?;
        let want = -cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
        let look = "The law wants −cosine_similarity(x, y): cos(180° − α) = −cos α.";
        close("cosine_similarity(−x, y)", got, want, tolerance(2 * x.len()), look)
    });
}

#[test]
fn the_order_of_the_two_vectors_does_not_matter() {
    for_all("x, y", directions()).holds(|[x, y]| {
        let got = cosine_similarity(x, y).accepted("cosine_similarity(x, y)")?;
        let want = cosine_similarity(y, x).accepted("cosine_similarity(y, x)")?;
        let look = "cosine_similarity(y, x) gave the other number. Do both vectors play the same part?";
        close("cosine_similarity(x, y)", got, want, tolerance(2 * x.len()), look)
    });
}

#[test]
fn a_small_angle_is_one_and_so_is_nearly_a_right_one() {
    for_all("k, j", (8..=45_i32, 8..=20_i32)).holds(|&(k, j)| {
        let (off, turn) = (2.0_f64.powi(-k), 2.0_f64.powi(-j));
        let look = "Nearly 0 is not 0, and nearly 1 is not 1: nothing is rounded to a round answer.";
        let got =
            cosine_similarity(&[1.0, 0.0], &[off, 1.0]).accepted("cosine_similarity([1, 0], [2⁻ᵏ, 1])")?;
        close(
            "cosine_similarity([1, 0], [2⁻ᵏ, 1])",
            got,
            off / (1.0 + off * off).sqrt(),
            tolerance(2),
            look,
        )?;
        let got =
            cosine_similarity(&[1.0, 0.0], &[1.0, turn]).accepted("cosine_similarity([1, 0], [1, 2⁻ʲ])")?;
        close(
            "cosine_similarity([1, 0], [1, 2⁻ʲ])",
            got,
            1.0 / (1.0 + turn * turn).sqrt(),
            tolerance(2),
            look,
        )
    });
}

#[test]
fn rounding_never_carries_it_beyond_one() {
    let thirds = vec((1..=64_i32).prop_map(|k| f64::from(k) / 3.0), 1..=6);
    let inputs = (thirds, any::nonzero());
    for_all("x, a", inputs).holds(|(x, a)| {
        let parallel: Vec<f64> = x.iter().map(|x| a * x).collect();
        let got = cosine_similarity(x, &parallel).accepted("cosine_similarity(x, a·x)")?;
        ensure((-1.0..=1.0).contains(&got), || {
            let look =
                "True for real numbers, but here rounding went too far, and `acos` of it would be NaN.";
            Broken::answer(format!("cosine_similarity(x, a·x) = {got}"), "a number in [−1, 1]", look)
        })?;
        let look = "Parallel vectors: 1 if they point the same way, −1 if not.";
        close("cosine_similarity(x, a·x)", got, a.signum(), tolerance(2 * x.len()), look)
    });
}

#[test]
fn lengths_that_differ_are_rejected_never_cut() {
    for_all("x, y", any::unequal_vectors()).holds(|[x, y]| {
        let (left, right) = (x.len(), y.len());
        let look = "`zip` ends with the shorter one and says nothing. Compare the lengths before all else, \
                    x's on the left.";
        rejected(
            "cosine_similarity(x, y)",
            cosine_similarity(x, y),
            InputError::LengthMismatch { left, right },
            look,
        )
    });
}

#[test]
fn a_vector_without_direction_is_rejected() {
    let inputs = (any::vector(1..=4), 0..3_usize).prop_map(|(v, which)| {
        let zeros = vec![0.0; v.len()];
        [[zeros.clone(), zeros.clone()], [zeros.clone(), v.clone()], [v, zeros]][which].clone()
    });
    for_all("x, y", inputs).holds(|[x, y]| {
        let name = if x.iter().all(|&x| x == 0.0) { "x" } else { "y" };
        let look =
            format!("All of {name} is zero: there is no angle to it, and neither 0 nor 0/0 is an answer.");
        rejected("cosine_similarity(x, y)", cosine_similarity(x, y), InputError::ZeroVector { name }, look)
    });
}

#[test]
fn empty_vectors_have_no_direction_either() {
    example(|| {
        let look = "All entries of an empty vector are 0, so the first one is to be named.";
        rejected(
            "cosine_similarity([], [])",
            cosine_similarity(&[], &[]),
            InputError::ZeroVector { name: "x" },
            look,
        )
    });
}

#[test]
fn of_two_reasons_the_entry_that_is_not_finite_comes_first() {
    let inputs = (any::vector(1..=4), 0..4_usize, any::not_finite(), proptest::prelude::any::<bool>());
    for_all("v, i, bad, x is zero", inputs).holds(|(v, i, bad, x_is_zero)| {
        let (mut with_bad, zeros, index) = (v.clone(), vec![0.0; v.len()], i % v.len());
        with_bad[index] = *bad;
        let (x, y, name) = if *x_is_zero { (&zeros, &with_bad, "y") } else { (&with_bad, &zeros, "x") };
        let look = "The other vector is zero, but that is the next question: first x and y are both looked \
                    through for what is not finite.";
        let call = format!("cosine_similarity({x:?}, {y:?})");
        rejected(&call, cosine_similarity(x, y), InputError::NotFinite { name, index }, look)
    });
}

#[test]
fn an_entry_that_is_not_finite_is_rejected() {
    let inputs = (any::vectors(1..=4), any::not_finite(), 0..8_usize, any::not_finite(), 0..8_usize);
    for_all(
        "x, y",
        inputs.prop_map(|([mut x, mut y], a, i, b, j)| {
            // One bad entry or two, in one vector or in both: the first of them must be named.
            for (bad, k) in [(a, i), (b, j)] {
                let v = if k < 4 { &mut x } else { &mut y };
                let n = v.len();
                v[k % n] = bad;
            }
            [x, y]
        }),
    )
    .holds(|[x, y]| {
        let bad = |name, v: &[f64]| Some((name, v.iter().position(|entry| !entry.is_finite())?));
        let (name, index) = bad("x", x).or_else(|| bad("y", y)).unwrap_or(("x", 0));
        let look = "Look through x for a NaN or an infinity, then through y, before anything is computed.";
        let got = cosine_similarity(x, y);
        rejected("cosine_similarity(x, y)", got, InputError::NotFinite { name, index }, look)
    });
}
