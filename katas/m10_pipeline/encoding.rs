//! Words and gaps become numbers.

use std::collections::BTreeSet;

use kit::pipeline::{Encoded, Scale};
use kit::{Cells, Column, InputError, Matrix, Table};

/// Rows as features and labels for a model.
///
/// The columns, but for the target, become features from left to right:
///
/// * a column of **numbers** becomes one feature of its name: (x − m) / s by its scale. A gap becomes 0, as if the mean
///   stood there;
/// * a column of **words** becomes one feature for each word that the training rows show in it, in the order of `str`,
///   named `column=word`: 1 where the row has this word, else 0 (*one-hot*). A gap has 0 in all of them. So has a word
///   that the training rows never showed; such words are counted, each as often as it comes.
///
/// The classes are the words that the training rows show in the target, in the same order: alphabetical, with capitals first.
///
/// * `table`: the rows to encode; there may be none. `seen`: the training rows, from which the words are learned; all
///   columns of `table` are there, as words or as numbers alike.
/// * `target`: the column of words that holds the classes. `scales`: one for each column of numbers, in any order.
///
/// # Errors
///
/// * [`InputError::NoColumn`] with `wanted` `"words"` if the target is not a column of words in `table` and in `seen`;
/// * [`InputError::NoColumn`], for the first column of `table` to which it applies, with `wanted` `"words"` if it holds
///   words here and not in `seen`, with `wanted` `"a scale"` if it holds numbers and has none;
/// * [`InputError::BadCell`] with `wanted` `"a class of the training rows"` for the first row of `table` whose target is
///   another word (`got`) or a gap (`got` is empty): `line` is the row, counted from 1, `column` the target.
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
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §2.2 (dummy variables).
pub fn encode(table: &Table, seen: &Table, target: &str, scales: &[Scale]) -> Result<Encoded, InputError> {
    todo!()
}
