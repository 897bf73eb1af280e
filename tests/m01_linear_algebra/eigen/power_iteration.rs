use judge::{Broken, any, close, ensure, for_all, rejected, rounding};
use katas::m01_linear_algebra::eigen::power_iteration;
use kit::{Generator, InputError, Matrix};
use nalgebra::DMatrix;
use proptest::prelude::*;
use proptest::sample::select;

use super::pairs::{STEPS, TOLERANCE, ask, asked, is_pair};
use super::{mirror_plan, mirrored};

#[test]
fn the_residual_is_within_the_tolerance() {
    for_all("u, d, seed", (mirror_plan(), 0..100_u64)).holds(|((u, d), seed)| {
        let (a, ..) = mirrored(u, d);
        let (value, v) = asked(&a, *seed)?;
        let look = format!("A = {a:?}. Stop by ‖Av − λv‖: a λ that no longer changes says nothing about v.");
        is_pair(&a, value, &v, &look)
    });
}

#[test]
fn it_finds_the_eigenvalue_of_largest_size_with_its_sign() {
    for_all("u, d, seed", (mirror_plan(), 0..100_u64)).holds(|((u, d), seed)| {
        let (a, want, direction) = mirrored(u, d);
        let (value, v) = asked(&a, *seed)?;
        let look = format!("A = {a:?} has it along {direction:?}. ‖Av‖ has lost the sign; v·Av keeps it.");
        // Some eigenvalue lies within the residual; the others are half as large at most.
        let tolerance = 2.0 * TOLERANCE * want.abs() + rounding(8 * a.rows(), want);
        close(&format!("power_iteration(A) = (_, {v:?}): λ"), value, want, tolerance, look)
    });
}

#[test]
fn the_vector_has_length_one_and_lies_on_the_line() {
    for_all("u, d, seed", (mirror_plan(), 0..100_u64)).holds(|((u, d), seed)| {
        let (a, _, direction) = mirrored(u, d);
        let (_, v) = asked(&a, *seed)?;
        let along: f64 = v.iter().zip(&direction).map(|(v, w)| v * w).sum();
        let length = v.iter().map(|v| v * v).sum::<f64>().sqrt();
        let look = format!("A = {a:?}; either sign of v is right. Is v divided by its length at the end?");
        // A residual r turns v by up to r over the gap, here half of |λ|; cos of that is 1 up to its square.
        let tolerance = (4.0 * TOLERANCE).powi(2) + rounding(16 * v.len(), 1.0);
        let call = format!("[‖v‖, |v·w|] for v = {v:?}, w = {direction:?}");
        close(&call, [length, along.abs()].as_slice(), [1.0, 1.0].as_slice(), tolerance, look)
    });
}

#[test]
fn it_agrees_with_the_decomposition_of_nalgebra() {
    let inputs = (1..=5_usize).prop_flat_map(|n| (any::matrix(n, n), 0..100_u64));
    for_all("a, seed", inputs).holds(|(half, seed)| {
        let n = half.rows();
        let a = Matrix::from_fn(n, n, |i, j| if i <= j { half[(i, j)] } else { half[(j, i)] });
        let all = DMatrix::from_row_slice(n, n, a.as_slice()).symmetric_eigen().eigenvalues;
        let mut sizes: Vec<f64> = all.iter().copied().collect();
        sizes.sort_by(|x, y| y.abs().total_cmp(&x.abs()));
        if n > 1 && sizes[1].abs() > 0.9 * sizes[0].abs() {
            return Ok(()); // Too close to settle in so few steps.
        }
        let (value, _) = asked(&a, *seed)?;
        let tolerance = 2.0 * TOLERANCE * sizes[0].abs() + rounding(100 * n, sizes[0]);
        let look = format!("A = {a:?} has the eigenvalues {sizes:?}: the first is wanted.");
        close("power_iteration(A): λ", value, sizes[0], tolerance, look)
    });
}

