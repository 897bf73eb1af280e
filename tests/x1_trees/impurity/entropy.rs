use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::x1_trees::impurity::entropy;
use kit::{Generator, InputError};

use super::super::draw::{all_but_one, counts, label, labels};

/// log₂ n − Σ꜀ n꜀·log₂ n꜀ / n.
fn by_counts(labels: &[usize]) -> f64 {
    let n = labels.len() as f64;
    let term = |count: usize| count as f64 * (n / count as f64).log2() / n;
    counts(labels).into_iter().map(term).sum()
}

/// Logarithms of up to n fractions, each as large as log₂ n, and their sum.
fn tolerance(labels: &[usize]) -> f64 {
    let n = labels.len();
    rounding(2 * n + 8, 1.0 + (n as f64).log2())
}

#[test]
fn is_one_bit_for_two_equal_classes() {
    for_all("a, b, n", (0..4_usize, 4..9_usize, 1..=8_usize)).cases(32).holds(|&(a, b, n)| {
        let labels: Vec<usize> = (0..2 * n).map(|i| label(if i < n { a } else { b })).collect();
        let got = entropy(&labels).accepted("entropy(labels)")?;
        let look = "A fair coin has one bit. The logarithm is to base 2.";
        close("entropy(labels)", got, 1.0, tolerance(&labels), look)
    });
}

#[test]
fn is_zero_for_a_pure_node() {
    for_all("label, n", (any::part(0..9_usize), any::many(1..=6, 301))).cases(64).holds(|&(class, n)| {
        let pure = vec![label(class); n];
        let got = entropy(&pure).accepted("entropy(pure)")?;
        let look = "1·log₂ 1 = 0; a class without samples contributes nothing, although log₂ 0 is infinite.";
        close("entropy(pure)", got, 0.0, tolerance(&pure), look)
    });
}

#[test]
fn is_the_logarithm_of_the_number_of_equal_classes() {
    for_all("k, times", (any::several(1..=5), any::part(1..=3_usize))).cases(64).holds(|&(k, times)| {
        let labels: Vec<usize> = (0..k * times).map(|i| label(i % k)).collect();
        let got = entropy(&labels).accepted("entropy(labels)")?;
        close(
            "entropy(labels)",
            got,
            (k as f64).log2(),
            tolerance(&labels),
            "k classes with p = 1/k: log₂ k.",
        )
    });
}

#[test]
fn adds_up_for_independent_labels() {
    let two = (any::vec(0..4_usize, 1..=6), any::vec(0..4_usize, 1..=6));
    for_all("a, b", two).holds(|(a, b)| {
        // Every label of a together with every label of b.
        let pairs: Vec<usize> = a.iter().flat_map(|a| b.iter().map(move |b| 10 * a + b)).collect();
        let got = entropy(&pairs).accepted("entropy(pairs)")?;
        let want = entropy(a).accepted("entropy(a)")? + entropy(b).accepted("entropy(b)")?;
        let look = "H(a, b) = H(a) + H(b) where a says nothing about b.";
        close("entropy(pairs)", got, want, 3.0 * tolerance(&pairs), look)
    });
}

#[test]
fn matches_the_definition() {
    for_all("labels", any::vec(0..4_usize, 1..=8)).holds(|labels| {
        let got = entropy(labels).accepted("entropy(labels)")?;
        let look = "−Σ p·log₂ p over the classes, each p a fraction of the samples.";
        close("entropy(labels)", got, by_counts(labels), tolerance(labels), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::impurity::entropy;
        assert_eq!(entropy(&[4, 4, 7, 7]), Ok(1.0));
        assert_eq!(entropy(&[0, 1, 2, 3]), Ok(2.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_number_of_samples_and_classes() {
        for_all("labels, seed", (labels(1025), any::seed())).cases(192).holds(|(labels, seed)| {
            let got = entropy(labels).accepted("entropy(labels)")?;
            let look = "All samples count, whatever the numbers of their labels, and all classes.";
            close("entropy(labels)", got, by_counts(labels), tolerance(labels), look)?;
            let mut shuffled = labels.clone();
            Generator::from_seed(*seed).shuffle(&mut shuffled);
            let got = entropy(&shuffled).accepted("entropy(shuffled)")?;
            close("entropy(shuffled)", got, by_counts(labels), tolerance(labels), "The order says nothing.")
        });
    }

    #[test]
    fn counts_every_sample() {
        for_all("labels", all_but_one()).cases(96).holds(|labels| {
            let got = entropy(labels).accepted("entropy(labels)")?;
            let look = "One sample has another label than all others, wherever it stands.";
            close("entropy(labels)", got, by_counts(labels), tolerance(labels), look)
        });
    }

    #[test]
    fn is_finite_for_a_class_of_one_in_many() {
        example(|| {
            let labels: Vec<usize> = (0..1025).map(|i| usize::from(i == 1000)).collect();
            let got = entropy(&labels).accepted("entropy(labels)")?;
            equal("whether it is a number", got.is_finite(), true, "Only classes with samples have a p.")?;
            close(
                "entropy(labels)",
                got,
                by_counts(&labels),
                tolerance(&labels),
                "p = 1/1025 counts as well.",
            )
        });
    }

    #[test]
    fn rejects_no_samples() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("entropy([])", entropy(&[]), want, "0/0 is no fraction.")
        });
    }
}
