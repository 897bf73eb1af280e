use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m05_classifiers::library::logistic_regression;
use kit::{InputError, Matrix, data};
use proptest::prelude::prop_oneof;

use super::super::contract;
use super::super::samples::{Most, SPLIT, clouds, crowd, fifth, in_units, mixed, one_informative};
use super::super::sizes::fault;

const CALL: &str = "logistic_regression(x_train, y_train, x_test, α)";

/// Where the two classes are equally probable, for one feature and labels 0 and 1: Newton's method on the sum of the
/// losses plus ½αw².
fn boundary(x: &[f64], y: &[f64], alpha: f64) -> f64 {
    let (mut w, mut b) = (0.0_f64, 0.0_f64);
    for _ in 0..60 {
        let (mut gw, mut gb, mut hww, mut hwb, mut hbb) = (alpha * w, 0.0, alpha, 0.0, 1e-12);
        for (x, y) in x.iter().zip(y) {
            let p = 1.0 / (1.0 + (-(w * x + b)).exp());
            gw += (p - y) * x;
            gb += p - y;
            hww += p * (1.0 - p) * x * x;
            hwb += p * (1.0 - p) * x;
            hbb += p * (1.0 - p);
        }
        let determinant = hww * hbb - hwb * hwb;
        // Half steps, so that it does not overshoot where it starts far off.
        w -= 0.5 * (hbb * gw - hwb * gb) / determinant;
        b -= 0.5 * (hww * gb - hwb * gw) / determinant;
    }
    -b / w
}

#[test]
fn decision_boundary_minimizes_the_penalized_loss() {
    let size = judge::any::select(vec![0.0625, 0.25, 1.0, 4.0, 16.0, 64.0]);
    let unit = judge::any::select(vec![0.125, 1.0, 8.0]);
    let inputs = (1..=8_i32, 1..=8_i32, size, unit);
    for_all("gap, far, α, unit", inputs).cases(48).holds(|&(gap, far, alpha, unit)| {
        // Three of one class against two of the other: the penalty on the weight moves the boundary, and so would a penalty
        // on the intercept.
        let (gap, far) = (f64::from(gap) / 4.0, f64::from(far) / 2.0);
        let x = [-far - 1.0, -1.0, 0.0, gap, gap + far];
        let cut = boundary(&x, &[0.0, 0.0, 0.0, 1.0, 1.0], alpha);
        // In another unit the weight is divided by it, and the same penalty has the factor of its square.
        let (alpha, of) = (alpha * unit * unit, |x: f64| x * unit);
        let asked = Matrix::from_rows([[of(cut - 0.01)], [of(cut + 0.01)]]);
        let x_train = Matrix::from_fn(5, 1, |i, _| of(x[i]));
        let got = logistic_regression(&x_train, &[8, 8, 8, 3, 3], &asked, alpha).accepted(CALL)?;
        let look = "Pass α on: the library's default is 0. A hundredth away from the decision boundary the \
                    prediction is certain.";
        let call = format!("{CALL}, α = {alpha}, x_train = {unit}·{x:?}, x_test = {unit}·({cut:.4} ∓ 0.01)");
        equal(&call, got, vec![8, 3], look)
    });
}

/// Where the first two and the last two of three classes are equally probable, for one feature and one sample each side: by
/// gradient descent on the sum of the losses plus ½α times the sum of the squared weights.
fn boundaries(x: &[f64], y: &[usize], alpha: f64) -> [f64; 2] {
    let (mut w, mut b) = ([0.0_f64; 3], [0.0_f64; 3]);
    for _ in 0..6000 {
        let (mut gw, mut gb) = (w.map(|w| alpha * w), [0.0; 3]);
        for (x, y) in x.iter().zip(y) {
            let powers = [0, 1, 2].map(|c| (w[c] * x + b[c]).exp());
            for c in 0..3 {
                let residual = powers[c] / powers.iter().sum::<f64>() - f64::from(u8::from(c == *y));
                gw[c] += residual * x;
                gb[c] += residual;
            }
        }
        for c in 0..3 {
            w[c] -= 0.02 * gw[c];
            b[c] -= 0.02 * gb[c];
        }
    }
    [0, 1].map(|c| -(b[c + 1] - b[c]) / (w[c + 1] - w[c]))
}

