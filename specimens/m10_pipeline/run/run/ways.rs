//! Other ways to compute it, right and wrong, for the specimens of `run`.

use kit::pipeline::{Encoded, Recipe, Report};
use kit::{Generator, InputError, Matrix, check};

use super::Answer;
use crate::reference::m10_pipeline as stages;
use crate::reference::m10_pipeline::run as reference;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Slip {
    None,
    ScaledByAll,
    WordsOfAll,
    TestByItself,
    TrainedOnAll,
    NotScaled,
}

pub(super) fn ran(text: &str, recipe: &Recipe, slip: Slip) -> Answer {
    let report = reference::run(text, recipe)?;
    let target = recipe.target.as_str();
    let words: Vec<&str> = recipe.words.iter().map(String::as_str).chain([target]).collect();
    let mut table = stages::table::load(text, &words)?;
    table.columns.retain(|column| !recipe.ignored.contains(&column.name));
    let (table, _) = stages::cleaning::clean(&table, target, &recipe.ranges)?;
    let classes: Vec<&str> = table.words(target)?.iter().flatten().map(String::as_str).collect();
    let [train, test] =
        stages::splitting::split(&classes, recipe.test_share, &mut Generator::from_seed(recipe.seed))?;
    let seen = if slip == Slip::WordsOfAll { table.clone() } else { table.select(&train) };
    let mut scales = stages::scaling::fit_scaler(if slip == Slip::ScaledByAll { &table } else { &seen })?;
    if slip == Slip::WordsOfAll {
        scales = stages::scaling::fit_scaler(&table.select(&train))?;
    }
    if slip == Slip::NotScaled {
        scales.iter_mut().for_each(|scale| (scale.mean, scale.deviation) = (0.0, 1.0));
    }
    let all = stages::encoding::encode(&table, &seen, target, &scales)?;
    let learned: Vec<usize> =
        if slip == Slip::TrainedOnAll { (0..table.rows()).collect() } else { train.clone() };
    let (x, y) = rows(&all, &learned);
    let (model, losses) = stages::model::train(&x, &y, &all.classes, recipe.learning_rate, recipe.steps)?;
    let test_rows = table.select(&test);
    let own =
        if slip == Slip::TestByItself { stages::scaling::fit_scaler(&test_rows)? } else { scales.clone() };
    let new: Encoded = stages::encoding::encode(&test_rows, &seen, target, &own)?;
    let (known_x, known_y) = rows(&all, &train);
    let evaluations = [
        stages::model::evaluate(&model, &known_x, &known_y)?,
        stages::model::evaluate(&model, &new.x, &new.y)?,
    ];
    Ok(Report { features: all.features, scales, model, losses, evaluations, unseen: new.unseen, ..report })
}

pub(super) fn rows(all: &Encoded, of: &[usize]) -> (Matrix, Vec<usize>) {
    let x = Matrix::from_fn(of.len(), all.x.cols(), |i, j| all.x[(of[i], j)]);
    (x, of.iter().map(|&i| all.y[i]).collect())
}

pub(super) fn split_otherwise(text: &str, recipe: &Recipe) -> Answer {
    let target = &recipe.target;
    let mut words: Vec<&str> = vec![target];
    words.extend(recipe.words.iter().map(String::as_str));
    let mut table = stages::table::load(text, &words[1..]).and_then(|_| stages::table::load(text, &words))?;
    for name in &recipe.ignored {
        if table.columns.iter().all(|column| column.name != *name) {
            return Err(InputError::NoColumn { got: name.clone(), wanted: "words or numbers" });
        }
    }
    table.columns.retain(|column| recipe.ignored.iter().all(|name| *name != column.name));
    let (table, cleaning) = stages::cleaning::clean(&table, target, &recipe.ranges)?;
    let classes: Vec<String> = table.words(target)?.iter().flatten().cloned().collect();
    let names: std::collections::BTreeSet<&String> = classes.iter().collect();
    match names.len() {
        0 => return Err(InputError::TooFew { got: 0, wanted: 1 }),
        1 => return Err(InputError::Constant { name: "target" }),
        _ => {}
    }
    let named: Vec<&str> = classes.iter().map(String::as_str).collect();
    // What it rejects is rejected here as well; its rows are not looked at.
    stages::splitting::split(&named, recipe.test_share, &mut Generator::from_seed(0))?;
    let mut generator = Generator::from_seed(recipe.seed);
    let mut order: Vec<usize> = (0..classes.len()).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, generator.below(last + 1));
    }
    let mut parts = [vec![], vec![]];
    for name in names {
        let of_class: Vec<usize> = order.iter().copied().filter(|&i| classes[i] == *name).collect();
        let n = of_class.len();
        let tested = ((recipe.test_share * n as f64).round() as usize).min(n - 1);
        parts[0].extend_from_slice(&of_class[..n - tested]);
        parts[1].extend_from_slice(&of_class[n - tested..]);
    }
    parts.iter_mut().for_each(|part| part.sort_unstable());
    check::at_least(1, parts[1].len())?;
    let [train, test] = [table.select(&parts[0]), table.select(&parts[1])];
    let scales = stages::scaling::fit_scaler(&train)?;
    let known = stages::encoding::encode(&train, &train, target, &scales)?;
    let new = stages::encoding::encode(&test, &train, target, &scales)?;
    let (rate, steps) = (recipe.learning_rate, recipe.steps);
    let (model, losses) = stages::model::train(&known.x, &known.y, &known.classes, rate, steps)?;
    let evaluations = [
        stages::model::evaluate(&model, &known.x, &known.y)?,
        stages::model::evaluate(&model, &new.x, &new.y)?,
    ];
    let rows = |y: &[usize], c: usize| y.iter().filter(|label| **label == c).count();
    let balance: Vec<usize> = (0..known.classes.len()).map(|c| rows(&known.y, c)).collect();
    let most = balance.iter().copied().max().unwrap_or(0);
    let usual = balance.iter().position(|rows| *rows == most).unwrap_or(0);
    let right: usize = evaluations[1].confusion[usual].iter().sum();
    Ok(Report {
        target: target.clone(),
        cleaning,
        features: known.features,
        balance,
        scales,
        model,
        losses,
        evaluations,
        baseline: right as f64 / parts[1].len() as f64,
        unseen: new.unseen,
        parts,
    })
}
