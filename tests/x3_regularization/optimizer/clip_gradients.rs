use judge::any::{place, select};
use judge::{
    Answer, Broken, Verdict, any, close, close_entries, ensure, equal, example, for_all, rejected,
    rejected_for, rounding,
};
use katas::x3_regularization::optimizer::clip_gradients;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::matrix;
use super::super::rejection::reasons;

const CALL: &str = "clip_gradients(gradients, max_norm)";

fn entries(gradients: &[Matrix]) -> Vec<f64> {
    gradients.iter().flat_map(Matrix::as_slice).copied().collect()
}

/// The norm, and how far rounding may carry it. The norm of two numbers is that of one hypotenuse.
fn norm_of(gradients: &[Matrix]) -> (f64, f64) {
    let all = entries(gradients);
    let norm = all.iter().fold(0.0_f64, |norm, g| norm.hypot(*g));
    (norm, rounding(2 * all.len() + 16, norm))
}

fn agrees(gradients: &[Matrix], max_norm: f64) -> Verdict {
    let (clipped, norm) = clip_gradients(gradients, max_norm).accepted(CALL)?;
    let (want, slack) = norm_of(gradients);
    let look =
        "The root of the sum of all squares, over all matrices, before clipping. Do squares leave the range?";
    close("the norm", norm, want, slack, look)?;
    let shapes = |of: &[Matrix]| of.iter().map(Matrix::shape).collect::<Vec<_>>();
    equal("the shapes", shapes(&clipped), shapes(gradients), "As before, in the same order.")?;
    if want <= max_norm - slack {
        for (k, (got, given)) in clipped.iter().zip(gradients).enumerate() {
            let look = "Gradients that are short enough stay as they are, to the last bit.";
            equal(&format!("gradient {k}"), got, given, look)?;
            let bits = |of: &Matrix| of.as_slice().iter().map(|g| g.to_bits()).collect::<Vec<_>>();
            equal(&format!("whether −0 stays in gradient {k}"), bits(got) == bits(given), true, look)?;
        }
        return Ok(());
    }
    let factor = (max_norm / want).min(1.0);
    for (k, (got, given)) in clipped.iter().zip(gradients).enumerate() {
        let wanted = Matrix::from_fn(given.rows(), given.cols(), |i, j| given[(i, j)] * factor);
        // Who divides by the norm first may meet a number below the normal ones.
        let below = f64::from_bits(1) * max_norm.max(1.0);
        let error =
            |i: usize, j: usize| rounding(8, wanted[(i, j)]) + wanted[(i, j)].abs() * (slack / want) + below;
        let look =
            "All entries are multiplied by the same factor c/‖g‖, with the norm of all gradients together.";
        close_entries(&format!("gradient {k}"), got, &wanted, error, look)?;
    }
    let (after, slack) = norm_of(&clipped);
    ensure(after <= max_norm + 4.0 * slack, || {
        Broken::answer(
            format!("a norm of {after:e} after clipping"),
            format!("at most {max_norm:e}"),
            "Never longer than c.",
        )
    })
}

/// Some matrices of several shapes.
fn gradients(shapes: Vec<[usize; 2]>, entries: SBoxedStrategy<Vec<f64>>) -> SBoxedStrategy<Vec<Matrix>> {
    any::part(entries)
        .prop_map(move |all| {
            let mut rest = all.as_slice();
            let mut next = |[n, d]: [usize; 2]| {
                let (own, others) = rest.split_at(n * d);
                rest = others;
                matrix(n, d, own)
            };
            shapes.iter().map(|shape| next(*shape)).collect()
        })
        .sboxed()
}

fn few() -> impl Strategy<Value = Vec<Matrix>> + Send + Sync + Clone {
    any::vec([1..=3_usize, 1..=3], 1..=3).prop_flat_map(|shapes| {
        let n = shapes.iter().map(|[n, d]| n * d).sum::<usize>();
        gradients(shapes, any::vec(any::eighth(), n).sboxed())
    })
}

/// Any number of matrices of any size, some empty.
fn sized() -> impl Strategy<Value = Vec<Matrix>> + Send + Sync + Clone {
    (any::sizes([0..=4, 1..=4, 1..=4], [301, 301, 101]), any::kinds(), any::seed()).prop_flat_map(
        |([count, n, d], [kind, _], seed)| {
            let mut generator = kit::Generator::from_seed(seed);
            let shapes: Vec<[usize; 2]> = (0..count)
                .map(|k| if k == 1 { [n, d] } else { [generator.below(n.min(9) + 1), d.min(7)] })
                .collect();
            let all = shapes.iter().map(|[n, d]| n * d).sum();
            gradients(shapes, any::numbers(kind, all))
        },
    )
}

#[test]
fn shortens_all_gradients_by_one_factor() {
    for_all("gradients, max_norm", (few(), select(vec![0.5, 1.0, 5.0, 40.0])))
        .holds(|(gradients, max_norm)| agrees(gradients, *max_norm));
}

#[test]
fn short_gradients_stay_as_they_are() {
    for_all("gradients", few()).cases(96).holds(|gradients| agrees(gradients, 64.0));
}

