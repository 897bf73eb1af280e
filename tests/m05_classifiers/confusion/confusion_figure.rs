use judge::{Answer, Broken, any, equal, example, figure_reads_as, for_all, rejected};
use katas::m05_classifiers::confusion::confusion_figure;
use kit::figure::{Figure, Layer};
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::{fault, several, unequal};

const CALL: &str = "confusion_figure(C, names)";
const NAMES: [&str; 4] = ["cat", "dog", "emu", "fox"];

/// Counts, not all 0.
fn counts() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (several(1..=4), any::seed()).prop_flat_map(|(k, seed)| {
        let mut generator = Generator::from_seed(seed);
        let filled: Vec<u8> = (0..k * k).map(|_| generator.below(10) as u8).collect();
        let counts = if k <= 4 { judge::any::vec(0..=9_u8, k * k).boxed() } else { Just(filled).boxed() };
        counts.prop_map(move |counts| {
            let none = counts.iter().all(|count| *count == 0);
            Matrix::from_fn(k, k, |i, j| f64::from(counts[i * k + j]) + f64::from(u8::from(none)))
        })
    })
}

fn names(k: usize) -> Vec<String> {
    (0..k)
        .map(|class| NAMES.get(class).map_or_else(|| format!("class {class}"), ToString::to_string))
        .collect()
}

fn drawn(c: &Matrix) -> Result<Figure, Broken> {
    let names = names(c.rows());
    confusion_figure(c, &names.iter().map(String::as_str).collect::<Vec<_>>()).accepted(CALL)
}

#[test]
fn has_title_and_axes() {
    for_all("C", counts()).holds(|c| {
        let figure = drawn(c)?;
        let right: f64 = (0..c.rows()).map(|i| c[(i, i)]).sum();
        let all: f64 = c.as_slice().iter().sum();
        let title = |share: f64| format!("Confusion matrix: {right} of {all} correct ({share:.1} %)");
        let share = 100.0 * right / all;
        let look = "The title counts the correctly classified samples and gives the accuracy with one \
            decimal; \
                    columns are predicted, rows are true.";
        // 9 of 16 are 56.25 %: some round that up, some to the even digit. Of 16 counts up to 9 the share is within
        // rounding of a half in the last place only where it is one.
        let tie = 2000.0 * right % all == 0.0 && 2000.0 * right / all % 2.0 == 1.0;
        let near =
            if tie { [title(share - 0.01), title(share + 0.01)] } else { [title(share), title(share)] };
        if !near.contains(&figure.title) {
            equal("the title", figure.title.as_str(), near[1].as_str(), look)?;
        }
        equal("the axes", [figure.x.label.as_str(), figure.y.label.as_str()], ["predicted", "true"], look)
    });
}

#[test]
fn has_a_table_of_counts() {
    for_all("C", counts()).holds(|c| {
        let figure = drawn(c)?;
        let names = names(c.rows());
        let want = Layer::Table { label: String::new(), rows: names.clone(), cols: names, values: c.clone() };
        equal(
            "the layers",
            figure.layers,
            vec![want],
            "One table without a label: names for rows and columns, and the counts unchanged.",
        )
    });
}