#[test]
fn decision_boundaries_of_three_classes_minimize_the_penalized_loss() {
    let alpha = judge::any::select(vec![0.25, 1.0, 4.0, 16.0]);
    for_all("gap, α", (1..=4_i32, alpha)).cases(4).holds(|&(gap, alpha)| {
        let x = [-2.0 - f64::from(gap) / 2.0, -1.5, -0.25, 0.0, 0.5, 1.5, 2.0, 2.5];
        let y = [0, 0, 1, 1, 1, 2, 2, 2];
        let [first, second] = boundaries(&x, &y, alpha);
        let asked = [first - 0.02, first + 0.02, second - 0.02, second + 0.02];
        let x_train = Matrix::from_fn(8, 1, |i, _| x[i]);
        let labels: Vec<usize> = y.iter().map(|class| [8, 3, 5][*class]).collect();
        let queries = Matrix::from_fn(4, 1, |i, _| asked[i]);
        let got = logistic_regression(&x_train, &labels, &queries, alpha).accepted(CALL)?;
        let look = "Pass α on, with three classes as well.";
        let call =
            format!("{CALL}, α = {alpha}, x_train = {x:?}, y_train = {labels:?}, x_test = {asked:.4?}");
        equal(&call, got, vec![8, 3, 3, 5], look)
    });
}

#[test]
fn separates_distant_classes() {
    for_all(SPLIT, clouds()).cases(12).holds(|split| {
        contract::separates_distant_classes(CALL, split, |x, y, asked| {
            logistic_regression(x, y, asked, 0.125)
        })
    });
}

#[test]
fn predicts_each_sample_independently() {
    for_all(SPLIT, mixed()).cases(8).holds(|split| {
        contract::predicts_each_sample_independently(CALL, split, |x, y, asked| {
            logistic_regression(x, y, asked, 1.0)
        })
    });
}

#[test]
fn classifies_iris_like_scikit_learn() {
    example(|| {
        let logistic = |x: &Matrix, y: &[usize], asked: &Matrix| logistic_regression(x, y, asked, 1.0);
        contract::has_correct(CALL, &fifth(data::iris(), 0, 4), 27, logistic)
    });
}

