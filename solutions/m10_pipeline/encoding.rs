//! Feature encoding: categorical features and missing values become numbers.

use std::collections::BTreeSet;

use kit::pipeline::{Encoded, Scale};
use kit::{Cells, Column, InputError, Matrix, Table};

/// One-hot encoding and mean imputation: turns rows of a table into features and labels for a model.
///
/// The columns, except the target, become features from left to right:
///
/// * a **numeric** column becomes one feature of its name, standardized: (x − m) / s by its scale. A missing value
///   becomes 0, which is mean imputation;
/// * a **categorical** column becomes one feature for each word that it has in the training rows, in the order of
///   `str`, named `column=word`: 1 where the row has this word, else 0 (*one-hot encoding*). A missing value has 0
///   in all of them. So has a word that the training rows do not contain; such words are counted, each as often as
///   it comes.
///
/// The classes are the words of the target in the training rows, in the same order: alphabetical, with capitals
/// first.
///
/// * `table`: the rows to encode; there may be none. `training`: the training rows, from which the categories are
///   learned; it has all columns of `table`, with the same types.
/// * `target`: the categorical column that holds the classes. `scales`: one for each numeric column, in any order.
///
/// # Errors
///
/// * [`InputError::NoColumn`] with `wanted` `"words"` if the target is not a column of words in `table` and in
///   `training`;
/// * [`InputError::NoColumn`] for a column of `table`: with `wanted` `"words"` if it holds words here and not in
///   `training`, with `wanted` `"a scale"` if it is numeric and has none;
/// * [`InputError::BadCell`] with `wanted` `"a class of the training rows"` for a row of `table` whose
///   target is another word (`got`) or missing (`got` is empty): `line` is the row, counted from 1, `column` the
///   target.
///
/// ```
/// # use katas::m10_pipeline::encoding::encode;
/// # use kit::{Matrix, Table, pipeline::Scale};
/// let train = Table::of([("mass", "1 3"), ("sex", "m f"), ("kind", "b a")]);
/// let test = Table::of([("mass", "5 ?"), ("sex", "f x"), ("kind", "a a")]);
/// let scales = [Scale { column: "mass".to_owned(), mean: 2.0, deviation: 1.0 }];
/// let encoded = encode(&test, &train, "kind", &scales)?;
/// assert_eq!(encoded.features, ["mass", "sex=f", "sex=m"]);
/// assert_eq!(encoded.x, Matrix::from_rows([[3.0, 1.0, 0.0], [0.0, 0.0, 0.0]]));
/// assert_eq!((encoded.classes, encoded.y, encoded.unseen), (vec!["a".into(), "b".into()], vec![0, 0], 1));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.preprocessing.OneHotEncoder(handle_unknown="ignore").fit(training)`,
/// `sklearn.impute.SimpleImputer(strategy="mean")`, `sklearn.preprocessing.LabelEncoder()`. (For `OneHotEncoder` a
/// missing value is a category of its own.)
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §2.2 (dummy variables).
pub fn encode(
    table: &Table,
    training: &Table,
    target: &str,
    scales: &[Scale],
) -> Result<Encoded, InputError> {
    let classes = distinct(training.words(target)?);
    let mut y = Vec::new();
    for (i, class) in table.words(target)?.iter().enumerate() {
        let label = classes.iter().position(|known| Some(known) == class.as_ref());
        y.push(label.ok_or_else(|| InputError::BadCell {
            line: i + 1,
            column: target.to_owned(),
            got: class.clone().unwrap_or_default(),
            wanted: "a class of the training rows",
        }));
    }
    let (mut features, mut columns, mut unseen) = (Vec::new(), Vec::new(), 0);
    for Column { name, cells } in table.columns.iter().filter(|column| column.name != target) {
        match cells {
            Cells::Numbers(numbers) => {
                let missing = || InputError::NoColumn { got: name.clone(), wanted: "a scale" };
                let scale = scales.iter().find(|scale| scale.column == *name).ok_or_else(missing)?;
                let scaled = |x: &Option<f64>| x.map_or(0.0, |x| (x - scale.mean) / scale.deviation);
                features.push(name.clone());
                columns.push(numbers.iter().map(scaled).collect::<Vec<f64>>());
            }
            Cells::Words(words) => {
                let categories = distinct(training.words(name)?);
                unseen += words.iter().flatten().filter(|word| !categories.contains(word)).count();
                for word in categories {
                    let hot = |cell: &Option<String>| f64::from(u8::from(cell.as_ref() == Some(&word)));
                    columns.push(words.iter().map(hot).collect());
                    features.push(format!("{name}={word}"));
                }
            }
        }
    }
    let y = y.into_iter().collect::<Result<Vec<usize>, InputError>>()?;
    let x = Matrix::from_fn(y.len(), columns.len(), |i, j| columns[j][i]);
    Ok(Encoded { x, y, features, classes, unseen })
}

/// The distinct words without missing values, in alphabetical order.
fn distinct(words: &[Option<String>]) -> Vec<String> {
    let words: BTreeSet<&String> = words.iter().flatten().collect();
    words.into_iter().cloned().collect()
}
