use judge::{Answer, Verdict, any, close, close_entries, equal, for_all, rejected, rejected_for, rounding};
use katas::x4_attention::positions::rotary_positions;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::matrices::{Fault, counting, fault, matrix, too_large, wrong};
use super::super::rejection::{ALL_NUMBERS, reasons};

const CALL: &str = "rotary_positions(x, first)";

/// The angle of pair i at position t, and how far it may be off: a power by way of the logarithm, or a product of up to d/2
/// ratios, times the position.
fn angle(t: usize, i: usize, width: usize) -> (f64, f64) {
    let angle = t as f64 * 10000_f64.powf(-2.0 * i as f64 / width as f64);
    (angle, rounding(32 + width, angle) + rounding(8, 1.0))
}

fn agrees(x: &Matrix, first: usize) -> Verdict {
    let got = rotary_positions(x, first).accepted(CALL)?;
    let (mut want, mut slack) = (Matrix::zeros(x.rows(), x.cols()), Matrix::zeros(x.rows(), x.cols()));
    for (r, i) in (0..x.rows()).flat_map(|r| (0..x.cols() / 2).map(move |i| (r, i))) {
        let (angle, off) = angle(first + r, i, x.cols());
        let (a, b) = (x[(r, 2 * i)], x[(r, 2 * i + 1)]);
        want[(r, 2 * i)] = a * angle.cos() - b * angle.sin();
        want[(r, 2 * i + 1)] = a * angle.sin() + b * angle.cos();
        for j in [2 * i, 2 * i + 1] {
            slack[(r, j)] = off.min(2.0) * (a.abs() + b.abs()) + rounding(8, a.abs() + b.abs());
        }
    }
    let look = "Columns 2i and 2i + 1 are a point that is rotated by (first + r)·10000^(−2i/d); both \
                new numbers come \
                from both old ones.";
    close_entries(CALL, &got, &want, |r, j| slack[(r, j)], look)
}

fn few() -> impl Strategy<Value = (Matrix, usize)> + Send + Sync + Clone {
    (1..=3_usize, 1..=3_usize, any::part(0..=9_usize))
        .prop_flat_map(|(n, half, first)| (any::matrix(n, 2 * half), Just(first)))
}

#[test]
fn rotates_each_pair_of_features() {
    for_all("x, first", few()).holds(|(x, first)| agrees(x, *first));
}

#[test]
fn position_0_is_left_as_it_is() {
    for_all("x", few()).cases(64).holds(|(x, _)| {
        let got = rotary_positions(x, 0).accepted(CALL)?;
        close("row 0", got.row(0), x.row(0), rounding(16, 16.0), "At position 0 all angles are 0.")
    });
}

#[test]
fn keeps_norms() {
    for_all("x, first", few()).cases(128).holds(|(x, first)| {
        let got = rotary_positions(x, *first).accepted(CALL)?;
        equal("the shape", got.shape(), x.shape(), "As x.")?;
        for r in 0..x.rows() {
            let square = |row: &[f64]| row.iter().map(|x| x * x).sum::<f64>();
            let (square, want) = (square(got.row(r)), square(x.row(r)));
            let look = "A rotation keeps lengths: cos² + sin² = 1.";
            close(&format!("the squared norm of row {r}"), square, want, rounding(64, want), look)?;
        }
        Ok(())
    });
}

#[test]
fn scores_depend_on_the_distance_only() {
    let inputs = (1..=3_usize).prop_flat_map(|half| {
        let place = || any::part(0..=9_usize);
        (any::matrix(1, 2 * half), any::matrix(1, 2 * half), place(), place(), place())
    });
    for_all("query, key, t, s, shift", inputs).cases(128).holds(|(query, key, t, s, shift)| {
        let score = |t: usize, s: usize| {
            let rotated = |x: &Matrix, first| rotary_positions(x, first).accepted(CALL);
            let (query, key) = (rotated(query, t)?, rotated(key, s)?);
            Ok(query.as_slice().iter().zip(key.as_slice()).map(|(q, k)| q * k).sum::<f64>())
        };
        let look = "Both are rotated by the same angle more, so their scalar product stays. Does the \
                    angle grow \
                    in proportion to the position?";
        // Up to 6 products of numbers up to 8·√2, and angles up to 18.
        let tolerance = rounding(64 * 18, 6.0 * 128.0);
        close("q·k of shifted positions", score(t + shift, s + shift)?, score(*t, *s)?, tolerance, look)
    });
}

