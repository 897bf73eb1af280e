//! Chapter x1: trees and forests on real data.

use katas::reference::x1_trees::forest::{fit_forest, out_of_bag_score, predict_forest};
use katas::reference::x1_trees::importance::permutation_importance;
use katas::reference::x1_trees::impurity::{best_split, gini};
use katas::reference::x1_trees::tree::{fit_tree, predict_tree};
use kit::{Generator, Matrix, Tree};

use crate::says;

type Labeled = (Matrix, Vec<usize>);

fn rows((x, y): &Labeled, keep: impl Fn(usize) -> bool) -> Labeled {
    let rows: Vec<usize> = (0..y.len()).filter(|row| keep(*row)).collect();
    let features = Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
    (features, rows.iter().map(|&row| y[row]).collect())
}

fn embedded(dataset: &kit::data::Dataset) -> Labeled {
    (dataset.features.clone(), dataset.labels.clone())
}

/// The penguins of whom all four measures are known.
fn penguins() -> Labeled {
    let lines = kit::data::PENGUINS_CSV.lines().skip(1);
    let measured = lines.filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let numbers: Vec<f64> = cells[2..6].iter().filter_map(|cell| cell.parse().ok()).collect();
        let species = ["Adelie", "Chinstrap", "Gentoo"].iter().position(|name| cells[0].contains(name));
        (numbers.len() == 4).then(|| (numbers, species.expect("one of three species")))
    });
    let (numbers, y): (Vec<Vec<f64>>, Vec<usize>) = measured.unzip();
    (Matrix::from_fn(y.len(), 4, |i, j| numbers[i][j]), y)
}

/// How many are predicted correctly in each of five folds.
fn folds(data: &Labeled, predict: impl Fn(&Labeled, &Matrix) -> Vec<usize>) -> Vec<usize> {
    let fold = |r: usize| {
        let (training, test) = (rows(data, |i| i % 5 != r), rows(data, |i| i % 5 == r));
        predict(&training, &test.0).iter().zip(&test.1).filter(|(predicted, y)| predicted == y).count()
    };
    (0..5).map(fold).collect()
}

fn tree((x, y): &Labeled, queries: &Matrix) -> Vec<usize> {
    let tree = fit_tree(x, y, 10, usize::MAX, 1).expect("a tree");
    predict_tree(&tree, queries).expect("predictions")
}

fn forest((x, y): &Labeled, trees: usize, features: usize, queries: &Matrix) -> Vec<usize> {
    let forest = fit_forest(x, y, 10, trees, features, &mut Generator::from_seed(1)).expect("a forest");
    predict_forest(&forest, queries).expect("predictions")
}

/// An accuracy as the chapter writes it.
fn share(right: &[usize], data: &Labeled) -> String {
    let share = right.iter().sum::<usize>() as f64 / data.1.len() as f64;
    format!("{share:.4}").trim_start_matches('0').to_owned()
}

/// A row of the table, with the accuracy of scikit-learn's tree.
fn is_in_the_table(name: &str, data: &Labeled, library: &str, features: usize) {
    let single = share(&folds(data, tree), data);
    let voted = share(&folds(data, |data, x| forest(data, 100, features, x)), data);
    let mut generator = Generator::from_seed(1);
    let whole = fit_forest(&data.0, &data.1, 10, 100, features, &mut generator).expect("a forest");
    let score = out_of_bag_score(&whole, &data.0, &data.1).expect("rows out of bag");
    let score = format!("{score:.4}").trim_start_matches('0').to_owned();
    says("x1_trees", &format!("| {name} | {single} | {library} | {voted} | {score} |"));
}

#[test]
fn accuracies_on_irises_and_penguins_are_those_of_the_chapter() {
    let (iris, penguins) = (embedded(kit::data::iris()), penguins());
    assert_eq!((penguins.1.len(), folds(&iris, tree)), (342, vec![29, 29, 26, 29, 28]));
    is_in_the_table("irises", &iris, ".9400", 2);
    is_in_the_table("penguins, 342 with all four measures", &penguins, "", 2);
}

#[test]
#[ignore = "a hundred trees on the digits take minutes without optimization"]
fn accuracies_on_digits_are_those_of_the_chapter() {
    let digits = embedded(kit::data::digits());
    is_in_the_table("digits", &digits, ".8453", 8);
    let with = |trees| share(&folds(&digits, |data, x| forest(data, trees, 8, x)), &digits);
    let sentence = format!(
        "one tree of a forest has {} right, three {}, ten {}, thirty {}, and a hundred {}",
        with(1),
        with(3),
        with(10),
        with(30),
        with(100)
    );
    says("x1_trees", &sentence);
    let all = share(&folds(&digits, |data, x| forest(data, 100, 64, x)), &digits);
    says("x1_trees", &format!("a hundred trees reach {all}"));
}

#[test]
fn the_first_split_of_the_irises_is_that_of_the_chapter() {
    let (x, y) = embedded(kit::data::iris());
    let split = best_split(&x, &y, 1).expect("samples").expect("features vary");
    let before = gini(&y).expect("samples");
    assert_eq!((split.feature, split.threshold), (2, 2.45));
    says("x1_trees", &format!("falls from {before:.4} to {:.4}", before - split.decrease));
    let width = Matrix::from_fn(150, 1, |i, _| x[(i, 3)]);
    let other = best_split(&width, &y, 1).expect("samples").expect("features vary");
    assert!((other.decrease - split.decrease).abs() < 1e-12 && (other.threshold - 0.8).abs() < 1e-12);
    let tree = fit_tree(&x, &y, 3, 3, 1).expect("a tree");
    assert!(matches!(tree, Tree::Split { feature: 2, .. } | Tree::Split { feature: 3, .. }));
}

#[test]
fn petals_are_as_important_as_the_chapter_says() {
    let iris = embedded(kit::data::iris());
    let mut mean = [0.0; 4];
    for r in 0..5 {
        let (training, test) = (rows(&iris, |i| i % 5 != r), rows(&iris, |i| i % 5 == r));
        let mut generator = Generator::from_seed(1);
        let forest = fit_forest(&training.0, &training.1, 3, 100, 2, &mut generator).expect("a forest");
        let model = |x: &Matrix| predict_forest(&forest, x).expect("predictions");
        let mut generator = Generator::from_seed(1);
        let importances =
            permutation_importance(&model, &test.0, &test.1, 20, &mut generator).expect("samples");
        mean.iter_mut().zip(importances).for_each(|(mean, importance)| *mean += importance / 5.0);
    }
    assert_eq!(mean.map(|it| (1e4 * it).round() / 1e4), [-0.0003, 0.0027, 0.2717, 0.1997]);
    says("x1_trees", "petal length 0.27, petal width 0.20, sepal width and length near 0");
}
