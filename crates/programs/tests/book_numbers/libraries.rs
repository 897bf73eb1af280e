//! Chapter m05: what smartcore 0.7 does and what it does not look after.

use kit::Matrix;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::naive_bayes::gaussian::GaussianNB;
use smartcore::neighbors::knn_classifier::{KNNClassifier, KNNClassifierParameters};
use smartcore::tree::decision_tree_classifier::{DecisionTreeClassifier, DecisionTreeClassifierParameters};

use crate::says;

fn dense(x: &Matrix) -> DenseMatrix<f64> {
    DenseMatrix::new(x.rows(), x.cols(), x.as_slice().to_vec(), false).expect("as many numbers as entries")
}

/// The labels as smartcore wants them.
fn labels(of: &[usize]) -> Vec<u32> {
    of.iter().map(|label| *label as u32).collect()
}

/// Six samples of three classes; the first class has a single value.
fn six() -> (DenseMatrix<f64>, Vec<u32>) {
    (dense(&Matrix::from_rows([[1.0], [1.0], [3.0], [5.0], [8.0], [9.0]])), vec![0, 0, 1, 1, 2, 2])
}

#[test]
fn naive_bayes_reports_nan_in_all_classes_but_not_in_some() {
    let digits = kit::data::digits();
    let (x, y) = (dense(&digits.features), labels(&digits.labels));
    let model = GaussianNB::fit(&x, &y, Default::default()).expect("a model");
    assert!(model.predict(&x).is_err());
    let (x, y) = six();
    let model = GaussianNB::fit(&x, &y, Default::default()).expect("a model");
    let got: Vec<u32> = model.predict(&x).expect("labels");
    assert!(!got.contains(&0), "the class without variance is predicted: {got:?}");
    says(
        "m05_classifiers",
        "every probability is NaN, and `predict` returns an error; \
         where only some classes are NaN it predicts one of the others",
    );
}

#[test]
fn nearest_neighbors_reject_k_of_0_when_fitted_and_a_large_k_when_predicting() {
    let (x, y) = six();
    let fit = |k| KNNClassifier::fit(&x, &y, KNNClassifierParameters::default().with_k(k));
    assert!(fit(0).is_err());
    assert!(fit(7).expect("a model").predict(&x).is_err());
    says("m05_classifiers", "`fit` rejects k = 0, and k > n is found only by `predict`");
}

#[test]
fn a_single_tree_depends_on_no_seed() {
    let iris = kit::data::iris();
    let (x, y) = (dense(&iris.features), labels(&iris.labels));
    // Of each second flower, so that trees have something to differ in.
    let half = dense(&Matrix::from_fn(75, 4, |i, j| iris.features[(2 * i, j)]));
    let of_half: Vec<u32> = y.iter().step_by(2).copied().collect();
    let grown = |seed| {
        let parameters = DecisionTreeClassifierParameters { seed: Some(seed), ..Default::default() };
        let tree = DecisionTreeClassifier::fit(&half, &of_half, parameters).expect("a tree");
        tree.predict(&x).expect("labels")
    };
    assert!((1..20).all(|seed| grown(seed) == grown(0)));
    says("m05_classifiers", "smartcore 0.7 takes the first unless it tries only some of the features");
}
