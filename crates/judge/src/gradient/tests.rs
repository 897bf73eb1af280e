use super::*;
use crate::rounding;

const X: [[f64; 2]; 3] = [[1.0, 2.0], [-0.5, 3.0], [2.0, 0.25]];
const Y: [f64; 3] = [1.0, -2.0, 0.5];

/// The mean squared error of a line through three points, as a function of (w₀, w₁, b).
fn loss(p: &[f64]) -> f64 {
    let residual = |i: usize| X[i][0] * p[0] + X[i][1] * p[1] + p[2] - Y[i];
    (0..3).map(|i| residual(i).powi(2)).sum::<f64>() / 3.0
}

fn gradient(p: &[f64]) -> [f64; 3] {
    let residual = |i: usize| X[i][0] * p[0] + X[i][1] * p[1] + p[2] - Y[i];
    let sum = |of: &dyn Fn(usize) -> f64| (0..3).map(|i| residual(i) * of(i)).sum::<f64>() * 2.0 / 3.0;
    [sum(&|i| X[i][0]), sum(&|i| X[i][1]), sum(&|_| 1.0)]
}

fn verdict(change: impl Fn([f64; 3]) -> [f64; 3]) -> Verdict {
    let at = [0.5, -1.25, 0.125];
    let got = change(gradient(&at));
    let blocks = [Block::vector("w", &at[..2], &got[..2]), Block::number("b", &at[2], &got[2])];
    is_gradient(
        "gradient(x, y, w, b)",
        &blocks,
        &Loss { value: &loss, rounding: rounding(12, 30.0), samples: 3 },
        "",
    )
}

fn look(change: impl Fn([f64; 3]) -> [f64; 3]) -> String {
    verdict(change).expect_err("this gradient is wrong").look
}

#[test]
fn the_right_gradient_passes() {
    assert_eq!(verdict(|g| g), Ok(()));
    assert_eq!(verdict(|[a, b, c]| [a * (1.0 + 4.0 * f64::EPSILON), b, c]), Ok(()));
}

#[test]
fn an_error_in_the_eighth_digit_is_seen() {
    assert!(verdict(|[a, b, c]| [a, b * (1.0 + 1e-8), c]).is_err());
    assert!(verdict(|[a, _, c]| [a, f64::NAN, c]).is_err());
}

#[test]
fn a_common_factor_is_named_with_its_usual_cause() {
    for (factor, words) in [
        (2.0, "doubled"),
        (0.5, "halved"),
        (-1.0, "of the other sign: "),
        (3.0, "3 times too large"),
        (1.0 / 3.0, "3 times too small"),
        (-3.0, "of the other sign and 3 times"),
        (0.0, "never filled in"),
    ] {
        let look = look(|g| g.map(|x| factor * x));
        assert!(look.starts_with("Every entry is ") && look.contains(words), "{factor}: {look}");
    }
}

#[test]
fn the_block_that_is_wrong_is_named() {
    let look = look(|[a, b, _]| [a, b, 0.0]);
    assert_eq!(
        look,
        "The gradient for w is right, for b it is not.\nIt is zero: is this part of the gradient never \
         filled in?"
    );
}

#[test]
fn without_a_pattern_the_first_wrong_entry_still_speaks() {
    let broken = verdict(|[a, b, c]| [a, b + 1.0, c]).expect_err("one entry is wrong");
    assert!(broken.want.starts_with("∂L/∂w[1] = -"), "{}", broken.want);
    assert_eq!(broken.look, "The gradient for b is right, for w it is not.");
}

#[test]
fn a_missing_entry_is_counted() {
    let (at, got) = ([0.0, 0.0, 0.0], [1.0]);
    let loss = Loss { value: &loss, rounding: 0.0, samples: 3 };
    let broken = is_gradient("g", &[Block::vector("w", &at, &got)], &loss, "").expect_err("too short");
    assert_eq!(
        (broken.got.as_str(), broken.want.as_str()),
        ("g: 1 entries for w", "3·1 = 3 entries, one for each of w")
    );
}

/// L = Σ cᵢⱼ·sin(wᵢⱼ) for a 2×3 matrix: smooth, not a polynomial, and each quotient known.
#[test]
fn a_transposed_matrix_is_recognized_and_a_smooth_loss_is_no_false_alarm() {
    let c: [f64; 6] = [1.0, -2.0, 3.0, 0.5, 4.0, -1.5];
    let w: [f64; 6] = [0.25, 1.0, -0.5, 10.125, 0.0, -3.0];
    let value = |p: &[f64]| c.iter().zip(p).map(|(c, p)| c * p.sin()).sum::<f64>();
    // The sine of 10 errs with its argument: ten times ε.
    let loss = Loss { value: &value, rounding: rounding(12, 40.0), samples: 1 };
    let right: Vec<f64> = c.iter().zip(w).map(|(c, w)| c * w.cos()).collect();
    let check = |got: &[f64]| is_gradient("g", &[Block::matrix("W", [2, 3], &w, got)], &loss, "");
    assert_eq!(check(&right), Ok(()));
    let turned: Vec<f64> = (0..6).map(|k| right[(k % 2) * 3 + k / 2]).collect();
    let look = check(&turned).expect_err("transposed").look;
    assert_eq!(look, "∂L/∂W came out transposed: wanted 2×3, row after row, like W itself.");
}