#[test]
fn a_later_row_is_a_first_row_later() {
    for_all("x, first", few()).cases(96).holds(|(x, first)| {
        let all = rotary_positions(x, *first).accepted(CALL)?;
        for r in 0..x.rows() {
            let row = Matrix::from_fn(1, x.cols(), |_, j| x[(r, j)]);
            let alone = rotary_positions(&row, first + r).accepted(CALL)?;
            let look = "Row r stands at position first + r.";
            close(&format!("row {r}"), all.row(r), alone.row(0), rounding(64 * 12, 16.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::positions::rotary_positions;
        use kit::Matrix;
        let y = rotary_positions(&Matrix::from_rows([[2.0, 0.0], [2.0, 0.0]]), 0)?;
        assert_eq!(y.row(0), [2.0, 0.0]);
        assert!(
            (y[(1, 0)] - 2.0 * 1.0_f64.cos()).abs() < 1e-12
                && (y[(1, 1)] - 2.0 * 1.0_f64.sin()).abs() < 1e-12
        );
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    /// Positions of any size up to 10⁹.
    fn position() -> impl Strategy<Value = usize> + Send + Sync + Clone {
        let far = any::magnitude(0, 9).prop_map(|t| t.abs() as usize);
        any::part(prop_oneof![2 => 0..=9_usize, 1 => far, 1 => Just(1_000_000_000)])
    }

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let inputs = (any::sizes([0..=6, 1..=4], [301, 151]), any::kinds(), position())
            .prop_flat_map(|([n, half], [kind, _], first)| (matrix(n, 2 * half, kind), Just(first)));
        for_all("x, first", inputs).cases(128).holds(|(x, first)| agrees(x, *first));
    }

    #[test]
    fn is_right_for_many_rows() {
        for_all("n, first", (any::many(0..=4, 1025), position()))
            .cases(48)
            .holds(|&(n, first)| agrees(&counting(n, 4), first));
    }

    #[test]
    fn rejects_odd_widths_and_none() {
        for_all("n, half", (any::many(0..=4, 301), any::several(0..=4))).cases(64).holds(|&(n, half)| {
            for width in [0, 2 * half + 1] {
                let want = InputError::OutOfRange { name: "width", got: width as f64, wanted: "even" };
                let look = "Features are rotated in pairs: d is even, and at least 2.";
                rejected(CALL, rotary_positions(&counting(n, width), 1), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_positions_above_the_limit() {
        let first = any::select(vec![1_000_000_001_usize, 1 << 32, 1 << 53, usize::MAX]);
        for_all("first, n", (first, any::part(0..=3_usize))).cases(16).holds(|&(first, n)| {
            let want = InputError::OutOfRange { name: "first", got: first as f64, wanted: "at most 10⁹" };
            rejected(CALL, rotary_positions(&counting(n, 2), first), want, "first is at most 10⁹.")
        });
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        for_all("fault, large", (fault(1..=6), too_large())).cases(96).holds(
            |&(([n, half], [i, j], bad), large): &(Fault, f64)| {
                for got in [bad, large] {
                    let x = wrong([n, 2 * half], [i, 2 * j], got);
                    let wants = reasons("x", i * 2 * half + 2 * j, got);
                    rejected_for(CALL, rotary_positions(&x, 3), &wants, ALL_NUMBERS)?;
                    let x = wrong([n, 2 * half], [i, 2 * j + 1], got);
                    let wants = reasons("x", i * 2 * half + 2 * j + 1, got);
                    rejected_for(CALL, rotary_positions(&x, 3), &wants, ALL_NUMBERS)?;
                }
                Ok(())
            },
        );
    }
}
