use judge::any::select;
use judge::{Answer, Verdict, any, close, close_entries, example, for_all, rejected, rounding};
use katas::x3_regularization::stopping::label_smoothing;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

const CALL: &str = "label_smoothing(labels, classes, smoothing)";

fn agrees(labels: &[usize], classes: usize, smoothing: f64) -> Verdict {
    let got = label_smoothing(labels, classes, smoothing).accepted(CALL)?;
    let share = smoothing / classes as f64;
    let want = Matrix::from_fn(labels.len(), classes, |i, k| {
        if labels[i] == k { (1.0 - smoothing) + share } else { share }
    });
    let look = "1 − α for the true class, and α/K for each of the K classes, the true one included.";
    // The true class may also get what the others leave of 1.
    let size = |i: usize, j: usize| if labels[i] == j { 1.0 } else { want[(i, j)] };
    close_entries("t", &got, &want, |i, j| rounding(8, size(i, j)), look)
}

/// So many labels.
pub fn labels(n: usize, classes: usize, seed: u64) -> Vec<usize> {
    let mut generator = Generator::from_seed(seed);
    (0..n).map(|i| if i + 1 == n { classes - 1 } else { generator.below(classes) }).collect()
}

fn smoothing() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let special = select(vec![0.0, 1.0, 0.1, 0.5, 1e-9, 1e-110, 1.0 - 1e-9]);
    prop_oneof![2 => special, 1 => any::part(0.0..1.0_f64), 1 => any::magnitude(-12, -1).prop_map(f64::abs)]
}

#[test]
fn spreads_a_share_over_all_classes() {
    let inputs = (1..=5_usize).prop_flat_map(|classes| {
        let labels = any::vec(0..classes, 0..=4);
        (labels, Just(classes), select(vec![0.0, 0.125, 0.25, 0.5, 1.0]))
    });
    for_all("labels, classes, smoothing", inputs)
        .holds(|(labels, classes, smoothing)| agrees(labels, *classes, *smoothing));
}

#[test]
fn each_row_sums_to_1() {
    for_all("label, classes, smoothing", (0..4_usize, 4..=9_usize, smoothing())).cases(96).holds(
        |&(label, classes, smoothing)| {
            let t = label_smoothing(&[label], classes, smoothing).accepted(CALL)?;
            let look = "What the true class gives away the others get.";
            close("the sum of the row", t.as_slice().iter().sum(), 1.0, rounding(32, 1.0), look)
        },
    );
}

#[test]
fn no_smoothing_is_one_hot_and_full_smoothing_uniform() {
    for_all("label, classes", (0..3_usize, 3..=6_usize)).cases(32).holds(|&(label, classes)| {
        agrees(&[label], classes, 0.0)?;
        agrees(&[label], classes, 1.0)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::stopping::label_smoothing;
        use kit::Matrix;
        assert_eq!(label_smoothing(&[1], 4, 0.5), Ok(Matrix::from_rows([[0.125, 0.625, 0.125, 0.125]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_number_of_samples_and_classes() {
        for_all(
            "[n, K], seed, smoothing",
            (any::sizes([0..=6, 1..=6], [301, 301]), any::seed(), smoothing()),
        )
        .holds(|&([n, classes], seed, smoothing)| agrees(&labels(n, classes, seed), classes, smoothing));
    }

    #[test]
    fn no_labels_and_a_single_class_are_allowed() {
        example(|| {
            agrees(&[], 3, 0.5)?;
            agrees(&[0, 0], 1, 0.25)
        });
    }

    #[test]
    fn rejects_unknown_classes_in_any_place() {
        let inputs = (any::many(1..=6, 301), any::several(1..=4), select(vec![0_usize, 1, 300, 1 << 40]))
            .prop_flat_map(|(n, classes, more)| (Just(n), any::place(n), Just(classes), Just(more)));
        for_all("n, i, classes, more", inputs).cases(64).holds(|&(n, index, classes, more)| {
            let mut labels = vec![classes - 1; n];
            // The first one counts.
            labels[n - 1] = classes + 7;
            labels[index] = classes + more;
            let want = InputError::UnknownClass { index, got: classes + more, classes };
            rejected(CALL, label_smoothing(&labels, classes, 0.5), want, "Classes count from 0 to K − 1.")
        });
    }

    #[test]
    fn rejects_parameters_out_of_range() {
        let smoothings = select(vec![-1e-9, -1e-300, -0.5, 1.0_f64.next_up(), 2.0, f64::NAN, f64::INFINITY]);
        for_all("classes, smoothing", (1..=5_usize, smoothings)).cases(48).holds(|&(classes, got)| {
            let want = InputError::OutOfRange { name: "smoothing", got, wanted: "0 to 1" };
            rejected(CALL, label_smoothing(&[0], classes, got), want.clone(), "α from 0 to 1.")?;
            rejected(CALL, label_smoothing(&[], classes, got), want, "Without labels too.")?;
            let want = InputError::OutOfRange { name: "classes", got: 0.0, wanted: "at least 1" };
            rejected(CALL, label_smoothing(&[], 0, 0.5), want, "At least one class.")
        });
    }
}