#[test]
fn no_start_is_at_a_right_angle_to_the_answer() {
    let inputs =
        (1..=3_usize, any::<bool>(), 0..100_u64).prop_map(|(half, ring, seed)| (2 * half, ring, seed));
    for_all("n, ring, seed", inputs).holds(|&(n, ring, seed)| {
        // Round the even ring 2xᵢ − xᵢ₋₁ − xᵢ₊₁ has the dominant eigenvector (1, −1, 1, −1, …); the diagonal matrix
        // has eₙ. The first is at a right angle to (1, 1, …), the second to all other eᵢ.
        let next = |i: usize, j: usize| f64::from((i + 1) % n == j) + f64::from((j + 1) % n == i);
        let entry = |i: usize, j: usize| match (ring, i == j) {
            (true, true) => 2.0,
            (true, false) => -next(i, j),
            (false, true) => (i + 1).pow(2) as f64,
            (false, false) => 0.0,
        };
        let a = Matrix::from_fn(n, n, entry);
        let want = if ring { 4.0 } else { (n * n) as f64 };
        let (value, v) = asked(&a, seed)?;
        let look = format!(
            "A = {a:?}; came out along {v:?}. From a start without any part of the answer none can grow: \
             draw it."
        );
        close("power_iteration(A): λ", value, want, 2.0 * TOLERANCE * want, look)
    });
}

#[test]
fn the_generator_moves_on() {
    let inputs = (2..=4_usize).prop_flat_map(|n| (any::matrix(n, n), any::nonzero(), any::seed()));
    for_all("a, corner, seed", inputs).holds(|(half, corner, seed)| {
        let n = half.rows();
        let mut a = Matrix::from_fn(n, n, |i, j| if i <= j { half[(i, j)] } else { half[(j, i)] });
        // Neither zero nor diagonal, so that nobody reads the answer off without a start.
        (a[(0, 1)], a[(1, 0)]) = (*corner, *corner);
        let (before, mut generator) = (Generator::from_seed(*seed), Generator::from_seed(*seed));
        // Whether it settled does not matter here.
        drop(power_iteration(&a, TOLERANCE, 10, &mut generator));
        ensure(generator != before, || {
            let look = "The start is drawn from the generator that was given: not from a copy of it, nor \
                        from one of your own with a fixed seed, which makes a fixed start.";
            Broken::answer("a generator that stands where it stood", "one that has moved on", look)
        })
    });
}

#[test]
fn two_opposite_eigenvalues_of_one_size_have_no_winner() {
    let inputs = (any::nonzero(), any::nonzero(), 0..100_u64);
    for_all("a, b, seed", inputs).holds(|&(a, b, seed)| {
        // ±√(a² + b²).
        let matrix = Matrix::from_rows([[a, b], [b, -a]]);
        match ask(&matrix, seed) {
            Err(InputError::NotConverged { steps: STEPS, .. }) => Ok(()),
            Err(other) => Err(Broken::answer(
                format!("Err({other:?})"),
                format!("Err(NotConverged {{ steps: {STEPS}, … }})"),
                "A is allowed, only nothing settles: v swings between two vectors.",
            )),
            Ok((value, v)) => {
                is_pair(&matrix, value, &v, "v swings between two vectors and is no eigenvector.")
            }
        }
    });
}

#[test]
fn what_has_not_settled_is_reported() {
    for_all("d, seed", (any::nonzero(), 0..100_u64)).holds(|&(d, seed)| {
        // From step to step the second part falls by a factor of 1 − 2⁻¹⁰: five steps change next to nothing.
        let a = Matrix::from_rows([[d, 0.0], [0.0, d * (1.0 - 1.0 / 1024.0)]]);
        let got = power_iteration(&a, 1e-13, 5, &mut Generator::from_seed(seed));
        let right = match got {
            Err(InputError::NotConverged { steps, residual }) => {
                // It is largest halfway between both directions: half of the distance of the eigenvalues.
                steps == 5 && residual > 1e-13 * d.abs() && residual <= d.abs() / 2048.0 * (1.0 + 1e-9)
            }
            _ => false,
        };
        ensure(right, || {
            let want = "Err(NotConverged { steps: 5, residual: … })";
            Broken::answer(
                format!("power_iteration({a:?}, 1e-13, 5) = {got:?}"),
                want,
                "The limit of steps ends the search, and ‖Av − λv‖ is the residual to report, at most \
                 |d|/2048 here: half of the distance of the two eigenvalues.",
            )
        })
    });
}