#[test]
fn the_norm_is_that_of_all_matrices_together() {
    for_all("a, b", [any::nonzero(), any::nonzero()]).cases(64).holds(|&[a, b]| {
        // 3, 4 and 12 have the norm 13.
        let parts = [matrix(1, 1, &[3.0 * a]), matrix(1, 2, &[4.0 * a, 0.0]), matrix(1, 1, &[-12.0 * a])];
        agrees(&parts, b.abs())?;
        let (_, norm) = clip_gradients(&parts, b.abs()).accepted(CALL)?;
        close("the norm", norm, 13.0 * a.abs(), rounding(16, 104.0), "√(9 + 16 + 144) = 13.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::optimizer::clip_gradients;
        use kit::Matrix;
        let gradients = [Matrix::from_rows([[12.0, 0.0]]), Matrix::from_rows([[-16.0]])];
        let (clipped, norm) = clip_gradients(&gradients, 5.0)?;
        assert!((norm - 20.0).abs() < 1e-12);
        assert!((clipped[0][(0, 0)] - 3.0).abs() < 1e-12 && (clipped[1][(0, 0)] + 4.0).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let factors = select(vec![0.5, 0.999, 1.001, 2.0, 1e-6, 1e6, 1e-15, 1.0 - 1e-9, 1.0 + 1e-9]);
        for_all("gradients, factor", (sized(), factors)).holds(|(gradients, factor)| {
            let norm = norm_of(gradients).0;
            agrees(gradients, (norm * factor).clamp(1e-100, 1e200))
        });
    }

    #[test]
    fn any_limit_is_allowed() {
        let limits =
            prop_oneof![1 => any::magnitude(-100, 200), 1 => any::fine(), 1 => any::magnitude(-9, 9)];
        for_all("gradients, max_norm", (few(), limits))
            .cases(96)
            .holds(|(gradients, limit)| agrees(gradients, limit.abs().max(1e-100)));
    }

    #[test]
    fn squares_may_leave_the_range() {
        let exponents =
            prop_oneof![any::magnitude(150, 200), any::magnitude(-200, -150), any::magnitude(-307, -200)];
        let numbers = any::vec(exponents, 4);
        for_all("g, max_norm", (numbers, any::magnitude(-100, 200))).cases(96).holds(|(g, limit)| {
            let parts = [matrix(1, 3, &g[..3]), matrix(1, 1, &g[3..])];
            agrees(&parts, limit.abs())?;
            let all = g.iter().fold(0.0_f64, |largest, g| largest.max(g.abs()));
            agrees(&parts, (all / 2.0).clamp(1e-100, 1e200))
        });
    }

    #[test]
    fn gradients_of_0_and_none_at_all_have_the_norm_0() {
        example(|| {
            agrees(&[], 1.0)?;
            agrees(&[Matrix::zeros(0, 3), Matrix::zeros(2, 0)], 1e-100)?;
            agrees(&[Matrix::zeros(3, 2), Matrix::zeros(1, 1)], 1e-100)?;
            agrees(&[matrix(1, 2, &[0.0, -0.0])], 1.0)
        });
    }

    #[test]
    fn a_norm_of_exactly_the_limit_is_short_enough() {
        example(|| {
            let parts = [matrix(1, 1, &[3.0]), matrix(1, 1, &[-4.0])];
            agrees(&parts, 5.0)
        });
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        let place = (any::many(1..=5, 301), any::several(1..=3))
            .prop_flat_map(|(n, d)| (Just([n, d]), place(n), place(d)));
        let large = select(vec![1e200_f64.next_up(), -1e201, f64::MAX]);
        for_all("place, bad, large", (place, any::not_finite(), large)).cases(64).holds(
            |&(([n, d], i, j), bad, large)| {
                for got in [bad, large] {
                    let wrong = Matrix::from_fn(n, d, |k, l| if (k, l) == (i, j) { got } else { 1.0 });
                    // The first one counts.
                    let other = if got.is_finite() { -2e200 } else { got };
                    let parts =
                        [matrix(1, 2, &[1.0, 2.0]), Matrix::zeros(0, 3), wrong, matrix(1, 1, &[other])];
                    let wants = reasons("gradients", 2 + i * d + j, got, "at most 10²⁰⁰ in size");
                    let look = "Check all entries of all matrices; count through them, row after row.";
                    rejected_for(CALL, clip_gradients(&parts, 1.0), &wants, look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_limits_out_of_range() {
        let (low, high) = (1e-100_f64.next_down(), 1e200_f64.next_up());
        let limits = vec![0.0, -1.0, 1e-101, 1e201, low, high, f64::INFINITY, f64::NAN];
        for_all("gradients, max_norm", (few(), select(limits))).cases(48).holds(|(gradients, got)| {
            let want =
                InputError::OutOfRange { name: "max_norm", got: *got, wanted: "10⁻¹⁰⁰ to 10²⁰⁰" };
            rejected(CALL, clip_gradients(gradients, *got), want, "c from 10⁻¹⁰⁰ to 10²⁰⁰.")
        });
    }
}
