//! Which features a model uses, and how a tree looks.

use kit::figure::{Figure, Layer};
use kit::{Generator, InputError, Matrix, Tree, check};

/// A fitted classifier: takes m×d features, returns m predicted labels.
pub type Predictor<'a> = &'a dyn Fn(&Matrix) -> Vec<usize>;

/// The permutation importance of each feature: how much the accuracy of a model drops when the values of the feature
/// are shuffled among the samples.
///
/// ```formula
/// Iⱼ = accuracy(x) − (1/r)·Σₛ accuracy(x with column j in random order s)
/// ```
///
/// It works with any model, since it only asks for predictions. It is best measured on samples that the model was not
/// trained on.
///
/// * `model`: the model. Each time it is called with `x`, or with `x` where one column is in another order and all
///   else is as it was.
/// * `x`: n×d features, n at least 1; any numbers. `y`: n true labels.
/// * `repeats`: r, how often each feature is shuffled, at least 1. Every order of the n values is equally likely each time.
/// * `generator`: the random number generator. The same state gives the same importances; its state advances with every
///   number drawn.
/// * Returns d importances in \[−1, 1\]: 0 for a feature that the model does not use, and below 0 where shuffling
///   happens to help.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample;
/// * [`InputError::OutOfRange`] with `name` `"repeats"` if it is 0;
/// * [`InputError::LengthMismatch`] unless the model returns one label per sample; `left` is the number of its
///   predictions.
///
/// ```
/// # use katas::x1_trees::importance::permutation_importance;
/// # use kit::{Generator, Matrix};
/// let x = Matrix::from_rows([[0.0, 5.0], [0.0, 6.0], [1.0, 5.0], [1.0, 7.0]]);
/// let model = |x: &Matrix| (0..x.rows()).map(|i| x[(i, 0)] as usize).collect();
/// let importance = permutation_importance(&model, &x, &[0, 0, 1, 1], 64, &mut Generator::from_seed(1))?;
/// assert!(importance[0] > 0.2 && importance[1] == 0.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.inspection.permutation_importance(model, x, y, n_repeats=repeats).importances_mean`.
///
/// Source: Breiman, *Random Forests*, Machine Learning 45 (2001), §10.
pub fn permutation_importance(
    model: Predictor,
    x: &Matrix,
    y: &[usize],
    repeats: usize,
    generator: &mut Generator,
) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// A bar chart of the importance of each feature, the most important one first.
///
/// * `names`: d names. `importances`: d importances, d at least 1; they may be negative.
/// * Returns a figure with the title `Feature importance`, the axes `feature` and `importance`, and these layers:
///   1. `Bars` without a label. Bar i, counted from 0, goes from i + 0.1 to i + 0.9 and is as high as the i-th largest
///      importance. Features with equal importances keep their order.
///   2. For each bar a `Note` with the name of its feature, at x = i + 0.5 and a twentieth of the largest absolute
///      importance above the bar, or above 0 where the bar is negative.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one name per importance; `left` is the number of names;
/// * [`InputError::TooFew`] with `wanted` 1 if there is none;
/// * [`InputError::NotFinite`] with `name` `"importances"`.
///
/// ```
/// # use katas::x1_trees::importance::importance_figure;
/// # use kit::figure::Layer;
/// let figure = importance_figure(&["width", "length"], &[0.25, 0.5])?;
/// let bars = vec![[0.1, 0.9, 0.5], [1.1, 1.9, 0.25]];
/// assert_eq!(figure.layers[0], Layer::Bars { label: String::new(), bars });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.bar(names, importances)`, sorted before.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §15.3.2, figure 15.5.
pub fn importance_figure(names: &[&str], importances: &[f64]) -> Result<Figure, InputError> {
    todo!()
}

/// A picture of a decision tree, root on top, leaves from left to right.
///
/// Each node has a place. A leaf's x is the number of leaves left of it; a split is halfway between the two nodes below
/// it. y is minus the number of splits above the node, so that the root is at 0.
///
/// * `tree`: any tree whose leaves have at least one value; all of its numbers are finite. `names`: the names of the
///   features.
/// * Returns a figure with the title `Decision tree`, two axes without labels, and these layers:
///   1. A `Line` without a label, the frame: from (−0.75, 0.5) around to (l − 0.25, 0.5), (l − 0.25, −h − 0.5),
///      (−0.75, −h − 0.5) and back, with l leaves and the depth h.
///   2. `Arrows` without a label, two for each split: from its place, a tenth lower, to the places of its left and its right
///      part, a tenth higher.
///   3. For each node a `Note` at its place: `{name} ≤ {threshold:.2}` for a split, and `class {c} (n = {samples})` for
///      a leaf, where c is the place of its largest value, the first of several.
///
///   Arrows and notes come in the order of the nodes in depth, from left to right (preorder): a split, then everything
///   below its left part, then everything below its right part.
///
/// # Errors
///
/// * [`InputError::OutOfRange`] with `name` `"feature"` if a split asks for a feature without a name;
/// * [`InputError::TooFew`] with `wanted` 1 if a leaf has no value.
///
/// ```
/// # use katas::x1_trees::importance::tree_figure;
/// # use kit::Tree;
/// # use kit::figure::Layer;
/// let tree = Tree::Leaf { samples: 7, value: vec![0.25, 0.75] };
/// let figure = tree_figure(&tree, &[])?;
/// assert_eq!(figure.layers[2], Layer::Note { at: [0.0, 0.0], text: "class 1 (n = 7)".to_owned() });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.tree.plot_tree(model, feature_names=names)`.
///
/// Source: Breiman, Friedman, Olshen and Stone, *Classification and Regression Trees* (1984), §2.1, figure 2.1.
pub fn tree_figure(tree: &Tree, names: &[&str]) -> Result<Figure, InputError> {
    todo!()
}
