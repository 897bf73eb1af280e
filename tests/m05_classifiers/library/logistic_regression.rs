use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m05_classifiers::library::logistic_regression;
use kit::{InputError, Matrix, data};

use super::super::contract;
use super::super::samples::{SPLIT, clouds, fifth, mixed};

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
fn the_boundary_is_where_the_penalized_loss_is_least() {
    let size = proptest::sample::select(vec![0.0625, 0.25, 1.0, 4.0, 16.0, 64.0]);
    for_all("gap, far, α", (1..=8_i32, 1..=8_i32, size)).cases(48).holds(|&(gap, far, alpha)| {
        // Three of one class against two of the other: the price on the weight moves the boundary, and so would a price
        // on the intercept.
        let (gap, far) = (f64::from(gap) / 4.0, f64::from(far) / 2.0);
        let x = [-far - 1.0, -1.0, 0.0, gap, gap + far];
        let cut = boundary(&x, &[0.0, 0.0, 0.0, 1.0, 1.0], alpha);
        let asked = Matrix::from_rows([[cut - 0.01], [cut + 0.01]]);
        let x_train = Matrix::from_fn(5, 1, |i, _| x[i]);
        let got = logistic_regression(&x_train, &[8, 8, 8, 3, 3], &asked, alpha).accepted(CALL)?;
        let look = "α is yours to pass on: the library's own is 0. A hundredth beside the boundary it \
                    should decide.";
        equal(&format!("{CALL}, x_train = {x:?}, asked about {cut:.4} ∓ 0.01"), got, vec![8, 3], look)
    });
}

#[test]
fn far_clouds_are_told_apart_whatever_they_are_called() {
    for_all(SPLIT, clouds()).cases(12).holds(|split| {
        contract::tells_clouds_apart(CALL, split, |x, y, asked| logistic_regression(x, y, asked, 0.125))
    });
}

#[test]
fn each_sample_is_judged_by_itself() {
    for_all(SPLIT, mixed()).cases(8).holds(|split| {
        contract::judges_each_by_itself(CALL, split, |x, y, asked| logistic_regression(x, y, asked, 1.0))
    });
}

#[test]
fn most_irises_are_recognized() {
    example(|| {
        let logistic = |x: &Matrix, y: &[usize], asked: &Matrix| logistic_regression(x, y, asked, 1.0);
        contract::gets_right(CALL, &fifth(data::iris(), 0, 4), 27, logistic)
    });
}

#[test]
fn an_alpha_that_is_no_price_is_rejected() {
    for_all("bad, α", (any::not_finite(), 0..=16_i32)).cases(32).holds(|(bad, minus)| {
        let (x, y) = (Matrix::from_rows([[0.0], [1.0]]), [0, 1]);
        let got = -f64::from(*minus) / 8.0;
        let want = InputError::OutOfRange { name: "alpha", got, wanted: "more than 0" };
        let look = "Where a line separates the classes, weights without a price grow for ever.";
        rejected(&format!("{CALL} with α = {got}"), logistic_regression(&x, &y, &x, got), want, look)?;
        let want = InputError::NotFinite { name: "alpha", index: 0 };
        rejected(
            &format!("{CALL} with α = {bad}"),
            logistic_regression(&x, &y, &x, *bad),
            want,
            "α is a number.",
        )
    });
}

#[test]
fn asked_about_nobody_it_says_nothing() {
    example(|| contract::says_nothing_of_nobody(CALL, |x, y, asked| logistic_regression(x, y, asked, 1.0)));
}

#[test]
fn one_class_alone_is_rejected() {
    example(|| contract::rejects_one_class(CALL, |x, y, asked| logistic_regression(x, y, asked, 1.0)));
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| {
        contract::rejects_what_does_not_fit(CALL, |x, y, asked| logistic_regression(x, y, asked, 1.0))
    });
}

#[test]
fn with_alpha_8_the_boundary_lies_beyond_4() {
    example(|| {
        // It is at 4.45; with α = 1 at 3.50, with 1/8 at 3.20, without a price at 3.12.
        let x = Matrix::from_rows([[0.0], [1.0], [2.0], [3.0], [8.0]]);
        let asked = Matrix::from_rows([[2.0], [3.16], [3.35], [3.9], [4.8]]);
        let got = logistic_regression(&x, &[8, 8, 3, 8, 3], &asked, 8.0).accepted(CALL)?;
        let look = "The higher the price, the flatter the curve, and the further out the boundary. Which α \
                    does the library get?";
        let call = format!("{CALL}, x_train = [0; 1; 2; 3; 8], y_train = [8, 8, 3, 8, 3], α = 8");
        equal(&format!("{call}, asked about 2, 3.16, 3.35, 3.9 and 4.8"), got, vec![8, 8, 8, 8, 3], look)
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