#[test]
fn draws_the_digits_of_naive_bayes() {
    example(|| {
        // Gaussian naive Bayes on every fifth of the 8×8 digits, learned from the others.
        let c = Matrix::from_rows(DIGITS);
        let names: Vec<String> = (0..10).map(|digit| digit.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let figure = confusion_figure(&c, &names).accepted(CALL)?;
        figure_reads_as(
            "m05_classifiers/confusion/confusion_figure",
            &figure,
            "Title, axes, names and counts.",
        )
    });
}

const DIGITS: [[f64; 10]; 10] = [
    [42.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 22.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 3.0, 2.0],
    [0.0, 0.0, 14.0, 0.0, 0.0, 0.0, 0.0, 0.0, 12.0, 0.0],
    [0.0, 1.0, 1.0, 36.0, 0.0, 2.0, 0.0, 1.0, 7.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 27.0, 1.0, 1.0, 6.0, 3.0, 0.0],
    [0.0, 0.0, 0.0, 1.0, 0.0, 35.0, 0.0, 1.0, 1.0, 1.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 29.0, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 26.0, 0.0, 0.0],
    [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 34.0, 0.0],
    [1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 6.0, 5.0, 33.0],
];

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::confusion::confusion_figure;
        use kit::Matrix;
        let figure = confusion_figure(&Matrix::from_rows([[4.0, 1.0], [0.0, 5.0]]), &["cat", "dog"])?;
        assert_eq!(figure.title, "Confusion matrix: 9 of 10 correct (90.0 %)");
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_another_number_of_names() {
        example(|| {
            for right in [0, 1, 3] {
                let want = InputError::LengthMismatch { left: 2, right };
                let look = "One name per class; the number of rows on the left.";
                rejected(
                    &format!("confusion_figure with 2×2 counts, {right} names"),
                    confusion_figure(&Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]), &NAMES[..right]),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_another_number_of_names_of_any_size() {
        for_all("[n, m]", unequal()).cases(48).holds(|&[left, right]| {
            let left = left.min(129);
            let names: Vec<&str> = vec!["same"; if right == left { right + 1 } else { right }];
            let want = InputError::LengthMismatch { left, right: names.len() };
            let look = "One name per class; the number of rows on the left.";
            let ones = Matrix::from_fn(left, left, |_, _| 1.0);
            rejected("confusion_figure(n×n, m names)", confusion_figure(&ones, &names), want, look)
        });
    }

    #[test]
    fn keeps_any_names() {
        example(|| {
            let long = ["a", "b", "c"].map(|end| format!("{}{end}", "chrysanthemum ".repeat(12)));
            let short = ["", " ", "naïve", "\"quoted\"", "a\nb", "cat", "cat", "0"];
            let names: Vec<&str> = short.into_iter().chain(long.iter().map(String::as_str)).collect();
            let c = Matrix::from_fn(11, 11, |i, j| (i * j) as f64);
            let figure = confusion_figure(&c, &names).accepted(CALL)?;
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            let want = Layer::Table { label: String::new(), rows: names.clone(), cols: names, values: c };
            equal(
                "the layers",
                figure.layers,
                vec![want],
                "Names as they are, also empty ones, long ones, and the same one twice.",
            )
        });
    }

    #[test]
    fn rejects_invalid_counts_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([k, d], [i, j], bad)| {
            let (k, look) = ((*k).min(65), "Counts are whole numbers, at least 0. Check all of them.");
            let (i, j, names) = (i % k, j % k, vec!["same"; k]);
            let with = |value: f64| {
                Matrix::from_fn(k, k, |l, m| if (l, m) == (i, j) { value } else { ((l + m) % 3) as f64 })
            };
            let want = InputError::NotFinite { name: "counts", index: i * k + j };
            let call = format!("{CALL} with {bad} in row {i}, column {j}");
            rejected(&call, confusion_figure(&with(*bad), &names), want, look)?;
            for got in [-1.0, -1e-300, 0.5, 1e-300, 255.5, 4_294_967_296.5] {
                let want =
                    InputError::OutOfRange { name: "counts", got, wanted: "whole numbers, at least 0" };
                let call = format!("{CALL} with {got} in row {i}, column {j}");
                rejected(&call, confusion_figure(&with(got), &names), want, look)?;
            }
            for cols in [k + d, k - 1] {
                let want = InputError::NotSquare { rows: k, cols };
                let got = confusion_figure(&Matrix::from_fn(k, cols, |_, _| 1.0), &names);
                rejected(CALL, got, want, "As many columns as rows.")?;
            }
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let got = confusion_figure(&Matrix::zeros(k, k), &names);
            rejected(
                "confusion_figure with k×k zeros",
                got,
                few,
                "The accuracy on no samples is not defined.",
            )
        });
    }

    #[test]
    fn a_single_count_is_enough() {
        let inputs = several(1..=4)
            .prop_flat_map(|k| (Just(k), 0..k, 0..k, judge::any::select(vec![1.0, 300.0, 5e9])));
        for_all("k, i, j, count", inputs).cases(64).holds(|&(k, i, j, count)| {
            let c = Matrix::from_fn(k, k, |l, m| if (l, m) == (i, j) { count } else { 0.0 });
            let (correct, share) = if i == j { (count, "100.0") } else { (0.0, "0.0") };
            let want = format!("Confusion matrix: {correct} of {count} correct ({share} %)");
            let look = "All counts are added up, wherever they stand; the diagonal holds the correct ones.";
            equal("the title", drawn(&c)?.title, want, look)
        });
    }

    #[test]
    fn accepts_an_accuracy_of_0() {
        example(|| {
            let figure = drawn(&Matrix::from_rows([[0.0, 3.0], [4.0, 0.0]]))?;
            let look = "Seven samples, and none is correct: an accuracy of 0.";
            equal("the title", figure.title.as_str(), "Confusion matrix: 0 of 7 correct (0.0 %)", look)
        });
    }

    #[test]
    fn rejects_invalid_counts() {
        for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(32).holds(|(bad, at)| {
            let with = |value: f64| {
                let mut c = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
                c[(at / 2, at % 2)] = value;
                c
            };
            let (draw, look) =
                (|c: &Matrix| confusion_figure(c, &NAMES[..2]), "Counts are whole numbers, at least 0.");
            rejected(
                &format!("confusion_figure with {bad} at {at}"),
                draw(&with(*bad)),
                InputError::NotFinite { name: "counts", index: *at },
                look,
            )?;
            for got in [-1.0, 0.5, 1.0 + 2.0_f64.powi(-40), 1e-12, 1e6 + 0.5] {
                let want =
                    InputError::OutOfRange { name: "counts", got, wanted: "whole numbers, at least 0" };
                rejected(&format!("confusion_figure with {got} at {at}"), draw(&with(got)), want, look)?;
            }
            rejected(
                "confusion_figure with 2×3",
                draw(&Matrix::zeros(2, 3)),
                InputError::NotSquare { rows: 2, cols: 3 },
                "As many columns as rows.",
            )?;
            let (few, look) =
                (InputError::TooFew { got: 0, wanted: 1 }, "The accuracy on no samples is not defined.");
            rejected("confusion_figure with 2×2 zeros", draw(&Matrix::zeros(2, 2)), few.clone(), look)?;
            rejected("confusion_figure with 0×0", confusion_figure(&Matrix::zeros(0, 0), &[]), few, look)
        });
    }

    #[test]
    fn draws_many_classes_and_large_counts() {
        for_all("k, seed", (judge::any::select(vec![9_usize, 17, 33, 101]), any::seed())).cases(12).holds(
            |&(k, seed)| {
                let mut generator = Generator::from_seed(seed);
                let most = if seed % 2 == 0 { 10 } else { 5_000_000 };
                let mut c = Matrix::zeros(k, k);
                (0..k * k).for_each(|at| c[(at / k, at % k)] = generator.below(most) as f64 + 1.0);
                let names: Vec<String> = (0..k).map(|class| format!("class {class}")).collect();
                let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
                let figure = confusion_figure(&c, &borrowed).accepted(CALL)?;
                let (correct, all) =
                    ((0..k).map(|i| c[(i, i)]).sum::<f64>(), c.as_slice().iter().sum::<f64>());
                // Where the share is within rounding of a half in the last place, either neighbor.
                let title = |off: f64| {
                    format!(
                        "Confusion matrix: {correct} of {all} correct ({:.1} %)",
                        100.0 * correct / all + off
                    )
                };
                let look = "The sums of the diagonal and of all counts, and their ratio in percent.";
                let either = [title(-1e-9), title(1e-9)];
                let want = if figure.title == either[0] { &either[0] } else { &either[1] };
                equal("the title", &figure.title, want, look)?;
                let want = Layer::Table { label: String::new(), rows: names.clone(), cols: names, values: c };
                equal("the layers", figure.layers, vec![want], "All counts and all names, unchanged.")
            },
        );
    }

    /// How many are right and how many wrong: few of either, or a share just next to a half of a tenth of a percent.
    fn outcomes() -> impl Strategy<Value = (u64, u64)> + Send + Sync + Clone {
        let most = prop_oneof![1..=30_000_u64, 30_001..=1_000_000_000_u64];
        let few = (0..=3_u64, most, any::<bool>())
            .prop_map(|(few, most, right)| if right { (few, most) } else { (most, few) });
        let halves = (0..1000_u64, 1..=500_000_u64, any::<bool>()).prop_map(|(tenths, unit, above)| {
            let right = (2 * tenths + 1) * unit + 2 * u64::from(above) - 1;
            (right, 2000 * unit - right)
        });
        prop_oneof![few, halves]
    }

    #[test]
    fn rounds_the_percentage_of_every_share() {
        for_all("right, wrong", outcomes()).cases(128).holds(|&(right, wrong)| {
            let counts = Matrix::from_rows([[right as f64, wrong as f64], [0.0, 0.0]]);
            let figure = drawn(&counts)?;
            let (all, share) = (right + wrong, 100.0 * right as f64 / (right + wrong) as f64);
            // Where the share is a half in the last place, either neighbor.
            let title =
                |off: f64| format!("Confusion matrix: {right} of {all} correct ({:.1} %)", share + off);
            let either = [title(-1e-9), title(1e-9)];
            let want = if figure.title == either[0] { &either[0] } else { &either[1] };
            let look = "The percentage, rounded: 9999 of 10000 are 100.0 %, and 1 of 10000 is 0.0 %.";
            equal("the title", &figure.title, want, look)
        });
    }
}
