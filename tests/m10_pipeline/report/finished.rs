//! Reports as a pipeline makes them, put together by hand.

use judge::any::select;
use judge::any::vec;
use judge::{Inputs, any};
use kit::pipeline::{Cleaning, Evaluation, Origin, Recipe, Report, Scale};
use kit::{Generator, Matrix, Softmax};
use proptest::prelude::*;

/// A report on as many classes as there are names, with these counts and losses.
pub fn report(names: &[&str], confusion: &[Vec<usize>], losses: &[f64]) -> Report {
    balanced(names, confusion, losses, |c| 3 * c + 2)
}

/// A report with so many training rows of each class.
pub fn balanced(
    names: &[&str],
    confusion: &[Vec<usize>],
    losses: &[f64],
    rows: impl Fn(usize) -> usize,
) -> Report {
    let k = names.len();
    let classes: Vec<String> = names.iter().map(ToString::to_string).collect();
    let balance: Vec<usize> = (0..k).map(rows).collect();
    let train: usize = balance.iter().sum();
    let test: usize = confusion.iter().flatten().sum();
    let evaluation = |confusion: &[Vec<usize>]| Evaluation {
        accuracy: 0.75,
        confusion: confusion.to_vec(),
        recall: (0..k).map(|c| (c > 0).then_some(0.5)).collect(),
    };
    // One row of each class but the last is taken for the last one: predicted are other numbers than there are.
    let known = |i: usize, j: usize| match (i == j, j == k - 1 && i < j) {
        (true, _) => balance[i] - usize::from(i < k - 1),
        (_, is_mistaken) => usize::from(is_mistaken),
    };
    let known: Vec<Vec<usize>> = (0..k).map(|i| (0..k).map(|j| known(i, j)).collect()).collect();
    Report {
        target: "species".to_owned(),
        cleaning: Cleaning {
            came: train + test + 2,
            too_empty: 2,
            kept: train + test,
            gaps: 3,
            ..Cleaning::default()
        },
        parts: [(0..train).collect(), (train..train + test).collect()],
        features: vec!["mass".to_owned(), "sex=f".to_owned()],
        balance,
        scales: vec![Scale { column: "mass".to_owned(), mean: 4000.0, deviation: 500.0 }],
        model: Softmax { weights: Matrix::zeros(k, 2), intercepts: vec![0.0; k], classes },
        losses: losses.to_vec(),
        evaluations: [evaluation(&known), evaluation(confusion)],
        baseline: 0.5,
        unseen: 1,
    }
}

/// The report that the snapshot shows.
pub fn penguins() -> Report {
    let confusion = vec![vec![37, 1, 0], vec![0, 17, 0], vec![0, 0, 31]];
    let losses: Vec<f64> = (0..=20).map(|step| 3.0_f64.ln() / (1.0 + f64::from(step) / 2.0)).collect();
    report(&["Adelie", "Chinstrap", "Gentoo"], &confusion, &losses)
}

/// Reports on one to four classes.
pub fn reports() -> impl Strategy<Value = (Vec<Vec<usize>>, Vec<f64>)> + Send + Sync + Clone {
    let losses = vec((0..=64_i32).prop_map(|k| f64::from(k) / 8.0), 1..=5);
    (1..=4_usize).prop_flat_map(move |k| (vec(vec(0..=9_usize, k), k), losses.clone()))
}

/// Reports on many classes and losses, of every magnitude.
pub fn wide_reports() -> impl Strategy<Value = (Vec<Vec<usize>>, Vec<f64>)> + Send + Sync + Clone {
    let steps = prop_oneof![1 => 1..=5_usize, 1 => select(vec![17, 302])];
    let unit = prop_oneof![3 => Just(1.0), 1 => select(vec![1e110, 1e-110])];
    let classes = prop_oneof![2 => any::size(1..=4, 33), 2 => 5..=12_usize, 1 => Just(65)];
    (classes, steps, unit).prop_flat_map(move |(k, n, unit)| {
        let losses = any::entries(n).prop_map(move |losses| losses.iter().map(|x| x.abs() * unit).collect());
        // Either many losses or many classes: systematic mutants take their time for both.
        let k = if n > 100 { k.min(4) } else { k };
        // A report lists every row.
        let most = if k > 12 { 999_usize } else { 9_999 };
        let count = prop_oneof![3 => 0..=99_usize, 1 => 0..=most];
        (vec(vec(count, k), k), losses)
    })
}

/// Names of any number of classes: of 1 to 60 characters, blanks and others than letters of English among them, in no order.
pub fn long_names(k: usize, seed: u64) -> Vec<String> {
    let mut generator = Generator::from_seed(seed);
    let letters: Vec<char> = "abcXYZ äßéΩж中✓-_.".chars().collect();
    let mut name = |c: usize| {
        let letters: String =
            (0..generator.below(56)).map(|_| letters[generator.below(letters.len())]).collect();
        // One blank at a time, as figures are written.
        format!("{}{c}", letters.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    (0..k).map(&mut name).collect()
}

/// Names of one to four classes.
pub fn names(k: usize) -> Vec<&'static str> {
    ["ant", "bee", "cat", "dog"][..k].to_vec()
}

/// A recipe.
pub fn recipe() -> Recipe {
    Recipe {
        target: "species".to_owned(),
        ignored: vec!["year".to_owned()],
        words: vec![],
        ranges: vec![("mass".to_owned(), [0.0, f64::INFINITY])],
        test_share: 0.25,
        seed: 7,
        learning_rate: 0.5,
        steps: 200,
    }
}

/// Names that a column may have.
const COLUMNS: [&str; 10] = [
    " mass",
    "sex ",
    "mass",
    "year",
    "say \"hue\"",
    "back\\slash",
    "two\nlines",
    "it's [1], {x}",
    "naïve ✓",
    "\u{7}",
];

/// A recipe that is drawn.
#[derive(Debug, Clone)]
pub struct Drawn(pub Recipe);

impl Inputs for Drawn {}

/// Recipes with other values in every field.
pub fn recipes() -> impl Strategy<Value = Drawn> + Send + Sync + Clone {
    let name = || select(COLUMNS.to_vec()).prop_map(ToOwned::to_owned);
    let limits = prop_oneof![
        (any::eighth(), any::eighth()).prop_map(|(low, high)| [low, high]),
        any::eighth().prop_map(|low| [low, f64::INFINITY]),
        any::eighth().prop_map(|high| [f64::NEG_INFINITY, high]),
        (any::magnitude(-300, 300), any::wide()).prop_map(|(low, high)| [low, high]),
    ];
    let rate =
        prop_oneof![(1..=16_i32).prop_map(|k| f64::from(k) / 4.0), 1e-9..1.0, select(vec![3e-10, 2.5e6])];
    let names = (name(), vec(name(), 0..=5), vec(name(), 0..=5), vec((name(), limits), 0..=5));
    let steps = prop_oneof![3 => 0..=1000_usize, 1 => 1001..=usize::MAX];
    (names, 1e-3..1.0_f64, any::seed(), rate, steps).prop_map(
        |((target, ignored, words, ranges), test_share, seed, learning_rate, steps)| {
            Drawn(Recipe { target, ignored, words, ranges, test_share, seed, learning_rate, steps })
        },
    )
}

/// An origin.
pub fn origin() -> Origin {
    Origin {
        title: "Penguins".to_owned(),
        file: "/home/ada/katas/data/penguins.csv".to_owned(),
        repository: "/home/ada/katas".to_owned(),
        solutions: true,
    }
}
