use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::x1_trees::impurity::gini;
use kit::{Generator, InputError};

use super::super::draw::{all_but_one, counts, label, labels};

/// (n² − Σ꜀ n꜀²)/n², without rounding before the quotient.
fn exact(labels: &[usize]) -> f64 {
    let squares: usize = counts(labels).into_iter().map(|count| count * count).sum();
    let n = labels.len();
    (n * n - squares) as f64 / (n * n) as f64
}

/// Squares of up to n fractions, and their sum.
fn tolerance(labels: &[usize]) -> f64 {
    rounding(labels.len() + 4, 1.0)
}

#[test]
fn is_the_probability_of_two_different_labels() {
    for_all("labels", any::vec(0..4_usize, 1..=8)).holds(|labels| {
        let n = labels.len();
        let differ = labels.iter().map(|a| labels.iter().filter(|b| *b != a).count()).sum::<usize>();
        let got = gini(labels).accepted("gini(labels)")?;
        let look = "Draw two samples with replacement: their labels are equal with probability Σ p².";
        close("gini(labels)", got, differ as f64 / (n * n) as f64, tolerance(labels), look)
    });
}

#[test]
fn is_zero_for_a_pure_node() {
    for_all("label, n", (any::part(0..9_usize), any::many(1..=6, 301))).cases(64).holds(|&(class, n)| {
        let pure = vec![label(class); n];
        let got = gini(&pure).accepted("gini(pure)")?;
        close("gini(pure)", got, 0.0, tolerance(&pure), "One class with p = 1: 1 − 1².")
    });
}

#[test]
fn is_largest_for_equal_frequencies() {
    for_all("k, times", (any::several(1..=5), any::part(1..=3_usize))).cases(64).holds(|&(k, times)| {
        let labels: Vec<usize> = (0..k * times).map(|i| label(i % k)).collect();
        let got = gini(&labels).accepted("gini(labels)")?;
        let look = "k classes with p = 1/k each: 1 − k/k².";
        close("gini(labels)", got, 1.0 - 1.0 / k as f64, tolerance(&labels), look)
    });
}

#[test]
fn does_not_depend_on_order_or_names() {
    for_all("labels, seed", (any::vec(0..4_usize, 1..=8), any::seed())).holds(|(labels, seed)| {
        let mut other: Vec<usize> = labels.iter().map(|class| 7 - class).collect();
        Generator::from_seed(*seed).shuffle(&mut other);
        let got = gini(&other).accepted("gini(shuffled)")?;
        let want = gini(labels).accepted("gini(labels)")?;
        let look = "The same frequencies under other names, in another order.";
        close("gini(shuffled)", got, want, 2.0 * tolerance(labels), look)
    });
}

#[test]
fn is_concave() {
    let two = (any::vec(0..3_usize, 1..=8), any::vec(0..3_usize, 1..=8));
    for_all("left, right", two).holds(|(left, right)| {
        let all = [left.clone(), right.clone()].concat();
        let part = |labels: &[usize]| {
            let gini = gini(labels).accepted("gini(part)")?;
            Ok::<f64, Broken>(labels.len() as f64 / all.len() as f64 * gini)
        };
        let (parts, whole) = (part(left)? + part(right)?, gini(&all).accepted("gini(all)")?);
        ensure(parts <= whole + 2.0 * tolerance(&all), || {
            let look = "No split makes the classes more mixed: G is a concave function of the fractions.";
            let got = format!("the parts have {parts:.6} on average, all together {whole:.6}");
            Broken::answer(got, "at most as much on average", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::impurity::gini;
        assert_eq!(gini(&[4, 4, 7, 7]), Ok(0.5));
        assert_eq!(gini(&[7, 7, 7]), Ok(0.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_number_of_samples_and_classes() {
        for_all("labels", labels(1025)).cases(192).holds(|labels| {
            let got = gini(labels).accepted("gini(labels)")?;
            let look = "All samples count, whatever the numbers of their labels, and all classes.";
            close("gini(labels)", got, exact(labels), tolerance(labels), look)
        });
    }

    #[test]
    fn counts_every_sample() {
        for_all("labels", all_but_one()).cases(96).holds(|labels| {
            let got = gini(labels).accepted("gini(labels)")?;
            let look = "One sample has another label than all others, wherever it stands.";
            close("gini(labels)", got, exact(labels), tolerance(labels), look)
        });
    }

    #[test]
    fn rejects_no_samples() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("gini([])", gini(&[]), want, "0/0 is no fraction.")
        });
    }
}
