//! The whole pipeline: all stages, one after the other.

use kit::pipeline::{Recipe, Report};
use kit::{Generator, InputError, check};

use super::cleaning::clean;
use super::encoding::encode;
use super::model::{evaluate, train};
use super::scaling::fit_scaler;
use super::splitting::split;
use super::table::load;

/// Machine-learning pipeline: from the text of a file to a report, in one call.
///
/// Load (the target and `words` as words), leave out the ignored columns, clean, split by class (stratified), learn
/// scales, categories and the model from the training set, and evaluate on the test set. The stages are those of
/// this milestone's other katas, whose documentation says what each does; you may call yours or write them anew.
///
/// * `text`: comma-separated values with a header. `recipe`: all other settings and hyperparameters. What a column that
///   is both in `ignored` and in `words` gives is left open.
/// * Returns the report. The split is drawn from a generator with the seed of the recipe, and from it alone: same
///   text and recipe, same report. **Nothing that is learned depends on a test row** (no data leakage): the
///   features' names, `balance`, `scales`, `model` and `losses` stay the same when features in test rows change.
/// * `baseline` is the accuracy on the test set of the majority-class baseline: it always predicts the class that
///   is most frequent in the training rows; the first in alphabetical order, if several are. `unseen` counts in the
///   test rows.
///
/// # Errors
///
/// Those of the stages, and
///
/// * [`InputError::NoColumn`] with `wanted` `"words or numbers"` for one of `ignored` that is not a column; the
///   target may not be ignored: then it is missing, with `wanted` `"words"`;
/// * [`InputError::TooFew`] with `wanted` 1 if no row is left after cleaning, or none for the test;
/// * [`InputError::Constant`] with the name `"target"` if all remaining rows are of one class.
///
/// ```
/// # use katas::m10_pipeline::run::run;
/// # use kit::pipeline::Recipe;
/// let recipe = Recipe {
///     target: "species".to_owned(),
///     ignored: vec!["year".to_owned()],
///     words: vec![],
///     ranges: vec![("body_mass_g".to_owned(), [500.0, 50_000.0])],
///     test_share: 0.25,
///     seed: 1,
///     learning_rate: 0.5,
///     steps: 20,
/// };
/// let report = run(kit::data::PENGUINS_CSV, &recipe)?;
/// assert_eq!((report.cleaning.came, report.cleaning.too_empty, report.cleaning.kept), (344, 2, 342));
/// assert!(report.evaluations[1].accuracy > 0.9 && report.baseline < 0.5);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.pipeline.make_pipeline(ColumnTransformer([("n",
/// make_pipeline(StandardScaler(), SimpleImputer()), numeric), ("c",
/// OneHotEncoder(handle_unknown="ignore"), categorical)]), LogisticRegression(C=numpy.inf)).fit(X_train,
/// y_train)`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.10.2 (the wrong and
/// right way to do cross-validation).
pub fn run(text: &str, recipe: &Recipe) -> Result<Report, InputError> {
    todo!()
}