#[test]
fn one_entry_is_its_own_eigenvalue_and_zero_is_zero_at_once() {
    for_all("a, n, seed", (any::eighth(), 1..=3_usize, 0..100_u64)).holds(|&(x, n, seed)| {
        let a = if n == 1 { Matrix::from_rows([[x]]) } else { Matrix::zeros(n, n) };
        let want = if n == 1 { x } else { 0.0 };
        let (value, v) = asked(&a, seed)?;
        let length = v.iter().map(|v| v * v).sum::<f64>().sqrt();
        let look =
            "The zero matrix sends every v to 0: do not divide by that length. Any v of length 1 is right.";
        let call = format!("power_iteration({a:?}) = ({value}, {v:?}): [λ, ‖v‖]");
        close(&call, [value, length].as_slice(), [want, 1.0].as_slice(), rounding(16, want.abs() + 1.0), look)
    });
}

#[test]
fn the_unit_plays_no_part() {
    let scale = select(vec![1e97, 1e-97]);
    for_all("u, d, scale", (mirror_plan(), scale)).holds(|((u, d), scale)| {
        let (a, want, _) = mirrored(u, d);
        let scaled = Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] * scale);
        let (value, _) = asked(&scaled, 1)?;
        let look = "Is v brought back to length 1 in each step? Is the residual compared with tolerance·|λ|?";
        let tolerance = 2.0 * TOLERANCE * want.abs() + rounding(8 * a.rows(), want);
        close("power_iteration(A): λ over the scale", value / scale, want, tolerance, look)
    });
}

#[test]
fn a_matrix_that_is_not_symmetric_is_rejected() {
    let inputs =
        (2..=4_usize).prop_flat_map(|n| (any::matrix(n, n), 0..n, 1..n, proptest::prelude::any::<bool>()));
    for_all("a, i, k, by one bit", inputs).holds(|(half, i, k, one_bit)| {
        let n = half.rows();
        let mut a = Matrix::from_fn(n, n, |i, j| if i <= j { half[(i, j)] } else { half[(j, i)] });
        let (i, j) = (*i, (i + k) % n);
        a[(i, j)] = if *one_bit { a[(i, j)].next_up() } else { a[(i, j)] + 0.125 };
        // The last pair differs as well; the first counts.
        if (i.min(j), i.max(j)) != (n - 2, n - 1) {
            a[(n - 1, n - 2)] += 1.0;
        }
        let want = InputError::NotSymmetric { row: i.min(j), col: i.max(j) };
        let look = "Compare each entry above the diagonal with its mirror image below, by ==.";
        rejected(&format!("power_iteration({a:?})"), ask(&a, 1), want, look)
    });
}

#[test]
fn a_matrix_that_is_not_square_or_is_empty_is_rejected() {
    for_all("a", any::any_matrix(0..=3, 0..=3)).holds(|a| {
        let (rows, cols) = a.shape();
        let want = match (rows == cols, rows) {
            (false, _) => InputError::NotSquare { rows, cols },
            (true, 0) => InputError::TooFew { got: 0, wanted: 1 },
            (true, _) => return Ok(()),
        };
        rejected(&format!("power_iteration({a:?})"), ask(a, 1), want, "Look at the shape before all else.")
    });
}

#[test]
fn nan_and_infinity_are_rejected() {
    let inputs = (1..=3_usize).prop_flat_map(|n| (any::matrix(n, n), 0..n * n, any::not_finite()));
    for_all("a, index, bad", inputs).holds(|(half, index, bad)| {
        let (n, index) = (half.rows(), *index);
        let mut a = half.clone();
        // The first one counts.
        (index..n * n).for_each(|k| a[(k / n, k % n)] = *bad);
        let want = InputError::NotFinite { name: "matrix", index };
        let look = "Entry (i, j) is number i·n + j. A NaN does not equal itself: ask for it before symmetry.";
        rejected(&format!("power_iteration({a:?})"), ask(&a, 1), want, look)
    });
}

#[test]
fn a_tolerance_that_nothing_meets_is_rejected() {
    for_all("tolerance", select(vec![0.0, -1e-9, -1.0, f64::NAN])).cases(16).holds(|&tolerance| {
        let a = Matrix::from_rows([[1.0]]);
        let got = power_iteration(&a, tolerance, STEPS, &mut Generator::from_seed(1));
        let want = InputError::OutOfRange { name: "tolerance", got: tolerance, wanted: "above 0" };
        rejected(&format!("power_iteration({a:?}, {tolerance}, …)"), got, want, "NaN fails every comparison.")
    });
}
