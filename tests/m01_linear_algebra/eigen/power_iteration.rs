use judge::any::select;
use judge::{Answer, Broken, any, close, ensure, for_all, rejected, rounding};
use katas::m01_linear_algebra::eigen::power_iteration;
use kit::{Generator, InputError, Matrix};
use nalgebra::DMatrix;
use proptest::prelude::*;

use super::super::range;
use super::pairs::{
    STEPS, TOLERANCE, ask, asked, is_pair, reports_a_half, reports_a_small_gap, solves_rank_one,
};
use super::{
    large_mirror_plan, mirror_plan, mirrored, power_of_ten, residual, symmetric_matrix as symmetric,
};

#[test]
fn has_a_residual_within_the_tolerance() {
    for_all("u, d, seed", (mirror_plan(), 0..100_u64)).holds(|((u, d), seed)| {
        let (a, ..) = mirrored(u, d);
        let (value, v) = asked(&a, *seed)?;
        let look = format!("A = {a:?}. Stop by the residual ‖Av − λv‖: λ converges before v does.");
        is_pair(&a, value, &v, &look)
    });
}

#[test]
fn finds_the_dominant_eigenvalue_with_its_sign() {
    for_all("u, d, seed", (mirror_plan(), 0..100_u64)).holds(|((u, d), seed)| {
        let (a, want, direction) = mirrored(u, d);
        let (value, v) = asked(&a, *seed)?;
        let look = format!("A = {a:?} has the eigenvector {direction:?}. ‖Av‖ is |λ|; v·Av has the sign.");
        // Some eigenvalue lies within the residual; the others are half as large at most.
        let tolerance = 2.0 * TOLERANCE * want.abs() + rounding(8 * a.rows(), want);
        close(&format!("power_iteration(A) = (_, {v:?}): λ"), value, want, tolerance, look)
    });
}

#[test]
fn returns_the_unit_eigenvector() {
    for_all("u, d, seed", (mirror_plan(), 0..100_u64)).holds(|((u, d), seed)| {
        let (a, _, direction) = mirrored(u, d);
        let (_, v) = asked(&a, *seed)?;
        let along: f64 = v.iter().zip(&direction).map(|(v, w)| v * w).sum();
        let length = v.iter().map(|v| v * v).sum::<f64>().sqrt();
        let look = format!("A = {a:?}; either sign of v is right. Is v normalized at the end?");
        // A residual r turns v by up to r over the gap, here half of |λ|; cos of that is 1 up to its square.
        let tolerance = (4.0 * TOLERANCE).powi(2) + rounding(16 * v.len(), 1.0);
        let call = format!("[‖v‖, |v·w|] for v = {v:?}, w = {direction:?}");
        close(&call, [length, along.abs()].as_slice(), [1.0, 1.0].as_slice(), tolerance, look)
    });
}

