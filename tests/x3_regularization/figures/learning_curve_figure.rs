use judge::any::select;
use judge::{
    Answer, Broken, Verdict, any, close, equal, example, figure_reads_as, for_all, rejected, rejected_for,
    rounding,
};
use katas::x3_regularization::figures::learning_curve_figure;
use kit::figure::Layer;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::matrix;
use super::super::rejection::reasons;

const CALL: &str = "learning_curve_figure(sizes, training, validation)";

fn agrees(sizes: &[usize], training: &Matrix, validation: &Matrix) -> Verdict {
    let figure = learning_curve_figure(sizes, training, validation).accepted(CALL)?;
    let words = [figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str()];
    equal("title and axes", words, ["Learning curve", "training samples", "error"], "As the page says.")?;
    equal("the number of layers", figure.layers.len(), 3, "The folds, then two lines.")?;
    let fold = |(i, size): (usize, &usize)| {
        let at = *size as f64;
        validation.row(i).iter().map(|error| [at, *error]).collect::<Vec<_>>()
    };
    let at = sizes.iter().enumerate().flat_map(fold).collect();
    let look = "The validation errors of all folds, size after size.";
    equal("layer 0", &figure.layers[0], &Layer::Points { label: "folds".to_owned(), at }, look)?;
    for (layer, (wanted, errors)) in
        figure.layers[1..].iter().zip([("training error", training), ("validation error", validation)])
    {
        let look = "A line through the mean over the folds for each size.";
        let Layer::Line { label, through } = layer else {
            return Err(Broken::answer(format!("{layer:?}"), format!("a line: {wanted}"), look));
        };
        equal("the label of a line", label.as_str(), wanted, look)?;
        equal("its number of points", through.len(), sizes.len(), look)?;
        for (i, point) in through.iter().enumerate() {
            equal("the horizontal place of a point", point[0], sizes[i] as f64, "The number of samples.")?;
            let folds = errors.cols() as f64;
            let want: f64 = errors.row(i).iter().map(|error| error / folds).sum();
            let name = format!("the {wanted} with {} samples", sizes[i]);
            close(&name, point[1], want, rounding(2 * errors.cols() + 8, want), look)?;
        }
    }
    Ok(())
}

/// So many sizes that grow.
fn growing(n: usize, seed: u64) -> Vec<usize> {
    let mut generator = Generator::from_seed(seed);
    let most = [1_usize, 3, 500, 1 << 40][generator.below(4)];
    let mut size = 0;
    let mut next = || {
        size += 1 + generator.below(most);
        size
    };
    (0..n).map(|_| next()).collect()
}

fn curves(
    [n, folds]: [usize; 2],
) -> impl Strategy<Value = (Vec<usize>, Matrix, Matrix)> + Send + Sync + Clone {
    let errors = any::kinds().prop_flat_map(move |[kind, other]| {
        (any::part(any::numbers(kind, n * folds)), any::part(any::numbers(other, n * folds)))
    });
    let of = move |x: Vec<f64>| matrix(n, folds, &x.into_iter().map(f64::abs).collect::<Vec<_>>());
    (any::seed(), errors)
        .prop_map(move |(seed, (training, validation))| (growing(n, seed), of(training), of(validation)))
}

#[test]
fn shows_folds_and_means() {
    let inputs = (1..=4_usize, 1..=4_usize, any::seed()).prop_flat_map(|(n, folds, seed)| {
        let errors = || {
            any::vec(any::eighth(), n * folds)
                .prop_map(move |x| matrix(n, folds, &x.into_iter().map(f64::abs).collect::<Vec<_>>()))
        };
        (Just(growing(n, seed)), errors(), errors())
    });
    for_all("sizes, training, validation", inputs)
        .holds(|(sizes, training, validation)| agrees(sizes, training, validation));
}

