use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::least_squares::normal_equation;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{design, linear, two_by_three};
use super::super::sizes::{
    Numbers, counting_but, fault, many, matrix_of, numbers, ones_but, several, unequal,
};
use super::is_the_minimum;

const CALL: &str = "normal_equation(x, y)";

/// Features in general position, shifted by up to 8 each, and targets.
fn shifted() -> impl Strategy<Value = (Matrix, Vec<f64>)> + Send + Sync + Clone {
    general(Numbers::Eighths)
        .prop_flat_map(|(x, y)| (any::vector(x.cols()..=x.cols()), Just(x), Just(y)))
        .prop_map(|(shift, x, y)| (Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + shift[j]), y))
}

/// Powers of two for the unit of the features; now and then one so small that all numbers are.
fn units() -> impl Strategy<Value = i32> + Send + Sync + Clone {
    prop_oneof![7 => -100..=100_i32, 1 => Just(-350)]
}

/// Features in general position, few or many, and targets.
fn general(kind: Numbers) -> impl Strategy<Value = (Matrix, Vec<f64>)> + Send + Sync + Clone {
    let features =
        prop_oneof![12 => 0..=3_usize, 3 => 4..=16_usize, 3 => several(1..=3).prop_map(|d| d.min(101))];
    let more = prop_oneof![3 => Just(0), 1 => many(1..=3).prop_map(|n| n.min(301))];
    let inputs = (features, more).prop_flat_map(move |(d, more)| {
        (design(d), matrix_of(kind, more, d), numbers(kind, 2 * d + 3 + more))
    });
    inputs.prop_map(|(x, more, y)| {
        let row = |i: usize, j: usize| if i < x.rows() { x[(i, j)] } else { more[(i - x.rows(), j)] };
        let n = x.rows() + more.rows();
        (Matrix::from_fn(n, x.cols(), row), y[..n].to_vec())
    })
}

#[test]
fn residuals_are_orthogonal_to_features_and_constant() {
    for_all("x, y", shifted()).holds(|(x, y)| {
        let fitted = normal_equation(x, y).accepted(CALL)?;
        equal(
            "the number of weights",
            fitted.0.len(),
            x.cols(),
            "One weight per feature; b is returned separately.",
        )?;
        is_the_minimum(CALL, x, y, 0.0, &fitted)
    });
}

#[test]
fn recovers_exact_data() {
    let inputs = (0..=3_usize).prop_flat_map(|d| (design(d), any::vector(d..=d), any::eighth()));
    for_all("x, w, b", inputs).holds(|(x, w, b)| {
        let y = linear(x, w, *b);
        let (got_w, got_b) = normal_equation(x, &y).accepted("normal_equation(x, x·w + b)")?;
        // The eigenvalues of [x 1]ᵀ[x 1] lie between 2 and its trace, at most 9·(3·64 + 1): rounding grows by their
        // ratio.
        let tolerance = rounding(16 * x.rows(), 900.0 * 33.0);
        let look = "These targets are x·w + b, without noise: the fit returns w and b.";
        close("w of normal_equation(x, x·w + b)", got_w.as_slice(), w.as_slice(), tolerance, look)?;
        close("b of normal_equation(x, x·w + b)", got_b, *b, tolerance, look)
    });
}

#[test]
fn is_the_mean_without_features() {
    for_all("y", many(1..=6).prop_flat_map(|n| numbers(Numbers::Eighths, n))).holds(|y| {
        let (w, b) =
            normal_equation(&Matrix::zeros(y.len(), 0), y).accepted("normal_equation(no features, y)")?;
        equal("the number of weights", w.len(), 0, "No features, no weights.")?;
        let want = y.iter().sum::<f64>() / y.len() as f64;
        close(
            "b of normal_equation(no features, y)",
            b,
            want,
            rounding(2 * y.len(), 8.0),
            "The mean is the best constant.",
        )
    });
}

