use judge::any::select;
use judge::{Answer, Verdict, any, equal, example, figure_reads_as, for_all, rejected, rejected_for};
use katas::x3_regularization::figures::bias_variance_figure;
use kit::InputError;
use kit::figure::Layer;
use proptest::prelude::*;

use super::super::rejection::reasons;

const CALL: &str = "bias_variance_figure(training, validation)";

fn agrees(training: &[f64], validation: &[f64]) -> Verdict {
    let figure = bias_variance_figure(training, validation).accepted(CALL)?;
    let words = [figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str()];
    equal("title and axes", words, ["Bias and variance", "degree", "error"], "As the page says.")?;
    let through = |errors: &[f64]| -> Vec<[f64; 2]> {
        errors.iter().enumerate().map(|(degree, error)| [degree as f64, *error]).collect()
    };
    let lowest = validation.iter().copied().fold(f64::INFINITY, f64::min);
    let degree = validation.iter().position(|error| *error == lowest).unwrap_or(0);
    let wanted = [
        Layer::Line { label: "training error".to_owned(), through: through(training) },
        Layer::Line { label: "validation error".to_owned(), through: through(validation) },
        Layer::Points {
            label: format!("lowest validation error: degree {degree}"),
            at: vec![[degree as f64, lowest]],
        },
    ];
    equal("the number of layers", figure.layers.len(), 3, "Two lines and one point.")?;
    for (i, (got, wanted)) in figure.layers.iter().zip(&wanted).enumerate() {
        let look = "Degrees count from 0; the validation error decides; of equal ones the lowest degree.";
        equal(&format!("layer {i}"), got, wanted, look)?;
    }
    Ok(())
}

fn errors(n: usize) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let ties = any::vec(select(vec![0.0, 0.5, 0.5, 2.0]), n);
    let sizes = any::kinds().prop_flat_map(move |[kind, _]| any::numbers(kind, n));
    any::part(prop_oneof![2 => sizes.sboxed(), 1 => ties.sboxed()])
        .prop_map(|errors| errors.into_iter().map(f64::abs).collect())
}

#[test]
fn shows_both_errors_and_the_lowest() {
    for_all("training, validation", any::vectors(1..=6)).holds(|[training, validation]| {
        let size = |errors: &[f64]| errors.iter().map(|error| error.abs()).collect::<Vec<_>>();
        agrees(&size(training), &size(validation))
    });
}

#[test]
fn of_equal_errors_the_lowest_degree_counts() {
    let few = || any::vec(select(vec![0.5, 1.0]), 2..=6);
    for_all("validation", few()).cases(64).holds(|validation| {
        let training: Vec<f64> = (0..validation.len()).map(|degree| 1.0 / (degree + 1) as f64).collect();
        agrees(&training, validation)
    });
}

#[test]
fn draws_polynomials_of_the_irises() {
    example(|| {
        // The sepal length as a polynomial of the petal length: mean squared errors on 15 irises, and on the others.
        let training = [0.6606, 0.1924, 0.1491, 0.1382, 0.1312, 0.1204, 0.1165];
        let validation = [0.6862, 0.1632, 0.1344, 0.1731, 0.2439, 0.1861, 1.1339];
        let figure = bias_variance_figure(&training, &validation).accepted(CALL)?;
        let look = "Two lines and the lowest validation error.";
        figure_reads_as("x3_regularization/figures/bias_variance_figure", &figure, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::figures::bias_variance_figure;
        use kit::figure::Layer;
        let figure = bias_variance_figure(&[9.0, 4.0, 1.0], &[9.5, 5.0, 7.0])?;
        let label = "lowest validation error: degree 1".to_owned();
        assert_eq!(figure.layers[2], Layer::Points { label, at: vec![[1.0, 5.0]] });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn shows_any_number_of_errors_of_any_magnitude() {
        let inputs = any::size(1..=7, 1025).prop_flat_map(|n| (errors(n), errors(n)));
        for_all("training, validation", inputs)
            .cases(160)
            .holds(|(training, validation)| agrees(training, validation));
    }

    #[test]
    fn the_lowest_error_may_be_anywhere() {
        let other = select(vec![1.0, 1.0_f64.next_down(), 1.0_f64.next_up(), 1.0 - 1e-12]);
        let inputs = any::many(1..=6, 1025)
            .prop_flat_map(move |n| (Just(n), any::place(n), any::place(n), other.clone()));
        for_all("n, i, j, other", inputs).cases(64).holds(|&(n, i, j, other)| {
            let mut validation = vec![3.0; n];
            validation[i] = 1.0;
            validation[j] = other;
            agrees(&vec![0.0; n], &validation)
        });
    }

    #[test]
    fn takes_errors_up_to_the_limit() {
        example(|| agrees(&[1e150, 0.0], &[1e150, 1e150]));
    }

    #[test]
    fn rejects_invalid_errors_in_any_place() {
        let place = any::many(1..=6, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        let outside = select(vec![-1e-9, -1e-300, -1.0, 1e150_f64.next_up(), f64::MAX]);
        for_all("place, bad, outside", (place, any::not_finite(), outside)).cases(64).holds(
            |&((n, index), bad, outside)| {
                let fine = vec![0.5; n];
                for got in [bad, outside] {
                    let mut wrong = fine.clone();
                    // The first one counts.
                    wrong[n - 1] = if got.is_finite() { -7.5 } else { got };
                    wrong[index] = got;
                    let want = |name| reasons(name, index, got, "0 to 10¹⁵⁰");
                    let look = "Errors are finite and not negative.";
                    rejected_for(CALL, bias_variance_figure(&wrong, &fine), &want("training"), look)?;
                    rejected_for(CALL, bias_variance_figure(&fine, &wrong), &want("validation"), look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_unequal_lengths_and_none() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(32).holds(|&[n, m]| {
            let want = InputError::LengthMismatch { left: n, right: m };
            let answer = bias_variance_figure(&vec![1.0; n], &vec![1.0; m]);
            rejected(CALL, answer, want, "One training and one validation error per degree.")?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(CALL, bias_variance_figure(&[], &[]), want, "At least one degree.")
        });
    }
}