#[test]
fn starts_with_a_component_along_the_answer() {
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
            "A = {a:?}, and v = {v:?}. An initial vector without a component along the answer cannot \
             converge to it: draw it at random."
        );
        close("power_iteration(A): λ", value, want, 2.0 * TOLERANCE * want, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::eigen::power_iteration;
        use kit::{Generator, InputError, Matrix};
        let a = Matrix::from_rows([[2.0, 0.0], [0.0, -3.0]]);
        let (value, vector) = power_iteration(&a, 1e-10, 1000, &mut Generator::from_seed(1))?;
        assert!((value + 3.0).abs() < 1e-9 && vector[0].abs() < 1e-9);
        Ok::<_, InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn agrees_with_nalgebra() {
        let inputs = (1..=5_usize).prop_flat_map(|n| (symmetric(n), 0..100_u64));
        for_all("a, seed", inputs).holds(|(a, seed)| {
            let n = a.rows();
            let all = DMatrix::from_row_slice(n, n, a.as_slice()).symmetric_eigen().eigenvalues;
            let mut sizes: Vec<f64> = all.iter().copied().collect();
            sizes.sort_by(|x, y| y.abs().total_cmp(&x.abs()));
            if n > 1 && sizes[1].abs() > 0.9 * sizes[0].abs() {
                return Ok(()); // Too close to converge in so few steps.
            }
            let (value, _) = asked(a, *seed)?;
            let tolerance = 2.0 * TOLERANCE * sizes[0].abs() + rounding(100 * n, sizes[0]);
            let look = format!("A = {a:?} has the eigenvalues {sizes:?}: the first one is dominant.");
            close("power_iteration(A): λ", value, sizes[0], tolerance, look)
        });
    }

    #[test]
    fn advances_the_generator() {
        let inputs = (2..=4_usize).prop_flat_map(|n| (symmetric(n), any::nonzero(), any::seed()));
        for_all("a, corner, seed", inputs).holds(|(a, corner, seed)| {
            let mut a = a.clone();
            // Neither zero nor diagonal, so that the answer cannot be found without an initial vector.
            (a[(0, 1)], a[(1, 0)]) = (*corner, *corner);
            let after = |seed: u64| {
                let mut generator = Generator::from_seed(seed);
                // Whether it converged does not matter here.
                drop(power_iteration(&a, TOLERANCE, 10, &mut generator));
                generator
            };
            let (before, own, other) =
                (Generator::from_seed(*seed), after(*seed), after(seed.wrapping_add(1)));
            ensure(own != before && own != other, || {
                let look = "Draw the initial vector from the generator in the argument, not from a copy of \
                            it or from one with a fixed seed.";
                let got = "the generator is left as it was, or in the same state from two different ones";
                Broken::answer(got, "an advanced state", look)
            })
        });
    }

    #[test]
    fn does_not_converge_for_opposite_eigenvalues() {
        let inputs = (any::nonzero(), any::nonzero(), 0..100_u64);
        for_all("a, b, seed", inputs).holds(|&(a, b, seed)| {
            // ±√(a² + b²).
            let matrix = Matrix::from_rows([[a, b], [b, -a]]);
            match ask(&matrix, seed) {
                Err(InputError::NotConverged { steps: STEPS, .. }) => Ok(()),
                Err(other) => Err(Broken::answer(
                    format!("Err({other:?})"),
                    format!("Err(NotConverged {{ steps: {STEPS}, … }})"),
                    "A is valid, but nothing converges: v alternates between two vectors.",
                )),
                Ok((value, v)) => {
                    is_pair(&matrix, value, &v, "v alternates between two vectors and is not an eigenvector.")
                }
            }
        });
    }

    #[test]
    fn reports_the_residual_without_convergence() {
        let steps = select(vec![1, 2, 5, 8, 40, 300_usize]);
        // Also where ‖Av − λv‖ is far from 1, so that its square is far from it.
        let d = prop_oneof![any::nonzero(), any::magnitude(-90, 90)];
        for_all("d, max_steps, seed", (d, steps, 0..100_u64))
            .holds(|&(d, max_steps, seed)| reports_a_small_gap(d, max_steps, seed));
    }

    #[test]
    fn makes_as_many_updates_as_it_may() {
        let steps = select(vec![0, 1, 2, 5, 8, 36, 40_usize]);
        for_all("d, max_steps, seed", (any::nonzero(), steps, 0..100_u64)).cases(96).holds(
            |&(d, max_steps, seed)| {
                reports_a_half(d, max_steps, seed)?;
                solves_rank_one(d, max_steps.min(1), seed)
            },
        );
    }

    #[test]
    fn stops_as_soon_as_the_tolerance_allows() {
        for_all("d, tolerance, seed", (any::nonzero(), select(vec![1e-3, 1e-2, 0.5, 1.0, 1e3]), 0..100_u64))
            .holds(|&(d, tolerance, seed)| {
                // The residual of any unit vector is half of the distance of the eigenvalues at most, |d|/2048.
                let a = Matrix::from_rows([[d, 0.0], [0.0, d * (1.0 - 1.0 / 1024.0)]]);
                let call = format!("power_iteration({a:?}, {tolerance}, 1)");
                let (value, v) =
                    power_iteration(&a, tolerance, 1, &mut Generator::from_seed(seed)).accepted(&call)?;
                let look = "Every unit vector has a residual below this tolerance: one step is enough.";
                close(&format!("{call}: ‖Av − λv‖"), residual(&a, value, &v), 0.0, tolerance * d.abs(), look)
            });
    }

    #[test]
    fn goes_on_for_as_many_steps_as_it_takes() {
        let slow = select(vec![(7, 1e-7), (7, 1e-10), (7, 1e-12), (10, 1e-12)]);
        for_all("d, (k, tolerance), seed", (any::nonzero(), slow, 0..100_u64)).cases(16).holds(
            |&(d, (k, tolerance), seed)| {
                // In each step the second component falls by a factor of 1 − 2⁻ᵏ: several thousand steps, or twenty thousand.
                let a = Matrix::from_rows([[d, 0.0], [0.0, d * (1.0 - 0.5_f64.powi(k))]]);
                let call = format!("power_iteration({a:?}, {tolerance}, 60000)");
                let (value, v) = power_iteration(&a, tolerance, 60_000, &mut Generator::from_seed(seed))
                    .accepted(&call)?;
                let look = "The residual has to fall to tolerance·|λ|, however many steps that takes.";
                let most = tolerance * value.abs() + rounding(8, d);
                close(&format!("{call}: ‖Av − λv‖"), residual(&a, value, &v), 0.0, most, look)
            },
        );
    }

    #[test]
    fn handles_one_entry_and_the_zero_matrix() {
        for_all("a, n, seed", (any::eighth(), any::size(1..=3, 65), 0..100_u64)).holds(|&(x, n, seed)| {
            let a = if n == 1 { Matrix::from_rows([[x]]) } else { Matrix::zeros(n, n) };
            let want = if n == 1 { x } else { 0.0 };
            let (value, v) = asked(&a, seed)?;
            let length = v.iter().map(|v| v * v).sum::<f64>().sqrt();
            let look =
                "The zero matrix maps every v to 0: do not divide by that norm. Any unit vector is right.";
            let call = format!("power_iteration({a:?}) = ({value}, {v:?}): [λ, ‖v‖]");
            let tolerance = rounding(16 + n, want.abs() + 1.0);
            close(&call, [value, length].as_slice(), [want, 1.0].as_slice(), tolerance, look)
        });
    }

    #[test]
    fn handles_huge_and_tiny_matrices() {
        let scale = power_of_ten(-97, 96);
        for_all("u, d, scale", (mirror_plan(), scale)).holds(|((u, d), scale)| {
            let (a, want, _) = mirrored(u, d);
            let scaled = Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] * scale);
            let (value, _) = asked(&scaled, 1)?;
            let look = "Is v normalized in each step? Is the residual compared with tolerance·|λ|?";
            let tolerance = 2.0 * TOLERANCE * want.abs() + rounding(8 * a.rows(), want);
            close("power_iteration(A): λ over the scale", value / scale, want, tolerance, look)
        });
    }

    #[test]
    fn rejects_a_matrix_that_is_not_symmetric() {
        let inputs = prop_oneof![12 => 2..=5_usize, 1 => select(vec![17, 33, 65_usize])]
            .prop_flat_map(|n| (symmetric(n), 0..n, 1..n, proptest::prelude::any::<bool>()));
        for_all("a, i, k, by one bit", inputs).holds(|(a, i, k, one_bit)| {
            let (n, mut a) = (a.rows(), a.clone());
            let (i, j) = (*i, (i + k) % n);
            a[(i, j)] = if *one_bit { a[(i, j)].next_up() } else { a[(i, j)] + 0.125 };
            // The last pair differs as well, and one between the two; the first one counts.
            let (low, high) = (i.min(j), i.max(j));
            if low + 2 < high {
                a[(high - 1, low + 1)] += 1.0;
            }
            if (low, high) != (n - 2, n - 1) {
                a[(n - 1, n - 2)] += 1.0;
            }
            let want = InputError::NotSymmetric { row: low, col: high };
            let look = "Compare each entry above the diagonal with its mirror image below, by ==.";
            rejected(&format!("power_iteration({a:?})"), ask(&a, 1), want, look)
        });
    }

    #[test]
    fn rejects_a_matrix_that_is_not_square_or_empty() {
        let shapes = range::unequal(65).prop_filter("rows and columns", |(m, n)| *m > 0 && *n > 0);
        for_all("a", shapes.prop_flat_map(|(m, n)| any::matrix(m, n))).holds(|a| {
            let (rows, cols) = a.shape();
            let look = "Check the shape first.";
            rejected("power_iteration(a)", ask(a, 1), InputError::NotSquare { rows, cols }, look)?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("power_iteration(0×0)", ask(&Matrix::zeros(0, 0), 1), want, "It has no entry at all.")
        });
    }

    #[test]
    fn rejects_entries_that_are_not_finite() {
        let inputs = prop_oneof![12 => 1..=3_usize, 1 => select(vec![17, 33, 65_usize])]
            .prop_flat_map(|n| (symmetric(n), range::place(n), range::place(n), any::not_finite()));
        for_all("a, i, j, bad", inputs).holds(|&(ref a, i, j, bad)| {
            let (n, mut a) = (a.rows(), a.clone());
            // Symmetric: a NaN does not equal its mirror image, so it is on the diagonal.
            let j = if bad.is_nan() { i } else { j };
            (a[(i, j)], a[(j, i)]) = (bad, bad);
            let want = InputError::NotFinite { name: "matrix", index: i.min(j) * n + i.max(j) };
            let look = "Entry (i, j) has the index i·n + j in row-major order.";
            rejected(&format!("power_iteration({a:?})"), ask(&a, 1), want, look)
        });
    }

    #[test]
    fn rejects_a_tolerance_that_is_not_positive() {
        let bad = select(vec![0.0, -0.0, -1e-300, -1e-9, -1.0, -1e9, f64::NEG_INFINITY, f64::NAN]);
        for_all("tolerance", bad).cases(32).holds(|&tolerance| {
            let a = if tolerance > -1.0 { Matrix::from_rows([[1.0]]) } else { Matrix::zeros(2, 2) };
            let got = power_iteration(&a, tolerance, STEPS, &mut Generator::from_seed(1));
            let want = InputError::OutOfRange { name: "tolerance", got: tolerance, wanted: "above 0" };
            rejected("power_iteration(a, tolerance, …)", got, want, "NaN fails every comparison.")
        });
    }

    #[test]
    fn finds_the_dominant_eigenpair_of_large_matrices() {
        for_all("u, d, seed", (large_mirror_plan(), 0..100_u64)).cases(16).holds(|((u, d), seed)| {
            let (a, want, direction) = mirrored(u, d);
            let (value, v) = asked(&a, *seed)?;
            let look = format!("A is {0}×{0}: every row and every column counts.", d.len());
            let tolerance = 2.0 * TOLERANCE * want.abs() + rounding(8 * a.rows() * a.rows(), want);
            close("power_iteration(A): λ", value, want, tolerance, &look)?;
            let along: f64 = v.iter().zip(&direction).map(|(v, w)| v * w).sum();
            let tolerance = (4.0 * TOLERANCE).powi(2) + rounding(16 * v.len() * v.len(), 1.0);
            close("|v·w| for the unit eigenvector w", along.abs(), 1.0, tolerance, &look)
        });
    }

    #[test]
    fn finds_the_dominant_eigenpair_of_a_diagonal_and_of_a_constant_matrix() {
        let small = select(vec![65, 129_usize]).prop_flat_map(|n| (Just(n), 0..n));
        let places = prop_oneof![small, Just((257, 256))];
        let inputs = (places, any::nonzero(), 0..100_u64);
        for_all("(n, place), λ, seed", inputs).cases(10).holds(|&((n, place), dominant, seed)| {
            // All entries equal: λ along (1, …, 1)/√n, and 0 otherwise.
            let flat = Matrix::from_fn(n, n, |_, _| dominant / n as f64);
            let (value, v) = asked(&flat, seed)?;
            let look = format!("All entries of A are λ/{n}: the sum of each row is λ.");
            let tolerance = (2.0 * TOLERANCE + rounding(8 * n, 1.0)) * dominant.abs();
            close("power_iteration(A): λ", value, dominant, tolerance, &look)?;
            let along = v.iter().sum::<f64>().abs() / (n as f64).sqrt();
            close("|v·(1, …, 1)|/√n", along, 1.0, (4.0 * TOLERANCE).powi(2) + rounding(16 * n, 1.0), &look)?;
            // The other eigenvalues are a quarter as large at most.
            let entry = |i: usize| if i == place { dominant } else { dominant / (4 + i % 3) as f64 };
            let a = Matrix::from_fn(n, n, |i, j| if i == j { entry(i) } else { 0.0 });
            let (value, v) = asked(&a, seed)?;
            let look = format!("The {n}×{n} diagonal matrix has its dominant entry in row {place}.");
            close("power_iteration(A): λ", value, dominant, 2.0 * TOLERANCE * dominant.abs(), &look)?;
            let tolerance = (4.0 * TOLERANCE).powi(2) + rounding(16 * n, 1.0);
            close("|v| in that row", v[place].abs(), 1.0, tolerance, look)
        });
    }

    #[test]
    fn is_reproducible() {
        let sizes = select(vec![2, 5, 101_usize]);
        for_all("n, seed", (sizes, any::<u64>())).cases(6).holds(|&(n, seed)| {
            let a = Matrix::from_fn(n, n, |i, j| 1.0 / (1 + i + j) as f64);
            let ask = || {
                let mut generator = Generator::from_seed(seed);
                (power_iteration(&a, 1e-6, STEPS, &mut generator), generator)
            };
            let ((first, after), (second, later)) = (ask(), ask());
            let ((value, v), (again, w)) =
                (first.accepted("power_iteration(A)")?, second.accepted("power_iteration(A)")?);
            ensure(value.to_bits() == again.to_bits() && v == w && after == later, || {
                let got =
                    format!("two calls from the same state of the generator differ for an {n}×{n} matrix");
                let look = "All random numbers have to come from the generator in the argument.";
                Broken::answer(got, "the same λ and v, and the same state afterwards", look)
            })
        });
    }
}
