//! What the stages from a file to a report hand on: plain values, made by one kata and read by the next.

use std::fmt;

use crate::{Matrix, Softmax};

/// What is asked of a pipeline, in addition to the file itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// The column that holds the classes.
    pub target: String,
    /// Columns that are left out.
    pub ignored: Vec<String>,
    /// Categorical features, although their cells may look like numbers; the target is always one.
    pub words: Vec<String>,
    /// Columns of numbers with the smallest and the largest that can be true.
    pub ranges: Vec<(String, [f64; 2])>,
    /// The share of each class that goes to the test set: more than 0 and less than 1.
    pub test_share: f64,
    /// Where the randomness of the split comes from.
    pub seed: u64,
    /// The learning rate of gradient descent: more than 0.
    pub learning_rate: f64,
    /// How many steps of gradient descent are taken.
    pub steps: usize,
}

/// What cleaning did. Rows: `came` = `without_target` + `too_empty` + `repeated` + `kept`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cleaning {
    /// Rows before.
    pub came: usize,
    /// Rows dropped because their class is not known.
    pub without_target: usize,
    /// Numbers that cannot be true, each turned into a missing value; those in rows without a class are not counted.
    pub out_of_range: usize,
    /// Rows dropped because more than half of their features are missing.
    pub too_empty: usize,
    /// Rows dropped because an earlier one says the same.
    pub repeated: usize,
    /// Rows left.
    pub kept: usize,
    /// Missing values in the features of the rows left.
    pub gaps: usize,
}

/// How a numeric column is standardized: to mean 0 and standard deviation 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The column's name.
    pub column: String,
    /// What is subtracted, and imputed for missing values before.
    pub mean: f64,
    /// What is divided by: more than 0.
    pub deviation: f64,
}

/// Rows as numbers, ready for a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoded {
    /// One sample per row, one feature per column.
    pub x: Matrix,
    /// The class of each sample, an index into `classes`.
    pub y: Vec<usize>,
    /// What the features are: `mass`, `island=Dream`.
    pub features: Vec<String>,
    /// What the classes are, in alphabetical order.
    pub classes: Vec<String>,
    /// Categories that the training rows do not have, in all columns together.
    pub unseen: usize,
}

/// How a model does on rows whose classes are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The share of rows whose class was predicted correctly.
    pub accuracy: f64,
    /// The confusion matrix: how many rows of class i (row) were predicted as class j (column).
    pub confusion: Vec<Vec<usize>>,
    /// The recall of each class; `None` where no row is of this class.
    pub recall: Vec<Option<f64>>,
}

/// What a pipeline did, found and learned.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The column that was predicted.
    pub target: String,
    /// What cleaning did.
    pub cleaning: Cleaning,
    /// Which of the rows kept were for training and which for the test, counted from 0.
    pub parts: [Vec<usize>; 2],
    /// What the features are.
    pub features: Vec<String>,
    /// How many rows of each class were trained on.
    pub balance: Vec<usize>,
    /// How numbers were scaled.
    pub scales: Vec<Scale>,
    /// The fitted model, with the names of the classes.
    pub model: Softmax,
    /// The mean cross-entropy of the training rows, before each step and after the last.
    pub losses: Vec<f64>,
    /// The model on its training rows and on the test rows.
    pub evaluations: [Evaluation; 2],
    /// The accuracy of the majority-class baseline on the test rows: always predicting the most frequent training class.
    pub baseline: f64,
    /// Categories in the test rows that the training rows do not have.
    pub unseen: usize,
}

/// As a person reads it: what happened to how many rows, and how good the model is.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (cleaning, [train, test]) = (&self.cleaning, &self.evaluations);
        writeln!(f, "predicting {}", self.target)?;
        writeln!(f, "rows   {:>6}  read", cleaning.came)?;
        let dropped = [
            (cleaning.without_target, "dropped: their class is not known"),
            (cleaning.too_empty, "dropped: more than half of their features are missing"),
            (cleaning.repeated, "dropped: an earlier row says the same"),
        ];
        for (rows, why) in dropped {
            writeln!(f, "       {rows:>6}  {why}")?;
        }
        let [trained, tested] = self.parts.each_ref().map(Vec::len);
        writeln!(f, "       {:>6}  kept: {trained} to train, {tested} to test", cleaning.kept)?;
        writeln!(f, "cells  {:>6}  out of range, now missing values", cleaning.out_of_range)?;
        writeln!(f, "       {:>6}  missing values, imputed from the training rows", cleaning.gaps)?;
        writeln!(f, "       {:>6}  categories in the test rows that training does not have", self.unseen)?;
        writeln!(f, "model  {:>6}  features, {} classes", self.features.len(), self.model.classes.len())?;
        let [first, last] =
            [self.losses.first(), self.losses.last()].map(|loss| loss.copied().unwrap_or(0.0));
        writeln!(
            f,
            "loss   {first:>6.3}  at the start, {last:.3} after {} steps",
            self.losses.len().max(1) - 1
        )?;
        writeln!(f, "accuracy {:>4.3}  on the training rows", train.accuracy)?;
        writeln!(
            f,
            "         {:>4.3}  on the test rows; the majority-class baseline has {:.3}",
            test.accuracy, self.baseline
        )?;
        for (class, recall) in self.model.classes.iter().zip(&test.recall) {
            let found = recall.map_or("     –".to_owned(), |recall| format!("{recall:>6.3}"));
            writeln!(f, "recall {found}  of {class}, on the test rows")?;
        }
        Ok(())
    }
}

/// Where a notebook finds things.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// What the notebook is about, in a few words.
    pub title: String,
    /// The path of the file with the data.
    pub file: String,
    /// The folder of the repository.
    pub repository: String,
    /// Whether the cells call the reference instead of the learner's katas.
    pub solutions: bool,
}
