//! Gradient boosting: regression trees, each of which predicts what the ones before it leave over.

use kit::{InputError, Matrix, Tree, check};

/// A boosted model: a constant and a sum of regression trees.
#[derive(Debug, Clone, PartialEq)]
pub struct Boosted {
    /// The prediction before the first tree, F₀.
    pub start: f64,
    /// The learning rate, by which the prediction of each tree is multiplied.
    pub rate: f64,
    /// The trees T₁, T₂, …; each leaf holds one number.
    pub trees: Vec<Tree>,
}

/// Gradient boosting for regression: starts with the mean of the targets, and adds one regression tree after another,
/// each fitted to the residuals that are left.
///
/// ```formula
/// F₀ = ȳ   Fₜ(x) = Fₜ₋₁(x) + η·Tₜ(x)
/// ```
///
/// Tₜ is the tree that [`fit_regression_tree`](super::regression::fit_regression_tree) grows on the features with the residuals yᵢ − Fₜ₋₁(xᵢ) as targets. They are
/// the negative gradient of half the squared error, hence the name.
///
/// * `x`: n×d features, n and d at least 1. `y`: n targets, at most 10¹²⁰ in size.
/// * `rounds`: the number of trees; 0 gives the mean alone. `rate`: η, the learning rate, above 0 and at most 1.
/// * `max_depth`: of each tree, as for [`fit_regression_tree`](super::regression::fit_regression_tree).
/// * Returns F₀, η and the trees in the order in which they were grown.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one target per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"y"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"rate"` unless it is above 0 and at most 1.
///
/// ```
/// # use katas::x1_trees::boosting::gradient_boosting_fit;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [2.0]]);
/// let model = gradient_boosting_fit(&x, &[0.0, 8.0], 2, 0.5, 1)?;
/// assert_eq!((model.start, model.rate, model.trees.len()), (4.0, 0.5, 2));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python:
/// `sklearn.ensemble.GradientBoostingRegressor(n_estimators=rounds, learning_rate=rate, max_depth=max_depth).fit(x, y)`.
///
/// Source: Friedman, *Greedy Function Approximation: A Gradient Boosting Machine*, Annals of Statistics 29 (2001), §4.1.
pub fn gradient_boosting_fit(
    x: &Matrix,
    y: &[f64],
    rounds: usize,
    rate: f64,
    max_depth: usize,
) -> Result<Boosted, InputError> {
    todo!()
}

/// The outputs of a boosted model.
///
/// ```formula
/// F(x) = F₀ + η·(T₁(x) + T₂(x) + …)
/// ```
///
/// * `model`: F₀, η and trees, all finite; every leaf has at least one value, the first of which counts.
/// * `x`: m×d features; m may be 0.
/// * Returns m outputs: predicted targets, or for a model of [`logistic_boosting_fit`] the logits of class 1.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"feature"` if a split asks for a feature that is not below d;
/// * [`InputError::TooFew`] with `wanted` 1 if a leaf has no value.
///
/// ```
/// # use katas::x1_trees::boosting::{Boosted, boosted_predict};
/// # use kit::{Matrix, Tree};
/// let leaf = |value| Tree::Leaf { samples: 1, value: vec![value] };
/// let model = Boosted { start: 4.0, rate: 0.5, trees: vec![leaf(2.0), leaf(-1.0)] };
/// assert_eq!(boosted_predict(&model, &Matrix::from_rows([[7.0]])), Ok(vec![4.5]));
/// ```
///
/// In Python: `model.predict(x)` of a `GradientBoostingRegressor`, `model.decision_function(x)` of a
/// `GradientBoostingClassifier`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §10.9.
pub fn boosted_predict(model: &Boosted, x: &Matrix) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// Gradient boosting for two classes: the outputs are logits, and the loss is the log loss.
///
/// ```formula
/// F₀ = ln(p/(1 − p))   Fₜ(x) = Fₜ₋₁(x) + η·Tₜ(x)
/// ```
///
/// p is the fraction of class 1. Tₜ is the tree that [`fit_regression_tree`](super::regression::fit_regression_tree) grows with yᵢ − σ(Fₜ₋₁(xᵢ)) as targets, label minus
/// predicted probability: the negative gradient of the log loss. So the leaves hold means of these residuals; there is
/// no Newton step.
///
/// * `x`: n×d features, d at least 1. `y`: n labels, 0 or 1, both of which occur.
/// * `rounds`: the number of trees. `rate`: η, the learning rate, above 0 and at most 1.
/// * `max_depth`: of each tree, as for [`fit_regression_tree`](super::regression::fit_regression_tree).
/// * Returns F₀, η and the trees. [`boosted_predict`] gives logits; above 0 class 1 is the more probable one.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::UnknownClass`] with the first label above 1;
/// * [`InputError::Constant`] with `name` `"y"` if there is one class only;
/// * [`InputError::OutOfRange`] with `name` `"rate"` unless it is above 0 and at most 1.
///
/// ```
/// # use katas::x1_trees::boosting::{boosted_predict, logistic_boosting_fit};
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [2.0]]);
/// let model = logistic_boosting_fit(&x, &[0, 1], 3, 1.0, 1)?;
/// assert!(model.start == 0.0 && boosted_predict(&model, &x)?[1] > 1.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python:
/// `sklearn.ensemble.GradientBoostingClassifier(n_estimators=rounds, learning_rate=rate, max_depth=max_depth).fit(x, y)`,
/// where the leaves hold a Newton step instead.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §10.10, algorithm 10.3.
pub fn logistic_boosting_fit(
    x: &Matrix,
    y: &[usize],
    rounds: usize,
    rate: f64,
    max_depth: usize,
) -> Result<Boosted, InputError> {
    todo!()
}