#[test]
fn draws_the_learning_curve_of_the_digits() {
    example(|| {
        // A network of 32 hidden units on the digits: the share of wrong answers in three folds.
        let training = Matrix::from_rows([
            [0.0667, 0.0333, 0.0333],
            [0.0167, 0.0, 0.0],
            [0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0],
        ]);
        let validation = Matrix::from_rows([
            [0.5225, 0.3072, 0.3322],
            [0.2437, 0.1886, 0.192],
            [0.1035, 0.1018, 0.1035],
            [0.0568, 0.0785, 0.0768],
        ]);
        let figure = learning_curve_figure(&[30, 60, 150, 300], &training, &validation).accepted(CALL)?;
        let look = "Points of the folds and two lines.";
        figure_reads_as("x3_regularization/figures/learning_curve_figure", &figure, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::figures::learning_curve_figure;
        use kit::Matrix;
        use kit::figure::Layer;
        let training = Matrix::from_rows([[0.0, 1.0], [2.0, 2.0]]);
        let validation = Matrix::from_rows([[7.0, 9.0], [4.0, 5.0]]);
        let figure = learning_curve_figure(&[10, 100], &training, &validation)?;
        let label = "validation error".to_owned();
        assert_eq!(figure.layers[2], Layer::Line { label, through: vec![[10.0, 8.0], [100.0, 4.5]] });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn shows_any_number_of_sizes_and_folds_of_any_magnitude() {
        let inputs = any::sizes([1..=6, 1..=5], [301, 301]).prop_flat_map(curves);
        for_all("sizes, training, validation", inputs)
            .cases(128)
            .holds(|(sizes, training, validation)| agrees(sizes, training, validation));
    }

    #[test]
    fn takes_errors_up_to_the_limit() {
        example(|| {
            let errors = Matrix::from_rows([[1e150, 1e150], [0.0, 1e150]]);
            agrees(&[1, usize::MAX >> 12], &errors, &errors)
        });
    }

    #[test]
    fn rejects_invalid_errors_in_any_place() {
        let place = (any::many(1..=6, 301), any::several(1..=3))
            .prop_flat_map(|(n, d)| (Just([n, d]), any::place(n), any::place(d)));
        let outside = select(vec![-1e-9, -1e-300, -1.0, 1e150_f64.next_up(), f64::MAX]);
        for_all("place, bad, outside", (place, any::not_finite(), outside)).cases(64).holds(
            |&(([n, d], i, j), bad, outside)| {
                let sizes: Vec<usize> = (1..=n).collect();
                let fine = Matrix::from_fn(n, d, |k, l| (k + l) as f64 / 4.0);
                for got in [bad, outside] {
                    let mut wrong = fine.clone();
                    // The first one counts.
                    wrong[(n - 1, d - 1)] = if got.is_finite() { -7.5 } else { got };
                    wrong[(i, j)] = got;
                    let want = |name| reasons(name, i * d + j, got, "0 to 10¹⁵⁰");
                    let look = "Errors are finite and not negative.";
                    let answer = learning_curve_figure(&sizes, &wrong, &fine);
                    rejected_for(CALL, answer, &want("training"), look)?;
                    let answer = learning_curve_figure(&sizes, &fine, &wrong);
                    rejected_for(CALL, answer, &want("validation"), look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_sizes_that_do_not_grow() {
        let place = any::many(1..=6, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        for_all("n and i, less", (place, any::part(0..=1_usize))).cases(64).holds(|&((n, i), less)| {
            let mut sizes: Vec<usize> = (1..=n).map(|size| 3 * size).collect();
            // Not larger than the one before; of the first, 0.
            let got = if i == 0 { 0 } else { sizes[i - 1] - less };
            sizes[i] = got;
            // The first one counts.
            if i + 1 < n {
                sizes[n - 1] = 0;
            }
            let errors = Matrix::from_fn(n, 1, |_, _| 0.5);
            let want =
                InputError::OutOfRange { name: "sizes", got: got as f64, wanted: "larger than before" };
            let look = "Each size is larger than the one before, the first at least 1.";
            rejected(CALL, learning_curve_figure(&sizes, &errors, &errors), want, look)
        });
    }

    #[test]
    fn rejects_other_shapes_and_nothing() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(32).holds(|&[n, m]| {
            let sizes: Vec<usize> = (1..=n).collect();
            let of = |rows: usize, cols: usize| Matrix::from_fn(rows, cols, |_, _| 0.5);
            let look = "Both have one row per size and one column per fold.";
            let want = InputError::ShapeMismatch { left: (n, 2), right: (m, 2) };
            rejected(CALL, learning_curve_figure(&sizes, &of(n, 2), &of(m, 2)), want, look)?;
            let want = InputError::ShapeMismatch { left: (n, n), right: (n, m) };
            rejected(CALL, learning_curve_figure(&sizes, &of(n, n), &of(n, m)), want, look)?;
            let want = InputError::LengthMismatch { left: n, right: m };
            rejected(CALL, learning_curve_figure(&sizes, &of(m, 2), &of(m, 2)), want, look)?;
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let answer = learning_curve_figure(&sizes, &of(n, 0), &of(n, 0));
            rejected(CALL, answer, few.clone(), "At least one fold.")?;
            rejected(CALL, learning_curve_figure(&[], &of(0, 2), &of(0, 2)), few, "At least one size.")
        });
    }
}