#[test]
fn fits_the_line_through_1_3_and_5() {
    example(|| {
        let x = Matrix::from_rows([[0.0], [1.0], [2.0]]);
        let call = "normal_equation([[0], [1], [2]], [1, 3, 5])";
        let (w, b) = normal_equation(&x, &[1.0, 3.0, 5.0]).accepted(call)?;
        let look = "y = 2x + 1 passes through all three points: the intercept is 1, not 0.";
        let got = [w.as_slice(), &[b]].concat();
        close(&format!("w and b of {call}"), got.as_slice(), [2.0, 1.0].as_slice(), rounding(1000, 5.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::least_squares::normal_equation;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [-1.0], [1.0], [-1.0]]);
        let (w, b) = normal_equation(&x, &[4.0, 0.0, 2.0, -2.0])?;
        assert!((w[0] - 2.0).abs() < 1e-12 && (b - 1.0).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_dependent_features() {
        let inputs = (1..=2_usize)
            .prop_flat_map(|d| (design(d), 0..d, any::nonzero(), any::eighth(), any::vector(9..=9)));
        for_all("x, j, a, c, y", inputs).holds(|(x, j, a, c, y)| {
            let ((n, d), look) =
                (x.shape(), "Dependent columns leave a pivot that is 0 up to rounding. Do not divide by it.");
            let (y, want) =
                (&[y.as_slice(), &[1.0; 2]].concat()[..n + 1], InputError::Dependent { name: "x" });
            // One sample more, so that there are enough of them for one feature more.
            let of = |column: &dyn Fn(f64) -> f64| {
                Matrix::from_fn(
                    n + 1,
                    d + 1,
                    |i, k| if k == d { column(x[(i % n, *j)]) } else { x[(i % n, k)] },
                )
            };
            rejected(
                "normal_equation([x, a·xⱼ + c], y)",
                normal_equation(&of(&|x| a * x + c), y),
                want.clone(),
                look,
            )?;
            let combined = Matrix::from_fn(n + 1, d + 1, |i, k| {
                let row = |k: usize| x[(i % n, k)];
                if k == d { row(0) + a * row(d - 1) + c } else { row(k) }
            });
            rejected(
                "normal_equation([x, x₀ + a·x_d₋₁ + c], y)",
                normal_equation(&combined, y),
                want.clone(),
                "A column may be a combination of several others, none of them alike.",
            )?;
            let constant = of(&|_| *a);
            rejected(
                "normal_equation([x, a column of a's], y)",
                normal_equation(&constant, y),
                want.clone(),
                look,
            )?;
            rejected(
                "normal_equation([x, a column of zeros], y)",
                normal_equation(&of(&|_| 0.0), y),
                want,
                look,
            )
        });
    }

    #[test]
    fn accepts_small_features() {
        example(|| {
            let x = Matrix::from_rows([[1e-9, 1e9], [-1e-9, 1e9], [2e-9, -1e9], [0.0, -2e9]]);
            let y = linear(&x, &[1e9, 2e-9], 3.0);
            let (w, b) =
                normal_equation(&x, &y).accepted("normal_equation(features around 1e-9 and 1e9, y)")?;
            let look = "A pivot is small only in comparison with its own column: 1e-9 squared is not 0.";
            close("b", b, 3.0, rounding(1000, 3.0), look)?;
            let scaled = [w[0] / 1e9, w[1] / 1e-9];
            close("w/[1e9, 1e-9]", scaled.as_slice(), [1.0, 2.0].as_slice(), rounding(1000, 3.0), look)
        });
    }

    #[test]
    fn accepts_features_that_vary_little() {
        for_all("a, b", (any::eighth(), any::eighth())).holds(|&(a, b)| {
            let x = Matrix::from_rows([[1000.0], [1010.0], [1020.0], [1030.0]]);
            let y: Vec<f64> = (0..4).map(|k| a * f64::from(k) + b).collect();
            let call = "normal_equation([[1000], [1010], [1020], [1030]], [b, a + b, 2a + b, 3a + b])";
            let (w, intercept) = normal_equation(&x, &y).accepted(call)?;
            // The columns' inner products have a condition of about 10¹⁰.
            let tolerance = 1e-6 * (1.0 + a.abs() + b.abs());
            let look = "A column that varies by a hundredth of its mean is not constant.";
            close(&format!("w of {call}"), w.as_slice(), [a / 10.0].as_slice(), tolerance / 1000.0, look)?;
            close(&format!("b of {call}"), intercept, b - 100.0 * a, tolerance, look)
        });
    }

    #[test]
    fn scales_with_the_unit_of_the_features() {
        let inputs = (1..=3_usize).prop_flat_map(|d| (design(d), any::vector(9..=9), -40..=40_i32));
        for_all("x, y, k", inputs).holds(|(x, y, k)| {
            let (y, unit) = (&y[..x.rows()], 2.0_f64.powi(*k));
            let scaled = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
            let (want_w, want_b) = normal_equation(x, y).accepted(CALL)?;
            let call = "normal_equation(2ᵏ·x, y)";
            let (w, b) = normal_equation(&scaled, y).accepted(call)?;
            let w: Vec<f64> = w.iter().map(|w| w * unit).collect();
            // Elimination may choose other pivots, which are worse by their ratio.
            let look = "All features were multiplied by 2ᵏ: weights by 2⁻ᵏ, b stays. What is small, compared \
                        with its own column?";
            close("2ᵏ·w", w.as_slice(), want_w.as_slice(), 1e-6, look)?;
            close("b", b, want_b, 1e-6, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_too_few_samples() {
        example(|| {
            let (x, look) =
                (two_by_three(), "d weights and the intercept: d + 1 unknowns need as many samples.");
            let few = InputError::TooFew { got: 2, wanted: 4 };
            rejected("normal_equation(2×3, [1, 1])", normal_equation(&x, &[1.0; 2]), few, look)?;
            let none = InputError::TooFew { got: 0, wanted: 1 };
            rejected("normal_equation(0×0, [])", normal_equation(&Matrix::zeros(0, 0), &[]), none, look)?;
            let want = InputError::LengthMismatch { left: 2, right: 3 };
            let look = "Compare the number of rows with the number of targets, rows on the left.";
            rejected("normal_equation(2×3, [1, 1, 1])", normal_equation(&x, &[1.0; 3]), want, look)
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, d], [i, j], bad)| {
            // Enough samples for so many features, which need not be independent: a NaN comes first.
            let (n, look) = (n + d, "Check x and y before computing.");
            let rejection = |name, index| InputError::NotFinite { name, index };
            let y = vec![1.0; n];
            let spoiled = counting_but([n, *d], [*i, *j], *bad);
            rejected(CALL, normal_equation(&spoiled, &y), rejection("x", i * d + j), look)?;
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            rejected(CALL, normal_equation(&x, &ones_but(n, *i, *bad)), rejection("y", *i), look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_too_few_samples_of_any_size() {
        let inputs =
            (unequal(), several(1..=3)).prop_flat_map(|(lengths, d)| (Just(lengths), Just(d), 1..=d));
        for_all("[n, m], d, few", inputs).cases(64).holds(|&([n, m], d, few)| {
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            let want = InputError::LengthMismatch { left: n, right: m };
            let look = "Compare the number of rows with the number of targets, rows on the left.";
            rejected("normal_equation(n×1, m targets)", normal_equation(&x, &vec![1.0; m]), want, look)?;
            let want = InputError::TooFew { got: few, wanted: d + 1 };
            let got = normal_equation(&counting_but([few, d], [0, 0], 7.0), &vec![1.0; few]);
            rejected("normal_equation(few×d, y)", got, want, "d + 1 unknowns need as many samples.")
        });
    }

    #[test]
    fn accepts_nearly_dependent_features() {
        for_all("a, c, d, k", (any::eighth(), any::eighth(), any::eighth(), 1..=8_i32)).cases(64).holds(
            |&(a, c, d, k)| {
                // u is at right angles to v and to the ones: v + u/2ᵏ is v up to 0.45/2ᵏ of its size, and more than 10⁻³.
                let (v, u, little) = ([-3.0, -1.0, 1.0, 3.0], [1.0, -1.0, -1.0, 1.0], 0.5_f64.powi(k));
                let x = Matrix::from_fn(4, 2, |i, j| if j == 0 { v[i] } else { v[i] + little * u[i] });
                let y: Vec<f64> = (0..4).map(|i| a * v[i] + c * u[i] + d).collect();
                let call = "normal_equation([v, v + u/2ᵏ], a·v + c·u + d)";
                let (w, b) = normal_equation(&x, &y).accepted(call)?;
                let want = [a - c / little, c / little];
                // The columns' inner products have a condition of 20/(4·2⁻²ᵏ)·4 at most.
                let tolerance = rounding(
                    64,
                    (1.0 + 20.0 / (little * little)) * (a.abs() + 2.0 * c.abs() / little + d.abs() + 1.0),
                );
                let look = "A column that differs from the others by a thousandth of its size is not \
                    dependent: \
                            the difference is small, but not 0.";
                close(&format!("w of {call}"), w.as_slice(), want.as_slice(), tolerance, look)?;
                close(&format!("b of {call}"), b, d, tolerance, look)
            },
        );
    }

    #[test]
    fn is_accurate_for_any_size() {
        for_all("x, y", general(Numbers::Fine)).cases(128).holds(|(x, y)| {
            let fitted = normal_equation(x, y).accepted(CALL)?;
            let look = "One weight per feature; b is returned separately.";
            equal("the number of weights", fitted.0.len(), x.cols(), look)?;
            is_the_minimum(CALL, x, y, 0.0, &fitted)
        });
    }

    #[test]
    fn solves_for_251_weights() {
        for_all("seed", any::seed()).cases(1).within_seconds(60).holds(|&seed| {
            // One sample at 0, and one at 4 along each feature: the model passes through all of them.
            let (d, mut generator) = (251, Generator::from_seed(seed));
            let y: Vec<f64> = (0..=d).map(|_| generator.uniform_in(-8.0, 8.0)).collect();
            let x = Matrix::from_fn(d + 1, d, |i, j| if i == j + 1 { 4.0 } else { 0.0 });
            let call = "normal_equation(252 samples of 251 features)";
            let (w, b) = normal_equation(&x, &y).accepted(call)?;
            let want: Vec<f64> = y[1..].iter().map(|at| (at - y[0]) / 4.0).collect();
            // The condition is at most that of 16·(1 − 11ᵀ/n): about n.
            let tolerance = rounding(64 * d, 16.0 * d as f64);
            let look = "As many weights as features, however many there are.";
            close("w", w.as_slice(), want.as_slice(), tolerance, look)?;
            close("b", b, y[0], tolerance, look)
        });
    }

    #[test]
    fn scales_with_the_unit_of_features_and_targets() {
        let inputs =
            (1..=3_usize).prop_flat_map(|d| (design(d), any::vector(9..=9), units(), -400..=400_i32));
        for_all("x, y, k, m", inputs).cases(128).holds(|(x, y, k, m)| {
            let (unit, of_y) = (2.0_f64.powi(*k), 2.0_f64.powi(*m));
            let scaled = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
            let (y, scaled_y): (Vec<f64>, Vec<f64>) = y[..x.rows()].iter().map(|y| (*y, y * of_y)).unzip();
            let (want_w, want_b) = normal_equation(x, &y).accepted(CALL)?;
            let call = "normal_equation(2ᵏ·x, 2ᵐ·y)";
            let (w, b) = normal_equation(&scaled, &scaled_y).accepted(call)?;
            let w: Vec<f64> = w.iter().map(|w| w * unit / of_y).collect();
            let look = "The features were multiplied by 2ᵏ, the targets by 2ᵐ: the weights by 2ᵐ⁻ᵏ, b by 2ᵐ.";
            close("w, divided by 2ᵐ⁻ᵏ,", w.as_slice(), want_w.as_slice(), 1e-6, look)?;
            close("b, divided by 2ᵐ,", b / of_y, want_b, 1e-6, look)
        });
    }
}
