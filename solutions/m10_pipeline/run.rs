//! All stages, one after the other.

use kit::pipeline::{Recipe, Report};
use kit::{Generator, InputError, check};

use super::cleaning::clean;
use super::encoding::encode;
use super::model::{evaluate, train};
use super::scaling::fit_scaler;
use super::splitting::split;
use super::table::load;

/// From the text of a file to a report, in one call.
///
/// Load (the target and `words` as words), leave out the ignored columns, clean, split by class, learn scales, words and
/// the model from the training rows, and evaluate on the rows put aside. The stages are those of this milestone's other
/// katas, whose documentation says what each does; you may call yours or write them anew.
///
/// * `text`: comma-separated values with a header. `recipe`: everything else that was asked for.
/// * Returns the report. The split is drawn from a generator with the seed of the recipe, and from it alone: same text and
///   recipe, same report. **Nothing that is learned depends on a test row**: the features' names, `balance`, `scales`,
///   `model` and `losses` stay the same when features in test rows change.
/// * `baseline` names the class that is most frequent in the training rows; the first in alphabetical order, if several
///   are. `unseen` counts in the test rows.
///
/// # Errors
///
/// Those of the stages, and
///
/// * [`InputError::NoColumn`] with `wanted` `"words or numbers"` for the first of `ignored` that is not a column; the
///   target may not be ignored: then it is missing, with `wanted` `"words"`;
/// * [`InputError::TooFew`] with `wanted` 1 if no row is left after cleaning, or none for the test;
/// * [`InputError::Constant`] with the name `"target"` if the rows left are all of one class.
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
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.10.2 (the wrong and right
/// way to do cross-validation).
pub fn run(text: &str, recipe: &Recipe) -> Result<Report, InputError> {
    let target = recipe.target.as_str();
    let words: Vec<&str> = recipe.words.iter().map(String::as_str).chain([target]).collect();
    let mut table = load(text, &words)?;
    for name in &recipe.ignored {
        if table.column(name).is_none() {
            return Err(InputError::NoColumn { got: name.clone(), wanted: "words or numbers" });
        }
    }
    table.columns.retain(|column| !recipe.ignored.contains(&column.name));
    let (table, cleaning) = clean(&table, target, &recipe.ranges)?;

    let classes: Vec<&str> = table.words(target)?.iter().flatten().map(String::as_str).collect();
    let parts = split(&classes, recipe.test_share, &mut Generator::from_seed(recipe.seed))?;
    check::varies("target", &classes)?;
    let [train_rows, test_rows] = parts.each_ref().map(|rows| table.select(rows));

    let scales = fit_scaler(&train_rows)?;
    let known = encode(&train_rows, &train_rows, target, &scales)?;
    let new = encode(&test_rows, &train_rows, target, &scales)?;
    let (model, losses) = train(&known.x, &known.y, &known.classes, recipe.learning_rate, recipe.steps)?;
    let evaluations = [evaluate(&model, &known.x, &known.y)?, evaluate(&model, &new.x, &new.y)?];

    let count = |y: &[usize], c: usize| y.iter().filter(|label| **label == c).count();
    let balance: Vec<usize> = (0..known.classes.len()).map(|c| count(&known.y, c)).collect();
    let usual = (0..balance.len()).fold(0, |best, c| if balance[c] > balance[best] { c } else { best });
    let baseline = count(&new.y, usual) as f64 / new.y.len() as f64;
    Ok(Report {
        target: target.to_owned(),
        cleaning,
        parts,
        features: known.features,
        balance,
        scales,
        model,
        losses,
        evaluations,
        baseline,
        unseen: new.unseen,
    })
}