#[test]
fn a_penalty_of_8_moves_the_boundary_beyond_4() {
    example(|| {
        // It is at 4.45; with α = 1 at 3.50, with 1/8 at 3.20, without a penalty at 3.12.
        let x = Matrix::from_rows([[0.0], [1.0], [2.0], [3.0], [8.0]]);
        let asked = Matrix::from_rows([[2.0], [3.16], [3.35], [3.9], [4.8]]);
        let got = logistic_regression(&x, &[8, 8, 3, 8, 3], &asked, 8.0).accepted(CALL)?;
        let look = "The larger the penalty, the smaller the weight, and the further out the boundary. \
            Which α \
                    is passed to the library?";
        let call = format!("{CALL}, x_train = [0; 1; 2; 3; 8], y_train = [8, 8, 3, 8, 3], α = 8");
        equal(&format!("{call}, x_test = [2; 3.16; 3.35; 3.9; 4.8]"), got, vec![8, 8, 8, 8, 3], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::library::logistic_regression;
        use kit::Matrix;
        let x = Matrix::from_rows([[-2.0], [-1.0], [1.0], [2.0]]);
        let queries = Matrix::from_rows([[-0.5], [0.5]]);
        assert_eq!(logistic_regression(&x, &[7, 7, 3, 3], &queries, 1.0), Ok(vec![7, 3]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_an_invalid_alpha() {
        for_all("bad, α", (any::not_finite(), 0..=16_i32)).cases(32).holds(|(bad, minus)| {
            let (x, y) = (Matrix::from_rows([[0.0], [1.0]]), [0, 1]);
            let got = -f64::from(*minus) / 8.0 * 10_f64.powi(20 * (minus % 5 - 2));
            let want = InputError::OutOfRange { name: "alpha", got, wanted: "more than 0" };
            let look =
                "Where the classes are linearly separable, weights without a penalty grow without bound.";
            rejected(&format!("{CALL} with α = {got}"), logistic_regression(&x, &y, &x, got), want, look)?;
            let want = InputError::NotFinite { name: "alpha", index: 0 };
            rejected(
                &format!("{CALL} with α = {bad}"),
                logistic_regression(&x, &y, &x, *bad),
                want,
                "α is a finite number.",
            )
        });
    }

    #[test]
    fn accepts_no_test_samples() {
        example(|| {
            contract::accepts_no_test_samples(CALL, |x, y, asked| logistic_regression(x, y, asked, 1.0))
        });
    }

    #[test]
    fn rejects_a_single_class() {
        example(|| {
            contract::rejects_a_single_class(CALL, |x, y, asked| logistic_regression(x, y, asked, 1.0))
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|given| {
            contract::rejects_in_any_place(CALL, given, |x, y, asked| logistic_regression(x, y, asked, 1.0))
        });
    }

    #[test]
    fn separates_two_large_classes() {
        let most = Most { classes: 2, features: 13, rows: 301, queries: 301 };
        for_all(SPLIT, crowd(2, most)).cases(6).holds(|split| {
            let split = &in_units(split, 1.0, 302);
            contract::separates_distant_classes(CALL, split, |x, y, asked| {
                logistic_regression(x, y, asked, 0.125)
            })
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| {
            contract::rejects_invalid_arguments(CALL, |x, y, asked| logistic_regression(x, y, asked, 1.0))
        });
    }

    #[test]
    fn uses_every_row_and_feature() {
        for_all(SPLIT, one_informative(vec![129], vec![9, 33])).cases(3).holds(|split| {
            contract::separates_distant_classes(CALL, split, |x, y, queries| {
                logistic_regression(x, y, queries, 0.125)
            })
        });
    }

    #[test]
    fn accepts_large_and_tiny_features() {
        for_all("k, α", (10..=32_i32, prop_oneof![any::magnitude(-6, -4), any::magnitude(-120, -101)]))
            .cases(16)
            .holds(|(k, alpha)| {
                let call = "logistic_regression([−2; −1; 1; 2], [7, 7, 3, 3], [−2ᵏ; 2ᵏ], 1)";
                let x = Matrix::from_rows([[-2.0], [-1.0], [1.0], [2.0]]);
                let far = 2.0_f64.powi(if k % 2 == 0 { *k } else { 11 * k });
                let got = logistic_regression(&x, &[7, 7, 3, 3], &Matrix::from_rows([[-far], [far]]), 1.0)
                    .accepted(call)?;
                equal(call, got, vec![7, 3], "Far from the decision boundary the prediction is certain.")?;
                // Features that hardly differ say nothing: the intercept alone gives the probability ¾.
                let call =
                    "logistic_regression([t; 2t; −t; 0], [7, 7, 7, 3], the same, α) with small t and α";
                let tiny = if alpha.abs() < 1e-100 { 1e-103 } else { 1e-5 };
                let x = Matrix::from_rows([[tiny], [2.0 * tiny], [-tiny], [0.0]]);
                let got = logistic_regression(&x, &[7, 7, 7, 3], &x, alpha.abs()).accepted(call)?;
                equal(
                    call,
                    got,
                    vec![7; 4],
                    "Three samples of four are of class 7, and the features say nothing.",
                )
            });
    }
}
